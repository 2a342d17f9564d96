"""A submission that this process grades: its locks, files and timings."""

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from umkm_grading.autograde.history import answer_digests, read_last_grading
from umkm_grading.autograde.nbgrader_adapter import sent_at
from umkm_grading.autograde.plan import LastGrading, PlannedGrading
from umkm_grading.autograde.scores import Change, Mark, score_automatic, score_text
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.class_folder.released_assignment import ReleasedAssignment
from umkm_grading.class_folder.submission_folder import (
    read_files,
    read_submission,
    read_submission_manifest,
    restore_notebook,
)


@dataclass(frozen=True)
class ClassAssignment:
    """An assignment of a class."""

    class_folder: ClassFolder
    released: ReleasedAssignment

    @property
    def name(self) -> str:
        """Return the assignment's name."""
        return self.released.name


@dataclass
class LockedSubmission:
    """A submission that no other process changes until `locks` are closed."""

    assignment: ClassAssignment
    planned: PlannedGrading
    locks: ExitStack
    files: dict[str, bytes] = field(default_factory=dict)
    graded: LastGrading = field(default_factory=lambda: LastGrading("", ""))
    before: Mapping[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    #: The gradebook's rows before grading; None where they were not needed.
    old: Mapping[str, Mark] | None = None
    notes: tuple[str, ...] = ()
    #: Whether it holds the trainee's own notebook.
    has_notebook: bool = False

    @property
    def participant(self) -> str:
        """Return the participant's code."""
        return self.planned.participant

    @property
    def sent_at(self) -> datetime | None:
        """Return when it was sent, in nbgrader's naive UTC."""
        return sent_at(self.files)

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Add the time that the block takes to `seconds`."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            took = time.perf_counter() - begin
            self.seconds[part] = self.seconds.get(part, 0.0) + took

    def read(self) -> None:
        """Read what is to be graded.

        Raises:
            SubmissionDamaged: its files would give a false 0.
            NotPrepared: the assignment is not released in this class.
        """
        class_folder, name = self.assignment.class_folder, self.assignment.name
        with self.timed("baca"):
            answers = read_submission(class_folder, self.participant, name)
            manifest = read_submission_manifest(class_folder, self.participant, name)
            restore_notebook(class_folder, self.participant, name)
            self.files = read_files(class_folder, self.participant, name)
            last = read_last_grading(class_folder, self.participant, name)
            self.before = last.answers if last else {}
            digests = answer_digests(self.assignment.released, answers)
            receipt = manifest.receipt if manifest else ""
            self.graded = LastGrading(receipt, self.assignment.released.edition, digests)

    def new_marks(
        self, old: Mapping[str, Mark], points: Mapping[str, float | None]
    ) -> dict[str, Mark]:
        """Return the gradebook's rows from `old` ones and points of the executed notebook."""
        marks = {}
        for question in self.assignment.released.questions:
            change = Change(self.graded.answers[question.id], self.before.get(question.id))
            before = old.get(question.id)
            if question.marking == "manual":
                marks[question.id] = score_text(before, change)
            else:
                marks[question.id] = score_automatic(before, points.get(question.id), change)
        return marks
