"""One widget for every kind of question: a view of an answer; marking is not its work.

The browser reports each change as a self-contained message,
`{"type": "change", "answer": ..., "writer": ..., "seq": ...}`: it may arrive late, twice or
forged. `writer` identifies one open page, `seq` counts its changes. Nothing else that a browser
sets is accepted, and the key never leaves Python.
"""

import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

import traitlets

from umkm.errors import QuestionError
from umkm.exercise import Question, clean_answer, is_well_formed, question_to_json
from umkm_widgets.answer_store import AnswerReader, AnswerStore, AnswerStoreError
from umkm_widgets.front import address_or_text, field_of, module_of, style_of
from umkm_widgets.photo_taking import take_photo
from umkm_widgets.practice_question import PracticeQuestion
from umkm_widgets.quick_widget import QuickWidget

QUESTION_ID: Final = re.compile(r"^[a-z0-9-]{2,40}\Z")

_WRITER: Final = re.compile(r"^[A-Za-z0-9-]{1,40}\Z")
_LARGEST_SEQ: Final = 2**53
_LAST_ATTEMPT: Final = 10_000

_SENT: Final = "Jawaban sudah dikirim, jadi tidak bisa diubah lagi."
_NOT_SAVED: Final = "Jawaban belum bisa disimpan. Tunggu sebentar, lalu coba lagi."
_NOT_LOADED: Final = "Jawaban Anda belum bisa dibuka. Muat ulang halaman ini."
_NOT_READ: Final = "Jawaban ini tidak terbaca. Silakan jawab lagi."

_log = logging.getLogger(__name__)


