"""A released assignment: what grading needs of it, stored in the class folder.

Grading on another machine, or a year later, then needs no `courses/`. It holds no key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from umkm.exercise import (
    Asking,
    Question,
    asking_from_json,
    asking_to_json,
    make,
    seed_of,
)
from umkm_courses import AskedQuestion, Assignment
from umkm_grading.class_folder.atomic_files import json_bytes, read_object, write_file
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.errors import NotPrepared

#: The folder of released assignments in a class folder.
RELEASED = ".umkm/papers"
#: The edition of one from a backup: its notebooks are not this computer's.
_RESTORED = "dari cadangan"


@dataclass(frozen=True)
class ReleasedQuestion:
    """One question of a released assignment."""

    id: str
    question: Asking
    points: float
    marking: Literal["auto", "manual"]

    def for_participant(self, participant: str) -> Question:
        """Return the question with this participant's numbers."""
        return make(self.question, seed_of(participant, self.id)).question


@dataclass(frozen=True)
class ReleasedAssignment:
    """An assignment as released; `edition` changes when its source does."""

    name: str
    edition: str
    questions: tuple[ReleasedQuestion, ...]

    @property
    def points(self) -> float:
        """Return the maximum points."""
        return sum(question.points for question in self.questions)


def make_released(assignment: Assignment, edition: str) -> ReleasedAssignment:
    """Return the released assignment for an assignment of `courses/`."""
    return ReleasedAssignment(
        assignment.name, edition, tuple(map(_from_course, assignment.questions))
    )


def write_released(class_folder: ClassFolder, released: ReleasedAssignment) -> None:
    """Write a released assignment to its class folder."""
    content = {
        "name": released.name,
        "edition": released.edition,
        "questions": [
            {
                "id": question.id,
                "question": asking_to_json(question.question),
                "points": question.points,
                "marking": question.marking,
            }
            for question in released.questions
        ],
    }
    write_file(class_folder.released_file(released.name), json_bytes(content))


def read_released(
    class_folder: ClassFolder, name: str, *, restored: bool = False
) -> ReleasedAssignment:
    """Read a released assignment of this class; with `restored` also one from a backup.

    Raises:
        NotPrepared: it was never released here, or not since it was restored from a backup.
    """
    stored: Mapping[str, Any] = read_object(class_folder.released_file(name))
    if not stored or (stored["edition"] == _RESTORED and not restored):
        raise NotPrepared(name)
    return ReleasedAssignment(name, stored["edition"], tuple(map(_from_json, stored["questions"])))


def require_new_release(file: Path) -> None:
    """Mark a released assignment from a backup, so that it is released again before grading."""
    stored = read_object(file)
    if stored:
        mode = file.stat().st_mode
        write_file(file, json_bytes({**stored, "edition": _RESTORED}))
        file.chmod(mode & 0o777)


def list_released(class_folder: ClassFolder) -> list[ReleasedAssignment]:
    """Return all released assignments of this class, by name."""
    folder = class_folder.root / RELEASED
    return [
        read_released(class_folder, path.stem, restored=True)
        for path in sorted(folder.glob("[!.]*.json"))
    ]


def _from_course(asked: AskedQuestion) -> ReleasedQuestion:
    return ReleasedQuestion(asked.id, asked.question, asked.points, asked.marking)


def _from_json(stored: Mapping[str, Any]) -> ReleasedQuestion:
    return ReleasedQuestion(
        stored["id"], asking_from_json(stored["question"]), stored["points"], stored["marking"]
    )
