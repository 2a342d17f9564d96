"""What the last good grading of each submission was about; survives nbgrader's own folders."""

from collections.abc import Mapping
from typing import Any

from umkm.exercise import mark, template_of
from umkm_grading.autograde.plan import Graded, Past, Waiting, reason_to_grade
from umkm_grading.class_folder.atomic_files import digest, json_bytes, read_object, write_file
from umkm_grading.class_folder.class_folder import ClassRoom
from umkm_grading.class_folder.released_assignment import Paper, PaperQuestion
from umkm_grading.class_folder.submission_folder import read_ticket


def read_graded(room: ClassRoom, participant: str, assignment: str) -> Graded | None:
    """The last good grading, or None."""
    stored: Mapping[str, Any] = read_object(room.ledger_file(participant, assignment))
    try:
        return Graded(stored["receipt"], stored["edition"], stored["answers"])
    except KeyError:
        return None


def write_graded(
    room: ClassRoom,
    participant: str,
    assignment: str,
    graded: Graded,
    seconds: Mapping[str, float] | None = None,
) -> None:
    """Keep a grading that went well, and how long each step of it took."""
    content = {
        "receipt": graded.receipt,
        "edition": graded.edition,
        "answers": dict(graded.answers),
        "seconds": {step: round(took, 4) for step, took in (seconds or {}).items()},
    }
    write_file(room.ledger_file(participant, assignment), json_bytes(content))
    room.failure_file(participant, assignment).unlink(missing_ok=True)


def write_failure(room: ClassRoom, participant: str, assignment: str, reason: str) -> None:
    """Keep that the grading of what lies there now failed, and why."""
    ticket = read_ticket(room, participant, assignment)
    content = {"receipt": ticket.receipt if ticket else "", "reason": reason}
    write_file(room.failure_file(participant, assignment), json_bytes(content))


def read_past(room: ClassRoom, participant: str, assignment: str) -> Past:
    """What earlier gradings of a submission came to."""
    failed = read_object(room.failure_file(participant, assignment)).get("receipt")
    return Past(
        read_graded(room, participant, assignment), failed if isinstance(failed, str) else None
    )


def read_waiting(room: ClassRoom, participant: str, assignment: str) -> Waiting:
    """What lies there to be graded."""
    ticket = read_ticket(room, participant, assignment)
    return Waiting(
        participant,
        ticket.receipt if ticket else "",
        _has_result(room, participant, assignment),
    )


def answer_digests(paper: Paper, answers: Mapping[str, object]) -> dict[str, str]:
    """A digest of every answer; `""` for a hand-marked one with nothing to read in it."""
    return {
        question.id: _digest(question, answers.get(question.id)) for question in paper.questions
    }


def is_graded_now(room: ClassRoom, paper: Paper, participant: str) -> bool:
    """Whether the gradebook speaks of the submission that lies there now."""
    waiting = read_waiting(room, participant, paper.name)
    past = Past(read_graded(room, participant, paper.name))
    return reason_to_grade(waiting, past, paper.edition) is None


def _has_result(room: ClassRoom, participant: str, assignment: str) -> bool:
    notebook = room.autograded(participant, assignment) / f"{assignment}.ipynb"
    try:
        # A power cut can leave the name of a file without its content.
        return notebook.stat().st_size > 0
    except OSError:
        return False


def _digest(question: PaperQuestion, answer: object) -> str:
    if question.marking == "manual":
        verdict = mark(template_of(question.question), None, answer, question.points).verdict
        if verdict != "manual":
            return ""
    return digest(json_bytes(answer))