class QuestionWidget(QuickWidget):
    """A question on a page; `answer` is the trainee's current answer, as plain JSON.

    Setting `answer` in Python stores it too, as a change made in the browser would be; on a served
    page, whose browser sends answers itself, it is shown only.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    question = traitlets.Dict().tag(sync=True)
    points = traitlets.Float(0).tag(sync=True)
    answer = traitlets.Any(None, allow_none=True).tag(sync=True)
    seq = traitlets.Int(0).tag(sync=True)
    saved_seq = traitlets.Int(0).tag(sync=True)
    saved_writer = traitlets.Unicode("").tag(sync=True)
    save_state = traitlets.Enum(("", "saved", "failed"), "").tag(sync=True)
    save_message = traitlets.Unicode("").tag(sync=True)
    keeping = traitlets.Bool(default_value=False).tag(sync=True)
    by_page = traitlets.Bool(default_value=False).tag(sync=True)
    echo = traitlets.Dict().tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    locked = traitlets.Bool(default_value=False).tag(sync=True)
    practice = traitlets.Bool(default_value=False).tag(sync=True)
    offers = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        question_id: str,
        question: Question,
        *,
        points: float = 0,
        practice_question: PracticeQuestion | None = None,
        store: AnswerReader | None = None,
    ) -> None:
        if not isinstance(question_id, str) or not QUESTION_ID.match(question_id):
            raise QuestionError(f"question id {question_id!r}: 2-40 of a-z, 0-9 and '-'")
        self._id = question_id
        self._asked = question
        self._practice = practice_question
        self._store = store
        self._writable = store if isinstance(store, AnswerStore) else None
        self._own_writer = f"py-{uuid4().hex}"
        self._newest: dict[str, int] = {}
        self._saved: dict[str, int] = {}
        self._accepting = False
        stored = self._stored_traits()
        super().__init__(
            _esm=address_or_text(module_of(question.kind)),
            _css=address_or_text(style_of(question.kind)),
            _anywidget_id=f"umkm-{field_of(question.kind)}",
            question=self._shape(),
            points=points,
            keeping=store is not None,
            by_page=store is not None and self._writable is None,
            practice=practice_question is not None,
            offers={} if practice_question is None else practice_question.offers,
            **stored,
        )
        self.observe(self._answer_set, names="answer")
        self.on_msg(self._receive)

    def set_state(self, sync_data: Mapping[str, object]) -> None:
        """Accept an answer from the browser and ignore every other trait."""
        if "answer" in sync_data:
            seq = sync_data.get("seq", self._own_seq())
            self._change(sync_data["answer"], self._own_writer, seq)

    def check(self, key: str = "") -> None:
        """Mark the answer and show the feedback, as "Periksa" does; recorded once for each `key`."""
        if self._practice is None:
            return
        self.feedback, shown = self._practice.judge(self.answer)
        try:
            self._note_check(str(self.feedback["verdict"]), shown, {"key": key} if key else {})
        except Exception:
            # Feedback is shown even where progress cannot be recorded.
            _log.exception("could not note the check of %s", self._id)

    def _note_check(self, verdict: str, shown: Sequence[str], by: Mapping[str, str]) -> None:
        if self._practice is not None and self._practice.note_check is not None:
            self._practice.note_check(verdict, shown, **by)
        elif self._store is not None:
            self._store.note_check(self._id, verdict, shown, **by)

    def explain(self) -> None:
        """Show the worked steps of a practice question, as "Lihat caranya" does."""
        if self._practice is not None and self._practice.steps and self.feedback:
            self.feedback = {**self.feedback, "steps": self._practice.steps}

    def renew(self) -> None:
        """Ask the practice question again with other numbers, as "Coba angka lain" does.

        The stored answer of the last attempt stays until a new one is given.
        """
        if self._practice is None or not self._practice.varied:
            return
        self._practice.draw_again()
        self._asked = self._practice.question
        self._accepting = True
        try:
            with self.hold_sync():
                self.question, self.offers = self._shape(), self._practice.offers
                self.answer, self.feedback, self.echo = None, {}, {}
                self.save_state = ""
        finally:
            self._accepting = False

    def _receive(self, _widget: object, content: object, buffers: object) -> None:
        message = content if isinstance(content, dict) else {}
        kind, writer = message.get("type"), message.get("writer")
        if kind == "photo":
            self._receive_photo(message.get("name"), buffers)
            return
        if kind in ("explain", "renew"):
            self.explain() if kind == "explain" else self.renew()
            return
        if kind not in ("change", "check", "save_again"):
            return
        # One message for both: an answer that comes again keeps its feedback without a gap.
        with self.hold_sync():
            if "answer" in message and isinstance(writer, str) and _WRITER.match(writer):
                self._change(message["answer"], writer, message.get("seq"))
            elif kind == "save_again" and not self.locked:
                self._save(self._own_writer, self._own_seq())
            if kind == "check":
                key = message.get("key")
                self.check(key if isinstance(key, str) and _WRITER.match(key) else "")

    def _receive_photo(self, name: object, buffers: object) -> None:
        pieces = buffers if isinstance(buffers, list | tuple) else ()
        if not self._asked.takes_photos or self.locked or not isinstance(name, str):
            return
        result = take_photo(b"".join(bytes(piece) for piece in pieces), self._store)
        self.send({"type": "photo", "name": name[:40], **result})

    def _change(self, sent: object, writer: str, seq: object) -> None:
        attempt, answer = self._unwrapped(sent)
        if attempt != self._attempt():
            self._send_current(writer)  # the page shows other numbers by now
        elif not isinstance(seq, int) or isinstance(seq, bool) or not 0 <= seq < _LARGEST_SEQ:
            self._set_save_state("failed", _NOT_READ)
        elif seq < self._newest.get(writer, 0) or 0 < seq <= self._saved.get(writer, 0):
            self._send_current(writer)  # late or repeated
        elif not is_well_formed(self._asked, answer):
            self._set_save_state("failed", _NOT_READ)
        else:
            self._accept(clean_answer(answer), writer, seq)

    def _accept(self, answer: object, writer: str, seq: int) -> None:
        if seq == 0 and answer == self.answer:
            self._send_current(writer)  # "Periksa" or "Coba lagi" without a change
        elif self._is_locked():
            self._refuse_change(writer)
        else:
            self._accepting = True
            try:
                self.answer = answer
            finally:
                self._accepting = False
            self._save(writer, seq)

    def _answer_set(self, _change: object) -> None:
        self.feedback = {}
        self.echo = self._asked.echo(self.answer)
        if not self._accepting:
            self._save(self._own_writer, self._own_seq())

    def _own_seq(self) -> int:
        return self._newest.get(self._own_writer, 0) + 1

    def _save(self, writer: str, seq: int) -> None:
        self._newest[writer] = self.seq = seq
        if self._writable is None:
            return
        try:
            self._writable.save(self._id, self._wrapped(), writer, seq)
        except AnswerStoreError as error:
            self._set_save_state("failed", error.message)
        except Exception:
            # Whatever went wrong, the trainee must see that the answer is not stored yet.
            _log.exception("could not store the answer to %s", self._id)
            self._set_save_state("failed", _NOT_SAVED)
        else:
            with self.hold_sync():
                self._saved[writer] = self.saved_seq = seq
                self.saved_writer = writer
                self._set_save_state("saved", "")

    def _stored_traits(self) -> dict[str, Any]:
        """Return the traits that show what the store holds."""
        if self._store is None:
            return {}
        try:
            stored, locked = self._store.load(self._id), self._store.is_locked()
        except Exception as error:
            # An empty field would invite the trainee to overwrite the stored answer.
            _log.exception("could not load the answer to %s", self._id)
            message = error.message if isinstance(error, AnswerStoreError) else _NOT_LOADED
            return {"locked": True, "save_state": "failed", "save_message": message}
        attempt, answer = self._unwrapped(stored)
        if self._practice is not None and self._practice.varied:
            self._practice.draw_for(self._store.participant, attempt)
            self._asked = self._practice.question
        traits: dict[str, Any] = {"locked": locked, "save_message": _SENT if locked else ""}
        if answer is not None and is_well_formed(self._asked, answer):
            echo = self._asked.echo(answer)
            traits |= {"answer": answer, "save_state": "saved", "echo": echo}
        return traits

    def _shape(self) -> dict[str, object]:
        shape = {"id": self._id, **question_to_json(self._asked)}
        if self._asked.rule:
            shape["rule"] = self._asked.rule
        if self._practice is not None:
            shape |= self._practice.place
        return shape

    def _attempt(self) -> int:
        return self._practice.attempt if self._practice is not None else 1

    def _wrapped(self) -> object:
        """Return the answer as it is stored: with its attempt where the numbers vary."""
        if self._practice is None or not self._practice.varied or self.answer is None:
            return self.answer
        return {"attempt": self._practice.attempt, "answer": self.answer}

    def _unwrapped(self, stored: object) -> tuple[int, object]:
        if self._practice is None or not self._practice.varied:
            return self._attempt(), stored
        match stored:
            case {"attempt": int() as attempt, "answer": answer} if 0 < attempt <= _LAST_ATTEMPT:
                return attempt, answer
        return self._attempt(), stored

    def _is_locked(self) -> bool:
        if self.locked or self._store is None:
            return bool(self.locked)
        try:
            return self._store.is_locked()
        except Exception:
            # A failed check is no reason to refuse: save() asks the store itself.
            _log.exception("could not tell whether %s is locked", self._id)
            return False

    def _refuse_change(self, writer: str) -> None:
        if not self.locked:
            with self.hold_sync():
                self.locked, self.save_message = True, _SENT
        self._send_current(writer)

    def _set_save_state(self, state: str, message: str) -> None:
        with self.hold_sync():
            self.save_state, self.save_message = state, message

    def _send_current(self, writer: str) -> None:
        """Send the state again: the page that asks missed it, or shows something else."""
        if self._saved.get(writer) == self._newest.get(writer):
            self.saved_writer, self.saved_seq = writer, self._saved.get(writer, 0)
        self.send_state(
            ["answer", "echo", "locked", "saved_seq", "saved_writer", "save_state", "save_message"]
        )
