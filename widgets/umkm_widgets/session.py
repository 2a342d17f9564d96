"""State of the notebook that this process runs: one kernel runs one notebook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from umkm.exercise import Variant
    from umkm_widgets.answer_store import AnswerReader
    from umkm_widgets.practice_question import PracticeQuestion


@dataclass(frozen=True)
class ReviewQuestion:
    """A question of an earlier lesson; its `note_check` records checks where it comes from."""

    question_id: str
    practice_question: "PracticeQuestion"


ReviewSource = Callable[[int], Sequence[ReviewQuestion]]


@dataclass(frozen=True)
class AskedQuestion:
    """A question of an assignment with this participant's numbers, and its points."""

    variant: "Variant"
    points: float


@dataclass
class NotebookSession:
    """What the cells of one notebook share.

    `answer_store` and `review_source` are set by the page; `practice` and `asked` fill as the cells
    run: the practice questions of a lesson, the questions of an assignment.
    """

    answer_store: "AnswerReader | None" = None
    review_source: ReviewSource | None = None
    practice: dict[str, "PracticeQuestion"] = field(default_factory=dict)
    asked: dict[str, AskedQuestion] = field(default_factory=dict)


# A kernel serves one page of one participant, and messages of the browser are handled outside any
# context that was current when the page's cells ran: hence the process, not a ContextVar.
session: Final = NotebookSession()


def use_answer_store(store: "AnswerReader | None") -> None:
    """Set the answer store of widgets created from now on; None stores nothing."""
    session.answer_store = store


def current_answer_store() -> "AnswerReader | None":
    """Return the answer store of widgets created now."""
    return session.answer_store


def use_review_source(source: ReviewSource | None) -> None:
    """Set what `recall` asks for questions; it may return fewer than it is asked for."""
    session.review_source = source
