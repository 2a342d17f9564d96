"""The step *Ingat*: two questions that a participant is due for, from wherever they come.

A page that knows its reader names a recaller (`use_review_source`), which picks them by what was right
and wrong on earlier days. Elsewhere, as when an author tries a lesson out, two exercises of the
same notebook come again.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from umkm_widgets.answer_store import current_answer_store

if TYPE_CHECKING:
    from umkm_widgets.practice_question import PracticeQuestion

COUNT: Final = 2


@dataclass(frozen=True)
class ReviewQuestion:
    """A question to be asked again; `practice_question.note` notes its checks where it comes from."""

    question_id: str
    practice_question: "PracticeQuestion"


ReviewSource = Callable[[int], Sequence[ReviewQuestion]]


@dataclass
class _Lesson:
    """What has been practised in this kernel: one kernel runs one notebook."""

    drills: dict[str, "PracticeQuestion"] = field(default_factory=dict)
    recaller: ReviewSource | None = None


_lesson: Final = _Lesson()


def use_review_source(recaller: ReviewSource | None) -> None:
    """Let `recall` ask what this gives; it may give fewer than it is asked for."""
    _lesson.recaller = recaller


def note_practice(question_id: str, practice_question: "PracticeQuestion") -> None:
    """Remember an exercise of this notebook, in case nothing else is to be recalled."""
    _lesson.drills[question_id] = practice_question


def recall(count: int = COUNT) -> None:
    """Show questions to be answered from memory. Their answers are not kept, their checks are."""
    from IPython.display import display  # noqa: PLC0415 - readers of this module need no IPython

    from umkm_widgets.question import QuestionWidget  # noqa: PLC0415 - it imports this module

    chosen = list(_lesson.recaller(count)) if _lesson.recaller else []
    chosen += _from_here(count - len(chosen), {one.question_id for one in chosen})
    for one in chosen:
        widget = QuestionWidget(
            one.question_id, one.practice_question.question, practice_question=one.practice_question
        )
        display(widget)  # type: ignore[no-untyped-call]


def _from_here(count: int, taken: set[str]) -> list[ReviewQuestion]:
    """Give the first exercises of this notebook that have a key, with other numbers if they vary."""
    able = [
        (name, practice_question)
        for name, practice_question in _lesson.drills.items()
        if not practice_question.question.by_staff
    ]
    # Copies: the exercise further up the page keeps its numbers.
    again = [
        ReviewQuestion(name, copy(practice_question))
        for name, practice_question in able
        if name not in taken
    ]
    chosen = again[: max(count, 0)]
    store = current_answer_store()
    for one in chosen:
        one.practice_question.note = partial(store.checked, one.question_id) if store else None
        if one.practice_question.varied:
            one.practice_question.draw_again()
    return chosen
