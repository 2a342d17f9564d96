"""What a cell of a lesson or an assignment page calls to show a question."""

from collections.abc import Mapping, Sequence
from typing import Any

from umkm.exercise import Asking, Question
from umkm.exercise.keys import Near
from umkm_widgets.practice_question import make_practice_question
from umkm_widgets.question import QuestionWidget
from umkm_widgets.session import current_session


def practice(  # noqa: PLR0913 - a lesson's cell reads as one sentence
    question_id: str,
    question: Asking,
    right: object = None,
    *,
    near: Mapping[Any, Near] | None = None,
    tolerance: float = 0,
    why: str | Sequence[str] = "",
) -> QuestionWidget:
    """Return a practice question with the button "Periksa"; what staff mark has no `right`.

    `near` maps wrong answers to their feedback; `why` is a sentence that follows "Benar.", or a
    list of steps. What right and near answers look like depends on the kind (docs/menulis-soal.md).

    Raises:
        QuestionError: the key does not fit the question.
    """
    session = current_session()
    exercise = make_practice_question(
        question_id,
        question,
        right,
        near=near,
        tolerance=tolerance,
        why=why,
        folder=session.folder,
    )
    session.practice[question_id] = exercise
    return QuestionWidget(
        question_id, exercise.question, practice_question=exercise, store=session.answer_store
    )


def assess(question_id: str, question: Question, points: float) -> QuestionWidget:
    """Return a question that counts: it has no key, and its answer goes to the current store."""
    return QuestionWidget(
        question_id, question, points=points, store=current_session().answer_store
    )
