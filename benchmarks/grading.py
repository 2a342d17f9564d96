"""Grading without a kernel against stock `nbgrader autograde`, on the same submissions.

    python -m benchmarks.grading [--json] [PART ...]    without PART: stock, sandboxed, whole

| part | what it measures | about, on 2 calm cores |
|---|---|---|
| `stock` | `ratio`, `same_scores`: stock on `--stock` submissions, ours on the same | 60 s |
| `sandboxed` | `sandboxed_ratio`: the same people with a notebook of their own each (with `stock`) | 15 s |
| `whole` | `--people` from Kirim to feedback: delivery, grading, pages | 40 s |
| `linear` | grading `--many` against grading `--people`, each submission (1 is linear) | 4 min |
| `dask` | two Dask workers against one, for answers and for sandboxed notebooks | 90 s |
| `idle` | CPU of a `deliver` call with nothing to do, `--idle` submissions, against verifying them all | 40 s |

Stock runs as its command line does; its seconds for a submission are the slope between a small and a larger
run, so that its start-up counts for nothing. Ours is timed whole: plan, workers, rows, files, ledger. Dask workers
are started and warm before the clock runs, as those of a cluster are.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbgrader.api import Grade
from sqlalchemy import update

from umkm_courses import load_catalogue
from umkm_grading import (
    ClassFolder,
    RunOptions,
    assignments_of,
    deliver,
    grade_all,
    prepare,
    publish_feedback,
    repair_submissions,
)
from umkm_grading.autograde.dask_task import idle_processes
from umkm_grading.autograde.grade import plan_assignment
from umkm_grading.class_folder.submission_folder import Submission, write_submission
from umkm_grading.gradebook.gradebook import open_gradebook, scores_of
from umkm_records import (
    ChangeId,
    CohortForm,
    DraftKey,
    Participant,
    Records,
    class_roster,
    create_cohort,
    open_records,
    save_draft,
    submit,
)
from umkm_records.tables import EnrolmentRow, ParticipantRow

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
        form = CohortForm("ukur-1", "Ukur", "UKUR11", "", NOW.date(), ("pembukuan",))
        create_cohort(self.records, form)
        enrol(self.records, people)
        self.class_folder = ClassFolder(folder, "ukur-1")
        self.people: list[Participant] = list(class_roster(self.records, "ukur-1"))
        prepare(self.class_folder, [self.catalogue.assignment(TASK)], self.people)

    def put(self, attempt: int = 1, *, notebook: bool = False, most: int | None = None) -> None:
        """Lay submissions down without the records, with or without a notebook of their own."""
        own = json.loads(
            (self.class_folder.release(TASK) / f"{TASK}.ipynb").read_text(encoding="utf-8")
        )
        own["cells"].append(nbformat.v4.new_code_cell("sum(range(1000))"))
        content = json.dumps(own).encode() if notebook else b""
        for person, answers in zip(self.people[:most], itertools.cycle(ANSWERS)):
            receipt = f"KRM-{person.code}-{attempt}"
            submission = Submission(receipt, person.code, TASK, attempt, NOW, answers, content)
            write_submission(self.class_folder, submission)

    def send(self) -> None:
        """What trainees do: answer, press Kirim."""
        for person, answers in zip(self.people, itertools.cycle(ANSWERS)):
            for number, (question, answer) in enumerate(answers.items()):
                save_draft(
                    self.records,
                    DraftKey(person.code, TASK, question),
                    answer,
                    ChangeId("hp", number),
                )
            submit(self.records, person.code, TASK, answers)

    def grade(self, workers: int, scheduler: str = "") -> float:
        due = sum(len(plan_assignment(task)) for task in assignments_of(self.class_folder))
        begin = time.perf_counter()
        run = grade_all(assignments_of(self.class_folder), options=RunOptions(workers, scheduler))
        passed = time.perf_counter() - begin
        assert len(run.outcomes) == due, "not everybody was graded"
        assert not run.failed, run.failed[0].message
        return passed

    def scores(self) -> dict[str, dict[str, tuple[float, bool]]]:
        with (
            open_gradebook(self.class_folder) as gradebook,
            gradebook.engine.connect() as connection,
        ):
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
            session.add(
                EnrolmentRow(participant_id=person.id, cohort_id="ukur-1", enrolled_at=NOW, half=0)
            )


@contextmanager
def programme(people: int) -> Iterator[Programme]:
    folder = Path(tempfile.mkdtemp(prefix="umkm-ukur-"))
    try:
        yield Programme(folder, people)
    finally:
        shutil.rmtree(folder)


def stock_seconds(one: Programme, people: list[str]) -> float:
    """Seconds of `nbgrader autograde` for these people, start-up included."""
    config = one.class_folder.root / "nbgrader_config.py"
    config.write_text(
        "c = get_config()\n"
        f"c.CourseDirectory.root = {str(one.class_folder.root)!r}\n"
        f"c.CourseDirectory.course_id = {one.class_folder.cohort_id!r}\n"
        f"c.CourseDirectory.db_url = {one.class_folder.gradebook_url!r}\n",
        encoding="utf-8",
    )
    others = [person.code for person in one.people if person.code not in people]
    command = [sys.executable, "-m", "nbgrader", "autograde", TASK, "--force"]
    command += [f"--CourseDirectory.student_id_exclude={','.join(others)}"] if others else []
    begin = time.perf_counter()
    done = subprocess.run(
        command, cwd=one.class_folder.root, capture_output=True, text=True, check=False
    )
    passed = time.perf_counter() - begin
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    return passed


def against_stock(options: argparse.Namespace, *, sandboxed: bool) -> dict[str, object]:
    size, workers = options.stock, options.workers
    with programme(size) as stock, programme(size) as ours:
        stock.put()
        ours.put()
        codes = [person.code for person in stock.people]
        few = max(2, size // 4)
        small, large = stock_seconds(stock, codes[:few]), stock_seconds(stock, codes)
        each = (large - small) / (size - few)
        ours.grade(workers)
        same = stock.scores() == ours.scores()
        found: dict[str, object] = {
            "workers": workers, "stock_people": size, "stock_seconds_each": round(each, 3),
            "same_scores": same,
        }  # fmt: skip
        if sandboxed:
            ours.put(2, notebook=True)
            caged = ours.grade(workers) / size
            found |= {
                "sandboxed_seconds_each": round(caged, 3),
                "sandboxed_ratio": round(each / caged, 1),
            }
    with programme(options.people) as many:
        # Many, so that our start-up weighs as little as it does in a real run.
        many.put()
        mine = many.grade(workers) / options.people
    return found | {"seconds_each": round(mine, 4), "ratio": round(each / mine, 1)}


def whole_way(options: argparse.Namespace) -> dict[str, object]:
    with programme(options.people) as one:
        one.send()
        begin = time.perf_counter()
        deliver(one.class_folder, one.records)
        delivered = time.perf_counter() - begin
        graded = one.grade(options.workers)
        begin = time.perf_counter()
        give_points(one)
        publication = publish_feedback(one.class_folder, one.records, TASK)
        assert len(publication.published) == options.people, publication.held
        published = time.perf_counter() - begin
    return {
        "people": options.people,
        "deliver_s": round(delivered, 1),
        "grade_s": round(graded, 1),
        "feedback_s": round(published, 1),
        "end_to_end_s": round(delivered + graded + published, 1),
    }


def give_points(one: Programme) -> None:
    """What staff do in formgrader; not timed as part of grading, but quick."""
    with open_gradebook(one.class_folder) as gradebook, gradebook.engine.begin() as connection:
        waiting = update(Grade).where(Grade.needs_manual_grade)
        connection.execute(waiting.values(manual_score=3, needs_manual_grade=False))


def idle(options: argparse.Namespace) -> dict[str, object]:
    """CPU of an idle call of `deliver`, and of one that verifies each submission as it did before."""
    with programme(options.idle) as one:
        one.send()
        assert len(deliver(one.class_folder, one.records)) == options.idle
        verifying = cpu_of(lambda: repair_submissions(one.class_folder, one.records), times=3)
        idling = cpu_of(lambda: deliver(one.class_folder, one.records), times=50)
    return {
        "idle_submissions": options.idle,
        "verify_cpu_ms": round(1000 * verifying, 2),
        "idle_cpu_ms": round(1000 * idling, 3),
        "idle_ratio": round(verifying / idling, 1),
    }


def cpu_of(call: Callable[[], list[str]], times: int) -> float:
    """Return seconds of CPU for one call; each call has nothing to do."""
    assert call() == []
    begin = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - begin) / times


def linear(options: argparse.Namespace) -> dict[str, object]:
    each = {}
    for size in (options.people, options.many):
        with programme(size) as one:
            one.put()
            each[size] = one.grade(options.workers) / size
    few, many = each[options.people], each[options.many]
    return {
        "many": options.many,
        "many_s": round(many * options.many, 1),
        "few_per_second": round(1 / few, 1),
        "many_per_second": round(1 / many, 1),
        "many_against_few": round(many / few, 3),
    }


def on_dask(options: argparse.Namespace) -> dict[str, object]:
    """Submissions a second with one worker and with two; start-up and first imports not counted."""
    from distributed import LocalCluster  # noqa: PLC0415

    pace: dict[str, list[float]] = {"answers": [], "sandboxed": []}
    for workers in (1, 2):
        with (
            LocalCluster(
                n_workers=workers, threads_per_worker=1, host="127.0.0.1", memory_limit=0,
                dashboard_address="127.0.0.1:0",
            ) as cluster,
            programme(options.dask_people) as one,
        ):  # fmt: skip
            address = cluster.scheduler_address
            attempt = warm_up(one, workers, address)
            one.put(attempt + 1)
            pace["answers"].append(len(one.people) / one.grade(workers, address))
            # Many for each worker, so that the last one's running alone weighs little.
            notebooks = min(len(one.people), 96)
            one.put(attempt + 2, notebook=True, most=notebooks)
            pace["sandboxed"].append(notebooks / one.grade(workers, address))
    return {
        f"dask_{name}_two_against_one": round(two / one_alone, 2)
        for name, (one_alone, two) in pace.items()
    } | {f"dask_{name}_per_second": [round(x, 1) for x in found] for name, found in pace.items()}


def warm_up(one: Programme, workers: int, address: str) -> int:
    """Grade until every worker has graded something; gives the last attempt used."""
    from distributed import Client  # noqa: PLC0415

    with Client(address, set_as_default=False) as client:
        for attempt in itertools.count(1):
            one.put(attempt, most=8 * workers)
            one.grade(workers, address)
            if all(client.run(idle_processes).values()):
                return attempt
    raise AssertionError


PARTS = ("stock", "sandboxed", "whole", "linear", "dask", "idle")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--idle", type=int, default=560)
    parser.add_argument("--stock", type=int, default=16)
    parser.add_argument("--dask-people", type=int, default=300)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    parts = options.parts or ["stock", "sandboxed", "whole"]
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    found: dict[str, object] = {}
    if {"stock", "sandboxed"} & set(parts):
        found |= against_stock(options, sandboxed="sandboxed" in parts)
    others = {"whole": whole_way, "linear": linear, "dask": on_dask, "idle": idle}
    for name, measure in others.items():
        if name in parts:
            found |= measure(options)
    if options.json:
        print(json.dumps(found, indent=1))
        return
    for name, value in found.items():
        print(f"{name:30} {value}")


if __name__ == "__main__":
    main()
