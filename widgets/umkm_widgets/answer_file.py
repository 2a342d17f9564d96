"""Reads and writes `answers.json` beside an assignment notebook: the form answers are graded in."""

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from umkm_widgets.answer_store import AnswerStoreError
from umkm_widgets.photo_files import file_of

FILE_NAME: Final = "answers.json"
LARGEST_FILE: Final = 200_000

_VERSION: Final = 1
_DAMAGED: Final = "Berkas jawaban rusak atau tidak terbaca, jadi semua soal dianggap belum dijawab."
_TOO_LARGE: Final = "Berkas jawaban terlalu besar, jadi semua soal dianggap belum dijawab."
_NOT_SAVED: Final = "Jawaban belum bisa disimpan di komputer ini. Periksa ruang kosongnya."

_PHOTO_NOT_SAVED: Final = "Foto belum bisa disimpan di komputer ini. Periksa ruang kosongnya."


@dataclass(frozen=True)
class StoredAnswers:
    """Content of the file; `note` says why it counts as empty, if it could not be read.

    `participant` is the code that the server wrote; "" for an author who tries a notebook.
    """

    answers: dict[str, object] = field(default_factory=dict)
    note: str = ""
    participant: str = ""


def read_answers(path: Path) -> StoredAnswers:
    """Return the answers in a file; none for a missing or damaged one. Never raises."""
    try:
        # Opening a pipe or a device could block for ever.
        if not path.is_file():
            return StoredAnswers(note=_DAMAGED if path.exists() else "")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError:
        return StoredAnswers(note=_DAMAGED)
    if len(content) > LARGEST_FILE:
        return StoredAnswers(note=_TOO_LARGE)
    return _parse(content)


def _parse(content: bytes) -> StoredAnswers:
    try:
        stored = json.loads(content)
    except (ValueError, RecursionError):
        return StoredAnswers(note=_DAMAGED)
    if not isinstance(stored, dict) or stored.get("version") != _VERSION:
        return StoredAnswers(note=_DAMAGED)
    answers, participant = stored.get("answers"), stored.get("participant", "")
    if not isinstance(answers, dict) or not isinstance(participant, str):
        return StoredAnswers(note=_DAMAGED)
    return StoredAnswers(answers, participant=participant)


class FileAnswerStore:
    """Answers in one file, replaced as a whole so that it is never half written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._newest: dict[tuple[str, str], int] = {}

    def load(self, question_id: str) -> object | None:
        """Return the stored answer, or None."""
        return read_answers(self._path).answers.get(question_id)

    def save(self, question_id: str, answer: object, writer: str, seq: int) -> None:
        """Store an answer durably; a change older than the writer's newest is ignored.

        Raises:
            AnswerStoreError: the file would be too large, or the disk refuses it.
        """
        if seq <= self._newest.get((writer, question_id), -1):
            return
        stored = read_answers(self._path)
        owner = {"participant": stored.participant} if stored.participant else {}
        answers = {**stored.answers, question_id: answer}
        content = json.dumps(
            {"version": _VERSION, **owner, "answers": answers}, ensure_ascii=False, indent=1
        ).encode("utf-8", errors="replace")
        if len(content) > LARGEST_FILE:
            raise AnswerStoreError(
                "Semua jawaban bersama-sama terlalu panjang. Pendekkan jawaban Anda."
            )
        try:
            if stored.note:
                self._rename_damaged()
            _replace(self._path, content)
        except OSError as error:
            raise AnswerStoreError(_NOT_SAVED) from error
        self._newest[writer, question_id] = seq

    def save_photo(self, name: str, jpeg: bytes) -> None:
        """Store a photo beside the file.

        Raises:
            AnswerStoreError: the disk refuses it.
        """
        try:
            _replace(self._path.with_name(file_of(name)), jpeg)
        except OSError as error:
            raise AnswerStoreError(_PHOTO_NOT_SAVED) from error

    @property
    def participant(self) -> str:
        """Participant code, as the server wrote it."""
        return read_answers(self._path).participant

    def note_check(
        self, question_id: str, verdict: str, shown: Sequence[str] = (), key: str = ""
    ) -> None:
        """Do nothing: a file has no record of progress."""

    def is_locked(self) -> bool:
        """Return False: a file beside the own notebook can always be changed."""
        return False

    def _rename_damaged(self) -> None:
        # Its content may still be readable by hand.
        self._path.replace(self._path.with_suffix(".rusak.json"))


def _replace(path: Path, content: bytes) -> None:
    handle, written = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(written).chmod(0o644)
        Path(written).replace(path)
    except BaseException:
        Path(written).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
