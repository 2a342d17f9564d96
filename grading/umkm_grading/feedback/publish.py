"""Publish points and comments to trainees, never a key."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from umkm.exercise import mark, template_of
from umkm_courses import Assignment
from umkm_grading.autograde.displayed_marks import DisplayedMark, read_marks
from umkm_grading.autograde.history import is_graded_now
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.class_folder.released_assignment import (
    ReleasedAssignment,
    ReleasedQuestion,
    read_released,
)
from umkm_grading.class_folder.submission_folder import (
    list_submitters,
    read_submission,
    read_submission_manifest,
)
from umkm_grading.errors import GradingError, StorageTrouble
from umkm_grading.feedback.html import write_feedback_page
from umkm_grading.gradebook.gradebook import Score, open_gradebook, read_scores
from umkm_records import Records, Result, publish

_log = logging.getLogger(__name__)

CHANGED_BY_STAFF = "Nilai soal ini ditetapkan pelatih."


@dataclass(frozen=True)
class Publication:
    """Who can see a result now, who waits for a reviewer, and whose result is held back, and why."""

    published: tuple[str, ...]
    waiting: tuple[str, ...]
    held: Mapping[str, str] = field(default_factory=dict)


def publish_feedback(
    class_folder: ClassFolder, records: Records, assignment: Assignment | str
) -> Publication:
    """Publish all fully graded submissions of an assignment, and write their feedback pages.

    Raises:
        NotPrepared: the assignment is not released in this class.
    """
    released = read_released(
        class_folder, assignment if isinstance(assignment, str) else assignment.name
    )
    published, waiting, held = [], [], {}
    with open_gradebook(class_folder) as gradebook:
        for participant in list_submitters(class_folder, released.name):
            try:
                with class_folder.working_on(participant, released.name):
                    scores = read_scores(gradebook, released.name, participant)
                    if _publish_one(class_folder, records, released, participant, scores):
                        published.append(participant)
                    else:
                        waiting.append(participant)
            except GradingError as error:
                held[participant] = error.message
            except OSError as error:
                held[participant] = StorageTrouble(error).message
            except Exception as error:
                # The others get their results, whatever is wrong with this one.
                _log.exception("%s of %s", released.name, participant)
                held[participant] = (
                    f"Hasilnya tidak bisa ditulis ({type(error).__name__}). Nilai lagi, lalu ulangi."
                )
    return Publication(tuple(published), tuple(waiting), held)


def _publish_one(
    class_folder: ClassFolder,
    records: Records,
    released: ReleasedAssignment,
    participant: str,
    scores: Mapping[str, Score],
) -> bool:
    manifest = read_submission_manifest(class_folder, participant, released.name)
    if manifest is None or not is_graded_now(class_folder, released, participant):
        raise GradingError("Kiriman terbarunya belum dinilai. Nilai dulu, lalu ulangi.")
    if any(score.waiting for score in scores.values()):
        return False
    _check_points(scores)
    answers = read_submission(class_folder, participant, released.name)
    marks = read_marks(class_folder, released, participant)
    result = Result(
        participant=participant,
        assignment=released.name,
        attempt=manifest.attempt,
        points=sum(score.points for score in scores.values()),
        out_of=released.points,
        items=[
            {
                "question": question.id,
                "points": scores[question.id].points,
                "of": question.points,
                "message": _message(
                    question, scores[question.id], marks.get(question.id), answers.get(question.id)
                ),
            }
            for question in released.questions
        ],
        comments=[
            {"question": score.question, "text": score.comment}
            for score in scores.values()
            if score.comment
        ],
    )
    write_feedback_page(class_folder, released.name, participant, scores)
    if not publish(records.of_class(class_folder.cohort_id), result):
        raise GradingError("Ada kiriman yang lebih baru. Nilai dulu, lalu ulangi.")
    return True


def _check_points(scores: Mapping[str, Score]) -> None:
    for score in scores.values():
        if not 0 <= score.points <= score.of:
            raise GradingError(
                f"Nilai soal {score.question} tertulis {score.points:g}, padahal batasnya 0 sampai "
                f"{score.of:g}. Perbaiki di formgrader, lalu ulangi."
            )


def _message(
    question: ReleasedQuestion, score: Score, left: DisplayedMark | None, answer: object
) -> str:
    if question.marking == "manual":
        mine = mark(template_of(question.question), None, answer, question.points)
        return "" if mine.verdict == "manual" else mine.message
    if score.manual is not None and score.manual != score.automatic:
        return CHANGED_BY_STAFF
    return left.message if left else ""
