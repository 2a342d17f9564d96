"""Submitting an answer sheet: the one way for the form, the page's script and offline import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from umkm import UmkmError
from umkm_records import Receipt, SheetClosed, latest_submission, submit
from umkm_records.errors import NothingToSend

from .access import Access, Seen

#: "closed": a test that its trainer has closed. "graded": its result is published. "empty": no
#: question is answered.
Reason = Literal["closed", "graded", "empty"]


@dataclass(frozen=True)
class Words:
    """The words for one reason, with `{title}` for the assignment's title."""

    #: For a participant whose page's script asked.
    script: str
    #: For a participant on the form; empty where the form leads to another page instead.
    form: str
    #: For a trainer who imports the participant's answers.
    trainer: str


_GRADED = str(SheetClosed())
_EMPTY = str(NothingToSend())

WORDS: Mapping[Reason, Words] = {
    "closed": Words(
        script="{title} sudah ditutup pelatih. Jawaban Anda tetap tersimpan. "
        "Beri tahu pelatih bila belum sempat mengirim.",
        form="",
        trainer="{title} sudah ditutup. Jawabannya disimpan, tidak dikirim. "
        "Bila masih boleh dikirim, buka lagi tesnya, lalu terima sekali lagi.",
    ),
    "graded": Words(script=_GRADED, form="", trainer=_GRADED),
    "empty": Words(
        script=_EMPTY,
        form="Belum ada jawaban yang tersimpan. Isi dulu soalnya, lalu kirim.",
        trainer=_EMPTY,
    ),
}


class SubmissionRefused(UmkmError):
    """An answer sheet that cannot be submitted now; nothing was written.

    Attributes:
        reason: Why not.
        receipt: The latest submission of a closed test, if there is one.
        for_form: The words of the form.
        for_trainer: The words for a trainer.
    """

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, reason: Reason, title: str, receipt: Receipt | None = None) -> None:
        words = WORDS[reason]
        super().__init__(words.script.format(title=title))
        self.reason = reason
        self.receipt = receipt
        self.for_form = words.form.format(title=title)
        self.for_trainer = words.trainer.format(title=title)


def check_not_closed(access: Access, name: str) -> Seen:
    """Return an assignment that a participant may submit, as far as its test is not closed.

    Raises:
        UnknownContent: there is none of this name for the participant, or its turn has not come.
        SubmissionRefused: its trainer has closed the test.
    """
    seen = access.started(name)
    if seen.state == "closed":
        sent = latest_submission(access.records, access.reader.code, name)
        raise SubmissionRefused("closed", seen.title, sent)
    return seen


def submit_sheet(access: Access, name: str, key: str | None = None) -> Receipt:
    """Submit a participant's stored answers to an assignment, and return the receipt.

    The same answers give the same receipt, and so does the same `key`.

    Raises:
        UnknownContent: there is none of this name for the participant, or its turn has not come.
        SubmissionRefused: it cannot be submitted now.
        UnknownParticipant: the participant was erased meanwhile.
        StorageError: nothing was written.
    """
    seen = check_not_closed(access, name)
    questions = [question.id for question in seen.assignment.questions]
    try:
        return submit(access.records, access.reader.code, name, questions, key=key)
    except SheetClosed:
        raise SubmissionRefused("graded", seen.title) from None
    except NothingToSend:
        raise SubmissionRefused("empty", seen.title) from None
