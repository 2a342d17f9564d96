"""Grading without a kernel against stock `nbgrader autograde`, on the same submissions.

    python benchmarks/grading.py [--json] [--people 1000] [--many 10000] [--stock 16] [--workers 2]

Stock runs as its command line does, on a sample; its seconds for a submission are the slope between a
small and a larger run, so that its start-up counts for nothing. Ours is timed whole: plan, workers, rows,
files, ledger. `sandboxed` are the same people with a notebook of their own each. `end_to_end` is what staff
wait for: carrying sent answers to nbgrader, grading, feedback pages.
"""

from __future__ import annotations

import argparse
import itertools
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbgrader.api import Grade
from sqlalchemy import update

from umkm_courses import load_catalogue
from umkm_grading import ClassRoom, Manner, deliver, grade_all, prepare, publish_feedback, tasks_of
from umkm_grading.gradebook import open_gradebook, scores_of
from umkm_grading.submissions import Sending, write_submission
from umkm_records import (
    CohortForm,
    DraftKey,
    Participant,
    Records,
    Stamp,
    class_roster,
    create_cohort,
    open_records,
    save_draft,
    submit,
)
from umkm_records.schema import EnrolmentRow, ParticipantRow

HERE = Path(__file__).resolve().parents[1]
TASK = "pembukuan-dua-laci"
TEXT = "rencana-dua-laci"
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ANSWERS = [
    {"seragam-sekolah": "pindah-catat", "laba-bengkel": "350rb", TEXT: "Dua kaleng."},
    {"seragam-sekolah": "bayar-langsung", "laba-bengkel": "250000", TEXT: "Dipisah <b>saja</b>."},
    {"seragam-sekolah": "biaya-usaha", "laba-bengkel": "tidak tahu", TEXT: ""},
    {"seragam-sekolah": "ambil-dulu", "laba-bengkel": "Rp 850.000"},
]


class Programme:
    """A class of any size in a folder of its own."""

    def __init__(self, folder: Path, people: int) -> None:
        self.catalogue = load_catalogue(HERE / "courses")
        self.records = open_records(str(folder / "umkm.db"))
        form = CohortForm("ukur-1", "Ukur", "UKUR11", "", NOW.date(), "pembukuan")
        create_cohort(self.records, form)
        enrol(self.records, people)
        self.room = ClassRoom(folder, "ukur-1")
        self.people: list[Participant] = list(class_roster(self.records, "ukur-1"))
        prepare(self.room, [self.catalogue.assignment(TASK)], self.people)

    def put(self, *, notebook: bool = False) -> None:
        """Lay submissions down without the records, with or without a notebook of their own."""
        own = json.loads((self.room.release(TASK) / f"{TASK}.ipynb").read_text(encoding="utf-8"))
        own["cells"].append(nbformat.v4.new_code_cell("sum(range(1000))"))
        attempt, content = (2, json.dumps(own).encode()) if notebook else (1, b"")
        for person, answers in zip(self.people, itertools.cycle(ANSWERS)):
            receipt = f"KRM-{person.code}-{attempt}"
            sending = Sending(receipt, person.code, TASK, attempt, NOW, answers, content)
            write_submission(self.room, sending)

    def send(self) -> None:
        """What trainees do: answer, press Kirim."""
        for person, answers in zip(self.people, itertools.cycle(ANSWERS)):
            for number, (question, answer) in enumerate(answers.items()):
                save_draft(
                    self.records, DraftKey(person.code, TASK, question), answer, Stamp("hp", number)
                )
            submit(self.records, person.code, TASK, answers)

    def grade(self, workers: int) -> float:
        begin = time.perf_counter()
        run = grade_all(tasks_of(self.room), manner=Manner(workers=workers))
        passed = time.perf_counter() - begin
        assert len(run.outcomes) == len(self.people), "not everybody was graded"
        assert not run.failed, run.failed[0].reason
        return passed

    def scores(self) -> dict[str, dict[str, tuple[float, bool]]]:
        with open_gradebook(self.room) as gradebook, gradebook.engine.connect() as connection:
            found = scores_of(connection, TASK)
        # Our one difference from stock: nobody has to read an empty text.
        return {
            person: {
                name: (score.points, score.waiting and name != TEXT) for name, score in rows.items()
            }
            for person, rows in found.items()
        }


