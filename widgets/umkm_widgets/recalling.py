"""The step *Ingat*: two questions that a participant is due for, from wherever they come.

A page that knows its reader names a recaller (`use_recaller`), which picks them by what was right
and wrong on earlier days. Elsewhere, as when an author tries a lesson out, two exercises of the
same notebook come again.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from umkm_widgets.keeping import current_keeper

if TYPE_CHECKING:
    from umkm_widgets.drill import Drill

COUNT: Final = 2


@dataclass(frozen=True)
class Recalled:
    """A question to be asked again; `drill.note` notes its checks where it comes from."""

    question_id: str
    drill: "Drill"


Recaller = Callable[[int], Sequence[Recalled]]


@dataclass
class _Lesson:
    """What has been practised in this kernel: one kernel runs one notebook."""

    drills: dict[str, "Drill"] = field(default_factory=dict)
    recaller: Recaller | None = None


_lesson: Final = _Lesson()


def use_recaller(recaller: Recaller | None) -> None:
    """Let `recall` ask what this gives; it may give fewer than it is asked for."""
    _lesson.recaller = recaller


def note_practice(question_id: str, drill: "Drill") -> None:
    """Remember an exercise of this notebook, in case nothing else is to be recalled."""
    _lesson.drills[question_id] = drill


def recall(count: int = COUNT) -> None:
    """Show questions to be answered from memory. Their answers are not kept, their checks are."""
    from IPython.display import display  # noqa: PLC0415 - readers of this module need no IPython

    from umkm_widgets.question import QuestionWidget  # noqa: PLC0415 - it imports this module

    chosen = list(_lesson.recaller(count)) if _lesson.recaller else []
    chosen += _from_here(count - len(chosen), {one.question_id for one in chosen})
    for one in chosen:
        widget = QuestionWidget(one.question_id, one.drill.question, drill=one.drill)
        display(widget)  # type: ignore[no-untyped-call]


def _from_here(count: int, taken: set[str]) -> list[Recalled]:
    """Give the first exercises of this notebook that have a key, with other numbers if they vary."""
    able = [(name, drill) for name, drill in _lesson.drills.items() if not drill.question.by_staff]
    # Copies: the exercise further up the page keeps its numbers.
    again = [Recalled(name, copy(drill)) for name, drill in able if name not in taken]
    chosen = again[: max(count, 0)]
    keeper = current_keeper()
    for one in chosen:
        one.drill.note = partial(keeper.checked, one.question_id) if keeper else None
        if one.drill.varied:
            one.drill.draw_again()
    return chosen
