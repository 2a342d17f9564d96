"""The step *Ingat*: two questions of earlier lessons that the participant is due for.

A served page sets a review source (`use_review_source`), which picks them by earlier verdicts.
Elsewhere, as when an author tries a lesson, two exercises of the same notebook are asked again.
"""

from copy import copy
from functools import partial
from typing import Final

from umkm_widgets.session import ReviewQuestion, current_session, display_here

COUNT: Final = 2


def recall(count: int = COUNT) -> None:
    """Show questions to be answered from memory. Answers are not stored, checks are recorded."""
    from umkm_widgets.question import QuestionWidget  # noqa: PLC0415 - loads anywidget

    session = current_session()
    chosen = list(session.review_source(count)) if session.review_source else []
    chosen += _from_this_notebook(count - len(chosen), {one.question_id for one in chosen})
    for one in chosen:
        widget = QuestionWidget(
            one.question_id,
            one.practice_question.question,
            practice_question=one.practice_question,
        )
        display_here(widget)


def _from_this_notebook(count: int, taken: set[str]) -> list[ReviewQuestion]:
    """Return the first exercises here that have a key, with other numbers if they vary."""
    session = current_session()
    # Copies: the exercise further up the page keeps its numbers.
    candidates = [
        ReviewQuestion(name, copy(exercise))
        for name, exercise in session.practice.items()
        if not exercise.question.by_staff and name not in taken
    ]
    chosen = candidates[: max(count, 0)]
    store = session.answer_store
    for one in chosen:
        exercise = one.practice_question
        exercise.note_check = partial(store.note_check, one.question_id) if store else None
        if exercise.varied:
            exercise.draw_again()
    return chosen
