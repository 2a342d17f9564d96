"""The state of every submission in a class, for screens, exports and item analysis.

A number on a screen and the same number in a file come from one `Standing`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from nbgrader.api import Assignment, SubmittedAssignment
from sqlalchemy import Connection, select

from umkm_grading.autograde.history import is_graded_now
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.class_folder.released_assignment import ReleasedAssignment
from umkm_grading.class_folder.submission_folder import read_sent_at, read_submission_manifest
from umkm_grading.gradebook.gradebook import Score, connect, scores_of, table_of


class State(StrEnum):
    """The state of a submission, in the words staff read."""

    NOT_SENT = "belum mengirim"
    NOT_GRADED = "belum dinilai"
    WAITING = "menunggu nilai pelatih"
    GRADED = "sudah dinilai"


@dataclass(frozen=True)
class Standing:
    """One participant in one assignment; no scores where they are of an older submission.

    `late_minutes` is 0 for a submission in time, None without a submission or a due date.
    """

    state: State
    scores: Mapping[str, Score] = field(default_factory=dict)
    attempt: int | None = None
    late_minutes: int | None = None

    def points(self, questions: Iterable[str]) -> float | None:
        """Return the sum over some questions; None where one is not known yet."""
        wanted = [self.scores.get(question) for question in questions]
        known = [score.points for score in wanted if score is not None and not score.waiting]
        return sum(known) if known and len(known) == len(wanted) else None


def percent(points: float | None, of: float) -> float | None:
    """Return points as a percentage with one decimal; None where there are none."""
    return round(100 * points / of, 1) if points is not None and of else None


def standings_of(
    class_folder: ClassFolder, releases: Sequence[ReleasedAssignment], participants: Sequence[str]
) -> dict[str, dict[str, Standing]]:
    """Return the state of these participants, by assignment and participant.

    Raises:
        ClassFolderError: the class has no gradebook yet.
        GradebookTrouble: the gradebook cannot be read.
    """
    if not releases:
        # A class that was never opened has nothing, not even a gradebook.
        return {}
    owner = table_of(Assignment)
    found = {}
    with connect(class_folder) as connection:
        rows = connection.execute(select(owner.c.name, owner.c.duedate))
        due = {row.name: row.duedate for row in rows}
        more = _extensions(connection)
        for released in releases:
            scores = scores_of(connection, released.name)
            found[released.name] = {
                person: _standing(
                    class_folder,
                    released,
                    person,
                    scores.get(person, {}),
                    _due_of(due.get(released.name), more.get((released.name, person))),
                )
                for person in participants
            }
    return found


def _standing(
    class_folder: ClassFolder,
    released: ReleasedAssignment,
    person: str,
    scores: Mapping[str, Score],
    due: datetime | None,
) -> Standing:
    manifest = read_submission_manifest(class_folder, person, released.name)
    if manifest is None:
        return Standing(State.NOT_SENT)
    late = _minutes_late(read_sent_at(class_folder, person, released.name), due)
    if not scores or not is_graded_now(class_folder, released, person):
        return Standing(State.NOT_GRADED, {}, manifest.attempt, late)
    waits = any(score.waiting for score in scores.values())
    return Standing(State.WAITING if waits else State.GRADED, scores, manifest.attempt, late)


def _extensions(connection: Connection) -> dict[tuple[str, str], timedelta]:
    """Return how much longer somebody has, by assignment and participant (nbgrader's extensions)."""
    owner, sent = table_of(Assignment), table_of(SubmittedAssignment)
    rows = connection.execute(
        select(owner.c.name, sent.c.student_id, sent.c.extension)
        .select_from(sent)
        .join(owner, owner.c.id == sent.c.assignment_id)
        .where(sent.c.extension.is_not(None))
    )
    return {(name, person): extension for name, person, extension in rows}


def _due_of(due: datetime | None, more: timedelta | None) -> datetime | None:
    return due + more if due is not None and more is not None else due


def _minutes_late(sent: datetime | None, due: datetime | None) -> int | None:
    if sent is None or due is None:
        return None
    # nbgrader keeps due dates as UTC without saying so. Started minutes count.
    over = (sent - due.replace(tzinfo=UTC)).total_seconds()
    return max(0, -int(-over // 60))