def enrol(records: Records, people: int) -> None:
    with records.transaction() as session:
        for number in range(people):
            person = ParticipantRow(
                code=f"ukur-{number:05}", name=f"Peserta {number}", business_name="Warung",
                business_kind="makanan", kelurahan="Lopang", phone=f"+62812{number:08}",
                pin_hash="", session_version=1, joined_at=NOW,
            )  # fmt: skip
            session.add(person)
            session.flush()
            session.add(EnrolmentRow(participant_id=person.id, cohort_id="ukur-1", enrolled_at=NOW))


@contextmanager
def programme(people: int) -> Iterator[Programme]:
    folder = Path(tempfile.mkdtemp(prefix="umkm-ukur-"))
    try:
        yield Programme(folder, people)
    finally:
        shutil.rmtree(folder)


def stock_seconds(one: Programme, people: list[str]) -> float:
    """Seconds of `nbgrader autograde` for these people, start-up included."""
    config = one.room.root / "nbgrader_config.py"
    config.write_text(
        "c = get_config()\n"
        f"c.CourseDirectory.root = {str(one.room.root)!r}\n"
        f"c.CourseDirectory.course_id = {one.room.cohort_id!r}\n"
        f"c.CourseDirectory.db_url = {one.room.gradebook_url!r}\n",
        encoding="utf-8",
    )
    others = [person.code for person in one.people if person.code not in people]
    command = [sys.executable, "-m", "nbgrader", "autograde", TASK, "--force"]
    command += [f"--CourseDirectory.student_id_exclude={','.join(others)}"] if others else []
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=one.room.root, capture_output=True, text=True, check=False)
    passed = time.perf_counter() - begin
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    return passed


def compare(people: int, stock_people: int, workers: int) -> dict[str, object]:
    with programme(stock_people) as stock, programme(stock_people) as ours:
        stock.put()
        ours.put()
        codes = [person.code for person in stock.people]
        few = max(2, stock_people // 4)
        small, large = stock_seconds(stock, codes[:few]), stock_seconds(stock, codes)
        each = (large - small) / (stock_people - few)
        ours.grade(workers)
        same = stock.scores() == ours.scores()
        ours.put(notebook=True)
        caged = ours.grade(workers) / stock_people
    with programme(people) as whole:
        whole.send()
        begin = time.perf_counter()
        deliver(whole.room, whole.records)
        delivered = time.perf_counter() - begin
        graded = whole.grade(workers)
        begin = time.perf_counter()
        give_points(whole)
        publication = publish_feedback(whole.room, whole.records, TASK)
        assert len(publication.published) == people, publication.held
        published = time.perf_counter() - begin
    return {
        "workers": workers,
        "stock_people": stock_people,
        "stock_seconds_each": round(each, 3),
        "people": people,
        "seconds_each": round(graded / people, 4),
        "ratio": round(each / (graded / people), 1),
        "same_scores": same,
        "sandboxed_seconds_each": round(caged, 3),
        "sandboxed_ratio": round(each / caged, 1),
        "deliver_s": round(delivered, 1),
        "grade_s": round(graded, 1),
        "feedback_s": round(published, 1),
        "end_to_end_s": round(delivered + graded + published, 1),
    }


def give_points(one: Programme) -> None:
    """What staff do in formgrader; not timed as part of grading, but quick."""
    with open_gradebook(one.room) as gradebook, gradebook.engine.begin() as connection:
        waiting = update(Grade).where(Grade.needs_manual_grade)
        connection.execute(waiting.values(manual_score=3, needs_manual_grade=False))


def linear(people: int, many: int, workers: int) -> dict[str, object]:
    each = {}
    for size in (people, many):
        with programme(size) as one:
            one.put()
            each[size] = one.grade(workers) / size
    return {
        "many": many,
        "many_s": round(each[many] * many, 1),
        "many_against_few": round(each[many] / each[people], 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument(
        "--many", type=int, default=0, help="also grade this many, to see it is linear"
    )
    parser.add_argument("--stock", type=int, default=16)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    found = compare(options.people, options.stock, options.workers)
    if options.many:
        found |= linear(options.people, options.many, options.workers)
    if options.json:
        print(json.dumps(found, indent=1))
        return
    for name, value in found.items():
        print(f"{name:20} {value}")


if __name__ == "__main__":
    main()
