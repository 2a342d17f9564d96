"""A review session: claim a text, and write its points to the gradebook."""

import re
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import nbformat

from umkm_grading.autograde.history import is_graded_now
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.class_folder.released_assignment import (
    ReleasedAssignment,
    ReleasedQuestion,
    read_released,
)
from umkm_grading.class_folder.submission_folder import (
    read_sent_at,
    read_submission,
    read_submission_manifest,
)
from umkm_grading.errors import (
    AnswerChanged,
    NotPrepared,
    PointsRefused,
    SubmissionDamaged,
    TakenByAnother,
)
from umkm_grading.gradebook.gradebook import find_grades, open_gradebook, read_scores
from umkm_grading.review.queue import Queue, WaitingText, read_queue
from umkm_records import Records, UnknownParticipant
from umkm_records.reviews import (
    Reviewer,
    TextToRead,
    claim_text,
    list_claims,
    record_marking,
    release_claim,
)
from umkm_widgets.photo_files import pictures_of

#: A reviewer does not wait longer for a run of `umkm grade`.
_PATIENCE_SECONDS = 10.0
_SCHEME = re.compile(r"=== BEGIN MARK SCHEME ===(.*?)=== END MARK SCHEME ===", re.DOTALL)


@dataclass(frozen=True)
class OpenText:
    """A text as its reviewer reads it; `receipt` names its submission."""

    text: TextToRead
    receipt: str
    prompt: str
    rubric: Mapping[str, float]
    scheme: str
    answer: str
    of: float
    points: float | None
    comment: str
    sent_at: datetime | None
    #: As base64 of JPEG files of our own making; None for one that is lost.
    photos: tuple[str | None, ...] = ()


class ReviewSession:
    """The review session of one reviewer in one window, over all their classes."""

    def __init__(self, records: Records, class_folders: Iterable[ClassFolder], grader: str) -> None:
        self.records = records
        self.class_folders = {
            class_folder.cohort_id: class_folder for class_folder in class_folders
        }
        self.reader = Reviewer(grader, secrets.token_hex(8))
        self.unreadable: dict[TextToRead, str] = {}

    def queue(self) -> Queue:
        """Return the texts that wait now."""
        return read_queue(self.class_folders.values())

    def claimed_by_others(self) -> dict[TextToRead, str]:
        """Return the texts that other review sessions have claimed, with the reviewer's name.

        Raises:
            RecordsError: the records cannot be read.
        """
        now = list_claims(self.records)
        return {text: who.name for text, who in now.items() if who.session != self.reader.session}

    def claim_next(
        self, waiting: Iterable[WaitingText], skip: Collection[TextToRead] = ()
    ) -> OpenText | None:
        """Claim the first of these texts that can be read; None where there is none.

        One that somebody else has claimed is skipped; so is one that cannot be read or was sent
        again meanwhile, whose reason is then in `unreadable`.

        Raises:
            GradebookTrouble, StorageError: nothing can be read at all.
        """
        taken = self.claimed_by_others()
        self.unreadable = {}
        for one in waiting:
            if one.text in skip or one.text in taken:
                continue
            try:
                return self.claim(one.text)
            except TakenByAnother:
                continue
            except (AnswerChanged, NotPrepared, SubmissionDamaged, UnknownParticipant) as error:
                self.unreadable[one.text] = error.message
        return None

    def claim(self, text: TextToRead) -> OpenText:
        """Claim a text, also one that is marked already, to change its points.

        Raises:
            TakenByAnother: another reviewer has claimed it.
            AnswerChanged: there is a newer answer, which must be graded first.
            SubmissionDamaged: the answer cannot be read.
        """
        self._record_claim(text)
        try:
            return self._read(text)
        except BaseException:
            release_claim(self.records, text, self.reader)
            raise

    def release(self, text: TextToRead) -> None:
        """Release a text without marking it."""
        release_claim(self.records, text, self.reader)

    def save_points(self, opened: OpenText, points: float, comment: str) -> None:
        """Write the points and the comment to the gradebook, under the lock that graders use.

        Raises:
            PointsRefused: below 0 or above the most.
            TakenByAnother: the claim lapsed, and another reviewer has it.
            AnswerChanged: a newer answer came, or somebody marked it meanwhile.
            Busy: it is being graded or published right now.
            GradebookTrouble: the gradebook did not take it.
        """
        if not 0 <= points <= opened.of:
            raise PointsRefused(opened.of)
        text, class_folder = opened.text, self.class_folders[opened.text.cohort]
        self._record_claim(text)
        with class_folder.working_on(text.participant, text.assignment, _PATIENCE_SECONDS):
            self._check_same(opened)
            with open_gradebook(class_folder) as gradebook:
                row = find_grades(gradebook, text.assignment, text.participant)[text.question]
                if opened.points is None and not row.needs_manual_grade:
                    raise AnswerChanged("Jawaban ini sudah dinilai orang lain.")
                row.manual_score, row.needs_manual_grade = points, False
                found = gradebook.find_comment(
                    text.question, text.assignment, text.assignment, text.participant
                )
                found.manual_comment = comment.strip() or None
                gradebook.db.commit()
        record_marking(self.records, text, self.reader, points, opened.of)

    def _record_claim(self, text: TextToRead) -> None:
        has_it = claim_text(self.records, text, self.reader)
        if has_it.session != self.reader.session:
            raise TakenByAnother(has_it.name)

    def _read(self, text: TextToRead) -> OpenText:
        class_folder = self.class_folders[text.cohort]
        released = read_released(class_folder, text.assignment)
        asked = next(one for one in released.questions if one.id == text.question)
        manifest = read_submission_manifest(class_folder, text.participant, text.assignment)
        if manifest is None or not is_graded_now(class_folder, released, text.participant):
            raise AnswerChanged("Ada kiriman lebih baru. Jalankan umkm grade dulu.")
        answers = read_submission(class_folder, text.participant, text.assignment)
        with open_gradebook(class_folder) as gradebook:
            score = read_scores(gradebook, text.assignment, text.participant)[text.question]
        question = asked.for_participant(text.participant)
        names = question.photos(answers.get(text.question))
        return OpenText(
            text=text,
            receipt=manifest.receipt,
            prompt=question.prompt,
            rubric=question.staff_rubric,
            scheme=_scheme(class_folder, released, asked),
            answer="" if names else str(answers.get(text.question) or ""),
            of=asked.points,
            points=None if score.waiting else score.points,
            comment=score.comment,
            sent_at=read_sent_at(class_folder, text.participant, text.assignment),
            photos=tuple(
                pictures_of(class_folder.submitted(text.participant, text.assignment), names)
            ),
        )

    def _check_same(self, opened: OpenText) -> None:
        text, class_folder = opened.text, self.class_folders[opened.text.cohort]
        manifest = read_submission_manifest(class_folder, text.participant, text.assignment)
        if manifest is None or manifest.receipt != opened.receipt:
            raise AnswerChanged(
                "Peserta mengirim jawaban baru selagi Anda membaca. Nilai tidak disimpan; "
                "jalankan umkm grade, lalu jawaban barunya masuk antrean."
            )


def _scheme(
    class_folder: ClassFolder, released: ReleasedAssignment, asked: ReleasedQuestion
) -> str:
    """Return the author's mark scheme of this question; the released notebook lacks it."""
    try:
        source = nbformat.read(  # type: ignore[no-untyped-call]
            class_folder.source(released.name) / f"{released.name}.ipynb", as_version=4
        )
    except OSError:
        return ""
    for cell in source.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == asked.id:
            found = _SCHEME.search(cell.source)
            return found[1].strip() if found else ""
    return ""
