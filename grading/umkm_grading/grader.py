"""Grades what lies in a class: plans, locks each submission, lets nbgrader work, checks it."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError

from umkm import UmkmError
from umkm_courses import Assignment
from umkm_grading.classroom import LONG_WAIT, ClassRoom
from umkm_grading.errors import NbgraderFailed, StorageTrouble
from umkm_grading.files import write_file
from umkm_grading.gradebook import Score, find_grades, open_gradebook, read_scores
from umkm_grading.ledger import answer_digests, is_graded_now, read_graded, write_graded
from umkm_grading.marks import read_marks, unmarked
from umkm_grading.nbgrader_steps import autograde
from umkm_grading.papers import Paper, read_paper
from umkm_grading.plan import Graded, Review, Waiting, plan, review
from umkm_grading.settings import nbgrader_config
from umkm_grading.submissions import (
    list_submitters,
    read_submission,
    read_ticket,
    restore_notebook,
)


@dataclass(frozen=True)
class GradeOutcome:
    """What became of one submission; `reason` says in plain words why it is not `ok`."""

    participant: str
    ok: bool
    points: float
    of: float
    waiting_for_human: bool
    reason: str = ""


def grade(
    room: ClassRoom,
    assignment: Assignment | str,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[GradeOutcome]:
    """Grade every new or changed submission of an assignment; one that fails stops no other.

    `on_progress` is told (done, total), first with 0.

    Raises:
        NotPrepared: the assignment is not released in this class.
    """
    paper = read_paper(room, assignment if isinstance(assignment, str) else assignment.name)
    steps = _plan(room, paper)
    on_progress(0, len(steps))
    outcomes = []
    for done, step in enumerate(steps, start=1):
        outcomes.append(grade_one(room, paper, step.participant))
        on_progress(done, len(steps))
    return outcomes


def grade_one(
    room: ClassRoom,
    paper: Paper,
    participant: str,
    *,
    again: bool = False,
    wait_seconds: float = LONG_WAIT,
) -> GradeOutcome:
    """Grade one submission, unless another process just did and `again` is not asked for."""
    try:
        with room.working_on(participant, paper.name, wait_seconds):
            if again or not is_graded_now(room, paper, participant):
                _grade(room, paper, participant)
            with open_gradebook(room) as gradebook:
                scores = read_scores(gradebook, paper.name, participant)
    except UmkmError as error:
        return _failed(room, paper, participant, error)
    except OSError as error:
        return _failed(room, paper, participant, StorageTrouble(error))
    except OperationalError:
        busy = UmkmError(
            "Buku nilai sedang dipakai terlalu lama. Tunggu sebentar, lalu nilai lagi."
        )
        return _failed(room, paper, participant, busy)
    points = sum(score.points for score in scores.values())
    waiting = any(score.waiting for score in scores.values())
    return GradeOutcome(
        participant, ok=True, points=points, of=paper.points, waiting_for_human=waiting
    )


def failed_outcome(participant: str, of: float, reason: str) -> GradeOutcome:
    """The outcome of a submission that could not be graded."""
    return GradeOutcome(
        participant, ok=False, points=0, of=of, waiting_for_human=False, reason=reason
    )


def _plan(room: ClassRoom, paper: Paper) -> list[Waiting]:
    waiting: list[Waiting] = []
    graded: dict[str, Graded] = {}
    for participant in list_submitters(room, paper.name):
        ticket = read_ticket(room, participant, paper.name)
        waiting.append(Waiting(participant, ticket.receipt if ticket else ""))
        if is_graded_now(room, paper, participant):
            last = read_graded(room, participant, paper.name)
            graded |= {participant: last} if last else {}
    return plan(waiting, graded, paper.edition)


def _grade(room: ClassRoom, paper: Paper, participant: str) -> None:
    answers = read_submission(room, participant, paper.name)
    ticket = read_ticket(room, participant, paper.name)
    restore_notebook(room, participant, paper.name)
    digests = answer_digests(paper, answers)
    last = read_graded(room, participant, paper.name)
    before = last.answers if last else {}
    with open_gradebook(room) as gradebook:
        old = read_scores(gradebook, paper.name, participant)
        # Before nbgrader starts: a crash half-way must leave a changed text flagged.
        _flag_manual(gradebook, paper, participant, (digests, before))
    _run_nbgrader(room, paper, participant)
    with open_gradebook(room) as gradebook:
        _flag_manual(gradebook, paper, participant, (digests, before))
        _settle_overrides(gradebook, paper, participant, _unchanged(digests, before, old))
        scores = read_scores(gradebook, paper.name, participant)
        missing = unmarked(paper, read_marks(room, paper, participant), scores)
        if missing:
            _flag(gradebook, paper, participant, missing)
            raise NbgraderFailed(
                f"Soal {', '.join(missing)} tidak bisa dinilai otomatis. Nilai lagi; "
                "bila berulang, kirimkan catatannya kepada pembuat materi."
            )
    receipt = ticket.receipt if ticket else ""
    write_graded(room, participant, paper.name, Graded(receipt, paper.edition, digests))


def _run_nbgrader(room: ClassRoom, paper: Paper, participant: str) -> None:
    config = nbgrader_config(room)
    # Sockets in a private folder: no kernel of ours listens on a TCP port.
    folder = tempfile.mkdtemp(prefix="umkm-")
    config.KernelManager.transport = "ipc"
    config.KernelManager.connection_file = str(Path(folder) / "kernel.json")
    try:
        autograde(config, paper.name, participant)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _flag_manual(
    gradebook: Any,
    paper: Paper,
    participant: str,
    digests: tuple[Mapping[str, str], Mapping[str, str]],
) -> None:
    now, before = digests
    grades = find_grades(gradebook, paper.name, participant)
    for question in paper.questions:
        if question.marking != "manual" or question.id not in grades:
            continue
        row = grades[question.id]
        match review(now[question.id], before.get(question.id)):
            case Review.NOTHING_THERE:
                row.manual_score, row.needs_manual_grade = 0, False
            case Review.READ | Review.REREAD:
                row.needs_manual_grade = True
                if before.get(question.id) == "":
                    # The 0 was ours, for an empty answer; nobody gave it.
                    row.manual_score = None
    gradebook.db.commit()


def _unchanged(
    now: Mapping[str, str], before: Mapping[str, str], old: Mapping[str, Score]
) -> dict[str, float | None]:
    """The automatic points of answers that did not change and that nobody had to look at."""
    return {
        question: score.automatic
        for question, score in old.items()
        if now.get(question) == before.get(question) and not score.waiting
    }


def _settle_overrides(
    gradebook: Any, paper: Paper, participant: str, settled: Mapping[str, float | None]
) -> None:
    # nbgrader asks again about every override at each grading, even when nothing changed.
    for question, row in find_grades(gradebook, paper.name, participant).items():
        if question in settled and row.auto_score is not None:
            overridden = row.manual_score is not None
            row.needs_manual_grade = overridden and row.auto_score != settled[question]
    gradebook.db.commit()


def _flag(gradebook: Any, paper: Paper, participant: str, questions: list[str]) -> None:
    for question, row in find_grades(gradebook, paper.name, participant).items():
        if question in questions:
            row.needs_manual_grade = True
    gradebook.db.commit()


def _failed(room: ClassRoom, paper: Paper, participant: str, error: UmkmError) -> GradeOutcome:
    reason = error.message
    if isinstance(error, NbgraderFailed) and error.log:
        log = room.failure_log(participant, paper.name)
        with suppress(OSError):
            write_file(log, error.log.encode())
            reason += f" Catatan: {log}"
    return failed_outcome(participant, paper.points, reason)
