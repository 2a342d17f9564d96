"""A class with real nbgrader, real records and the real assignment, and what people do in it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from umkm_courses import Assignment, Catalogue
from umkm_grading import ClassRoom, prepare
from umkm_grading.gradebook import find_grades, open_gradebook, read_scores
from umkm_grading.submissions import Sending, write_submission
from umkm_records import (
    DraftKey,
    Records,
    SampleClass,
    Stamp,
    make_sample_class,
    open_records,
    save_draft,
    submit,
)

COHORT = "contoh-serang"
TASK = "pembukuan-dua-laci"


@dataclass
class Class:
    """A prepared class."""

    room: ClassRoom
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
            stamp = Stamp("hp", self.clock)
            save_draft(self.records, DraftKey(code, self.task, question), answer, stamp)
        questions = [question.id for question in self.assignment.questions]
        return submit(self.records, code, self.task, questions)

    def put(self, code, answers, attempt=1):
        """A submission laid down without the records, so that it may hold anything."""
        sent = datetime(2026, 11, 23, 8, attempt, tzinfo=UTC)
        sending = Sending(f"KRM-{code}-{attempt}", code, self.task, attempt, sent, answers)
        write_submission(self.room, sending)

    def scores(self, code):
        with open_gradebook(self.room) as gradebook:
            return read_scores(gradebook, self.task, code)

    def staff_gives(self, code, question, points, comment=None):
        """What a person does in formgrader."""
        with open_gradebook(self.room) as gradebook:
            row = find_grades(gradebook, self.task, code)[question]
            row.manual_score, row.needs_manual_grade = points, False
            if comment:
                found = gradebook.find_comment(question, self.task, self.task, code)
                found.manual_comment = comment
            gradebook.db.commit()


def open_class(data_dir: Path, catalogue: Catalogue, task: str = TASK, database: str = "") -> Class:
    """The sample class in a data folder, ready for submissions; on a server where one is named."""
    records = open_records(database or str(data_dir / "umkm.db"), upgrade=True)
    sample = make_sample_class(records)
    room = ClassRoom(data_dir, COHORT, database)
    prepare(room, [catalogue.assignment(task)], sample.participants)
    return Class(room, records, catalogue, sample, task)
