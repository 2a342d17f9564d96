"""What the last good grading of each submission was about; survives nbgrader's own folders."""

from collections.abc import Mapping
from typing import Any

from umkm.exercise import mark, template_of
from umkm_grading.classroom import ClassRoom
from umkm_grading.files import digest, json_bytes, read_object, write_file
from umkm_grading.papers import Paper, PaperQuestion
from umkm_grading.plan import Graded, is_current
from umkm_grading.submissions import read_ticket


def read_graded(room: ClassRoom, participant: str, assignment: str) -> Graded | None:
    """The last good grading, or None."""
    stored: Mapping[str, Any] = read_object(room.ledger_file(participant, assignment))
    try:
        return Graded(stored["receipt"], stored["edition"], stored["answers"])
    except KeyError:
        return None


def write_graded(room: ClassRoom, participant: str, assignment: str, graded: Graded) -> None:
    """Keep a grading that went well."""
    content = {
        "receipt": graded.receipt,
        "edition": graded.edition,
        "answers": dict(graded.answers),
    }
    write_file(room.ledger_file(participant, assignment), json_bytes(content))


def answer_digests(paper: Paper, answers: Mapping[str, object]) -> dict[str, str]:
    """A digest of every answer; `""` for a hand-marked one with nothing to read in it."""
    return {
        question.id: _digest(question, answers.get(question.id)) for question in paper.questions
    }


def is_graded_now(room: ClassRoom, paper: Paper, participant: str) -> bool:
    """Whether the gradebook speaks of the submission that lies there now."""
    ticket = read_ticket(room, participant, paper.name)
    graded = read_graded(room, participant, paper.name)
    return (
        ticket is not None
        and is_current(ticket.receipt, graded, paper.edition)
        and (room.autograded(participant, paper.name) / f"{paper.name}.ipynb").is_file()
    )


def _digest(question: PaperQuestion, answer: object) -> str:
    if question.marking == "manual":
        verdict = mark(template_of(question.question), None, answer, question.points).verdict
        if verdict != "manual":
            return ""
    return digest(json_bytes(answer))
