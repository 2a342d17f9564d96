"""The grading history: which submission was last graded with which release."""

from collections.abc import Mapping
from typing import Any

from umkm.exercise import mark, template_of
from umkm_grading.autograde.plan import (
    GradingHistory,
    LastGrading,
    PendingSubmission,
    reason_to_grade,
)
from umkm_grading.class_folder.atomic_files import digest, json_bytes, read_object, write_file
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.class_folder.released_assignment import ReleasedAssignment, ReleasedQuestion
from umkm_grading.class_folder.submission_folder import read_submission_manifest


def read_last_grading(
    class_folder: ClassFolder, participant: str, assignment: str
) -> LastGrading | None:
    """Return the last successful grading; None where there is none."""
    stored: Mapping[str, Any] = read_object(class_folder.history_file(participant, assignment))
    try:
        return LastGrading(stored["receipt"], stored["edition"], stored["answers"])
    except KeyError:
        return None


def write_last_grading(
    class_folder: ClassFolder,
    participant: str,
    assignment: str,
    graded: LastGrading,
    seconds: Mapping[str, float] | None = None,
) -> None:
    """Write a successful grading, and how long each part of it took."""
    content = {
        "receipt": graded.receipt,
        "edition": graded.edition,
        "answers": dict(graded.answers),
        "seconds": {part: round(took, 4) for part, took in (seconds or {}).items()},
    }
    write_file(class_folder.history_file(participant, assignment), json_bytes(content))
    class_folder.failure_file(participant, assignment).unlink(missing_ok=True)


def write_failure(
    class_folder: ClassFolder, participant: str, assignment: str, reason: str
) -> None:
    """Write that the grading of the present submission failed, and why."""
    manifest = read_submission_manifest(class_folder, participant, assignment)
    content = {"receipt": manifest.receipt if manifest else "", "reason": reason}
    write_file(class_folder.failure_file(participant, assignment), json_bytes(content))


def read_history(class_folder: ClassFolder, participant: str, assignment: str) -> GradingHistory:
    """Return what is known of earlier gradings of a submission."""
    failed = read_object(class_folder.failure_file(participant, assignment)).get("receipt")
    return GradingHistory(
        read_last_grading(class_folder, participant, assignment),
        failed if isinstance(failed, str) else None,
    )


def read_pending(class_folder: ClassFolder, participant: str, assignment: str) -> PendingSubmission:
    """Return the submission in the class folder, as the plan needs it."""
    manifest = read_submission_manifest(class_folder, participant, assignment)
    return PendingSubmission(
        participant,
        manifest.receipt if manifest else "",
        _has_result(class_folder, participant, assignment),
    )


def answer_digests(released: ReleasedAssignment, answers: Mapping[str, object]) -> dict[str, str]:
    """Return a digest of each answer; `""` for a hand-marked one with nothing to read in it."""
    return {
        question.id: _digest(question, answers.get(question.id)) for question in released.questions
    }


def is_graded_now(
    class_folder: ClassFolder, released: ReleasedAssignment, participant: str
) -> bool:
    """Return whether the gradebook holds the points of the present submission."""
    pending = read_pending(class_folder, participant, released.name)
    history = GradingHistory(read_last_grading(class_folder, participant, released.name))
    return reason_to_grade(pending, history, released.edition) is None


def _has_result(class_folder: ClassFolder, participant: str, assignment: str) -> bool:
    notebook = class_folder.autograded(participant, assignment) / f"{assignment}.ipynb"
    try:
        # After a power cut a file may exist without its content.
        return notebook.stat().st_size > 0
    except OSError:
        return False


def _digest(question: ReleasedQuestion, answer: object) -> str:
    if question.marking == "manual":
        verdict = mark(template_of(question.question), None, answer, question.points).verdict
        if verdict != "manual":
            return ""
    return digest(json_bytes(answer))
