"""What staff wait for: the queue over many classes, and formgrader's lists for a full class.

    python -m benchmarks.staff [--json] [--classes 150] [--people 40] [--assignments 15]

One class is made and graded in earnest, with a text that waits for everybody in every assignment; the other
classes are copies of its gradebook. Formgrader is asked over HTTP in a real JupyterLab with our configuration,
each list five times after a first one; the figure is the median. Making it all takes some two minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from benchmarks.grading import NOW, TASK, TEXT, enrol

from umkm_courses import load_catalogue
from umkm_grading import (
    ClassFolder,
    RunOptions,
    assignments_of,
    grade_all,
    prepare,
    write_jupyter_config,
)
from umkm_grading.class_folder.submission_folder import Submission, write_submission
from umkm_grading.review.queue import read_queue
from umkm_records import CohortForm, class_roster, create_cohort, open_records

HERE = Path(__file__).resolve().parents[1]
TIMES = 5
#: What the pages of formgrader ask for, and for which page.
LISTS = {
    "manage_assignments": "/formgrader/api/assignments",
    "manage_submissions": "/formgrader/api/submissions/{assignment}",
    "manage_students": "/formgrader/api/students",
    "manual_grading": "/formgrader/api/submitted_notebooks/{assignment}/{assignment}",
    "one_student": "/formgrader/api/student_submissions/{student}",
}


def full_class(folder: Path, people: int, assignments: int) -> ClassFolder:
    """A class in which everybody sent everything and every text waits."""
    records = open_records(str(folder / "umkm.db"))
    create_cohort(records, CohortForm("ukur-1", "Ukur", "UKUR11", "", NOW.date(), ("pembukuan",)))
    enrol(records, people)
    roster = list(class_roster(records, "ukur-1"))
    task = load_catalogue(HERE / "courses").assignment(TASK)
    names = [f"tugas-{number:02}" for number in range(1, assignments + 1)]
    class_folder = ClassFolder(folder, "ukur-1")
    prepare(class_folder, [replace(task, name=name) for name in names], roster)
    answers = {"seragam-sekolah": "bayar-langsung", "laba-bengkel": "350rb", TEXT: "Dua kaleng."}
    for name in names:
        for person in roster:
            receipt = f"KRM-{person.code}-{name}"
            write_submission(class_folder, Submission(receipt, person.code, name, 1, NOW, answers))
    run = grade_all(assignments_of(class_folder), options=RunOptions(workers=2))
    assert not run.failed, run.failed[0].message
    return class_folder


def copies(class_folder: ClassFolder, classes: int) -> list[ClassFolder]:
    class_folders = [class_folder]
    for number in range(2, classes + 1):
        other = ClassFolder(class_folder.data_dir, f"ukur-{number}")
        other.root.mkdir()
        shutil.copy(class_folder.gradebook_file, other.gradebook_file)
        class_folders.append(other)
    return class_folders


@contextmanager
def jupyterlab(class_folder: ClassFolder) -> Iterator[Callable[[str], bytes]]:
    config = class_folder.data_dir / "konfigurasi"
    write_jupyter_config(class_folder, config)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--allow-root"]
    command += [f"--port={port}", f"--ServerApp.root_dir={class_folder.data_dir}"]
    environment = os.environ | {"JUPYTER_CONFIG_DIR": str(config), "JUPYTER_TOKEN": "ukur"}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(path: str) -> bytes:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
        request.add_header("Authorization", "token ukur")
        with opener.open(request, timeout=60) as answer:
            return bytes(answer.read())

    with (class_folder.data_dir / "lab.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        while True:
            assert process.poll() is None, (class_folder.data_dir / "lab.log").read_text()[-2000:]
            try:
                ask("/api")
                break
            except OSError:
                time.sleep(0.2)
        yield ask
    finally:
        process.terminate()
        process.wait(30)


def seconds_of(work: Callable[[], object]) -> float:
    """The median of a few runs after a first one, which fills caches as any use does."""
    work()
    taken = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return round(statistics.median(taken), 3)


def measure(classes: int, people: int, assignments: int) -> dict[str, object]:
    folder = Path(tempfile.mkdtemp(prefix="umkm-ukur-"))
    try:
        class_folder = full_class(folder, people, assignments)
        class_folders = copies(class_folder, classes)
        waiting = len(read_queue(class_folders).waiting)
        assert waiting == classes * people * assignments, waiting
        found: dict[str, object] = {
            "classes": classes,
            "texts_waiting": waiting,
            "queue_s": seconds_of(lambda: read_queue(class_folders)),
        }
        with jupyterlab(class_folder) as ask:
            for page, path in LISTS.items():
                where = path.format(assignment="tugas-01", student="ukur-00000")
                assert json.loads(ask(where)), where
                found[f"{page}_s"] = seconds_of(lambda where=where: ask(where))
        return found
    finally:
        shutil.rmtree(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--classes", type=int, default=150)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--assignments", type=int, default=15)
    options = parser.parse_args()
    found = measure(options.classes, options.people, options.assignments)
    if options.json:
        print(json.dumps(found, indent=1))
        return
    for name, value in found.items():
        print(f"{name:24} {value}")


if __name__ == "__main__":
    main()
