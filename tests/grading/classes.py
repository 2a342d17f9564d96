"""A class with real nbgrader, real records and the real assignment, and what people do in it."""

import atexit
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from umkm_courses import Assignment, Catalogue, load_catalogue
from umkm_grading import ClassFolder, prepare
from umkm_grading.class_folder.submission_folder import Submission, write_submission
from umkm_grading.gradebook.gradebook import find_grades, open_gradebook, read_scores
from umkm_records import (
    ChangeId,
    DraftKey,
    Records,
    make_sample_class,
    open_records,
    save_draft,
    submit,
)
from umkm_records.sample import SampleClass

COHORT = "contoh-serang"
TASK = "pembukuan-dua-laci"
COURSES = Path(__file__).parents[2] / "courses"


@dataclass
class Class:
    """A prepared class."""

    class_folder: ClassFolder
    records: Records
    catalogue: Catalogue
    sample: SampleClass
    task: str = TASK
    clock: int = 0

    @property
    def assignment(self) -> Assignment:
        return self.catalogue.assignment(self.task)

    @property
    def codes(self) -> list[str]:
        return [person.code for person in self.sample.participants]

    def send(self, code, answers):
        """What a trainee does: answer, then press Kirim."""
        for question, answer in answers.items():
            self.clock += 1
            stamp = ChangeId("hp", self.clock)
            save_draft(self.records, DraftKey(code, self.task, question), answer, stamp)
        questions = [question.id for question in self.assignment.questions]
        return submit(self.records, code, self.task, questions)

    def put(self, code, answers, attempt=1):
        """A submission laid down without the records, so that it may hold anything."""
        sent = datetime(2026, 11, 23, 8, attempt, tzinfo=UTC)
        submission = Submission(f"KRM-{code}-{attempt}", code, self.task, attempt, sent, answers)
        write_submission(self.class_folder, submission)

    def scores(self, code):
        with open_gradebook(self.class_folder) as gradebook:
            return read_scores(gradebook, self.task, code)

    def staff_gives(self, code, question, points, comment=None):
        """What a person does in formgrader."""
        with open_gradebook(self.class_folder) as gradebook:
            row = find_grades(gradebook, self.task, code)[question]
            row.manual_score, row.needs_manual_grade = points, False
            if comment:
                found = gradebook.find_comment(question, self.task, self.task, code)
                found.manual_comment = comment
            gradebook.db.commit()


@cache
def _prepared(task: str) -> Path:
    """Return a folder with the sample class ready for a task, made once a process: nbgrader takes seconds for it."""
    folder = tempfile.TemporaryDirectory(prefix="umkm-kelas-")
    atexit.register(folder.cleanup)
    before = os.umask(0o077)  # as every command of `umkm` sets it
    try:
        _make_class(Path(folder.name), load_catalogue(COURSES), task).records.close()
    finally:
        os.umask(before)
    return Path(folder.name)


def open_class(data_dir: Path, catalogue: Catalogue, task: str = TASK, database: str = "") -> Class:
    """The sample class in a data folder, ready for submissions; on a server where one is named."""
    if not database and not (data_dir / "umkm.db").exists():
        shutil.copytree(_prepared(task), data_dir, dirs_exist_ok=True)
    return _make_class(data_dir, catalogue, task, database)


def copy_class(one: Class, data_dir: Path) -> Class:
    """A class with all that happened in it, once more in another folder."""
    one.records.close()
    shutil.copytree(one.class_folder.data_dir, data_dir, dirs_exist_ok=True)
    records = open_records(str(data_dir / "umkm.db"))
    return replace(one, class_folder=ClassFolder(data_dir, COHORT), records=records)


def _make_class(data_dir: Path, catalogue: Catalogue, task: str, database: str = "") -> Class:
    records = open_records(database or str(data_dir / "umkm.db"), upgrade=True)
    sample = make_sample_class(records)
    class_folder = ClassFolder(data_dir, COHORT, database)
    prepare(class_folder, [catalogue.assignment(task)], sample.participants)
    return Class(class_folder, records, catalogue, sample, task)
