"""What a cell of a lesson or an assignment page calls: a question, shown with the store of its page."""

from collections.abc import Mapping, Sequence
from typing import Any

from umkm.exercise import Asking, Question
from umkm.exercise.keys import Near
from umkm_widgets.answer_store import current_answer_store
from umkm_widgets.practice_question import make_practice_question
from umkm_widgets.question import QuestionWidget
from umkm_widgets.spaced_review import note_practice


def practice(  # noqa: PLR0913 - a lesson's cell reads as one sentence
    question_id: str,
    question: Asking,
    right: object = None,
    *,
    near: Mapping[Any, Near] | None = None,
    tolerance: float = 0,
    why: str | Sequence[str] = "",
) -> QuestionWidget:
    """Show a practice question with the button "Periksa"; a long text has nothing that is right.

    `near` says of wrong answers what they show; `why` is a sentence that goes with "Benar.", or a
    list of steps. What right and near answers look like depends on the kind (docs/menulis-soal.md).

    Raises:
        QuestionError: the key does not fit the question.
    """
    practice_question = make_practice_question(
        question_id, question, right, near=near, tolerance=tolerance, why=why
    )
    note_practice(question_id, practice_question)
    return QuestionWidget(
        question_id,
        practice_question.question,
        practice_question=practice_question,
        store=current_answer_store(),
    )


def assess(question_id: str, question: Question, points: float) -> QuestionWidget:
    """Show a question that counts; it knows no key and keeps its answer with the current store."""
    return QuestionWidget(question_id, question, points=points, store=current_answer_store())
