"""One grader's desk: takes a text nobody else reads, and gives it points in the gradebook."""

import re
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import nbformat

from umkm_grading.autograde.history import is_graded_now
from umkm_grading.class_folder.class_folder import ClassRoom
from umkm_grading.class_folder.released_assignment import Paper, PaperQuestion, read_paper
from umkm_grading.class_folder.submission_folder import read_sent_at, read_submission, read_ticket
from umkm_grading.errors import (
    AnswerChanged,
    NotPrepared,
    PointsRefused,
    SubmissionDamaged,
    TakenByAnother,
)
from umkm_grading.gradebook.gradebook import find_grades, open_gradebook, read_scores
from umkm_grading.review.queue import Queue, Waiting, read_queue
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

#: A grader at the screen does not wait longer for a run of `umkm grade`.
_PATIENCE_SECONDS = 10.0
_SCHEME = re.compile(r"=== BEGIN MARK SCHEME ===(.*?)=== END MARK SCHEME ===", re.DOTALL)


@dataclass(frozen=True)
class OpenText:
    """A text as its grader reads it; `receipt` names the sending it belongs to."""

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


class MarkingDesk:
    """The desk of one grader in one window, over all the classes they grade."""

    def __init__(self, records: Records, rooms: Iterable[ClassRoom], grader: str) -> None:
        self.records = records
        self.rooms = {room.cohort_id: room for room in rooms}
        self.reader = Reviewer(grader, secrets.token_hex(8))
        self.passed_over: dict[TextToRead, str] = {}

    def look(self) -> Queue:
        """What waits now."""
        return read_queue(self.rooms.values())

    def others_read(self) -> dict[TextToRead, str]:
        """The texts other desks have before them, with the grader's name.

        Raises:
            RecordsError: the records cannot be read.
        """
        now = list_claims(self.records)
        return {text: who.name for text, who in now.items() if who.session != self.reader.session}

    def take_next(
        self, waiting: Iterable[Waiting], skip: Collection[TextToRead] = ()
    ) -> OpenText | None:
        """Take the first of these texts that can be read; None where there is none.

        One that somebody else has, or that was sent again meanwhile, is passed over; so is one
        that cannot be read, whose reason is then in `passed_over`.

        Raises:
            GradebookTrouble, StorageError: nothing can be read at all.
        """
        taken = self.others_read()
        self.passed_over = {}
        for one in waiting:
            if one.text in skip or one.text in taken:
                continue
            try:
                return self.take(one.text)
            except TakenByAnother:
                continue
            except (AnswerChanged, NotPrepared, SubmissionDamaged, UnknownParticipant) as error:
                self.passed_over[one.text] = error.message
        return None

    def take(self, text: TextToRead) -> OpenText:
        """Take a text, also one that is marked already, to change its points.

        Raises:
            TakenByAnother: another grader reads it.
            AnswerChanged: a newer answer lies there, and must be graded first.
            SubmissionDamaged: the answer cannot be read.
        """
        self._claim(text)
        try:
            return self._read(text)
        except BaseException:
            release_claim(self.records, text, self.reader)
            raise

    def leave(self, text: TextToRead) -> None:
        """Put a text back unmarked."""
        release_claim(self.records, text, self.reader)

    def give(self, opened: OpenText, points: float, comment: str) -> None:
        """Write the points and the comment to the gradebook, through the lock graders use.

        Raises:
            PointsRefused: below 0 or above the most.
            TakenByAnother: it lapsed here, and another grader reads it.
            AnswerChanged: a newer answer came, or somebody marked it meanwhile.
            Busy: it is being graded or published right now.
            GradebookTrouble: the gradebook did not take it.
        """
        if not 0 <= points <= opened.of:
            raise PointsRefused(opened.of)
        text, room = opened.text, self.rooms[opened.text.cohort]
        self._claim(text)
        with room.working_on(text.participant, text.assignment, _PATIENCE_SECONDS):
            self._check_same(opened)
            with open_gradebook(room) as gradebook:
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

    def _claim(self, text: TextToRead) -> None:
        has_it = claim_text(self.records, text, self.reader)
        if has_it.session != self.reader.session:
            raise TakenByAnother(has_it.name)

    def _read(self, text: TextToRead) -> OpenText:
        room = self.rooms[text.cohort]
        paper = read_paper(room, text.assignment)
        asked = next(one for one in paper.questions if one.id == text.question)
        ticket = read_ticket(room, text.participant, text.assignment)
        if ticket is None or not is_graded_now(room, paper, text.participant):
            raise AnswerChanged("Ada kiriman lebih baru. Jalankan umkm grade dulu.")
        answers = read_submission(room, text.participant, text.assignment)
        with open_gradebook(room) as gradebook:
            score = read_scores(gradebook, text.assignment, text.participant)[text.question]
        question = asked.for_participant(text.participant)
        names = question.photos(answers.get(text.question))
        return OpenText(
            text=text,
            receipt=ticket.receipt,
            prompt=question.prompt,
            rubric=question.staff_rubric,
            scheme=_scheme(room, paper, asked),
            answer="" if names else str(answers.get(text.question) or ""),
            of=asked.points,
            points=None if score.waiting else score.points,
            comment=score.comment,
            sent_at=read_sent_at(room, text.participant, text.assignment),
            photos=tuple(pictures_of(room.submitted(text.participant, text.assignment), names)),
        )

    def _check_same(self, opened: OpenText) -> None:
        text, room = opened.text, self.rooms[opened.text.cohort]
        ticket = read_ticket(room, text.participant, text.assignment)
        if ticket is None or ticket.receipt != opened.receipt:
            raise AnswerChanged(
                "Peserta mengirim jawaban baru selagi Anda membaca. Nilai tidak disimpan; "
                "jalankan umkm grade, lalu jawaban barunya masuk antrean."
            )


def _scheme(room: ClassRoom, paper: Paper, asked: PaperQuestion) -> str:
    """What the author tells staff of marking this question; the released notebook lacks it."""
    try:
        source = nbformat.read(  # type: ignore[no-untyped-call]
            room.source(paper.name) / f"{paper.name}.ipynb", as_version=4
        )
    except OSError:
        return ""
    for cell in source.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == asked.id:
            found = _SCHEME.search(cell.source)
            return found[1].strip() if found else ""
    return ""
