"""One check of a practice answer without a page: its question's widget is made for that alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from umkm import UmkmError
from umkm.exercise import is_well_formed
from umkm_courses.page_cells import Action
from umkm_widgets.practice_question import PracticeQuestion, make_practice_question
from umkm_widgets.question import QuestionWidget

_LAST_ATTEMPT: Final = 10_000
#: What a check may change on a page, whatever stood there before.
_SHOWN: Final = ("answer", "echo", "feedback")


class MalformedAnswer(UmkmError):
    """An answer that no field of the question sends."""

    def __init__(self) -> None:
        super().__init__("Jawaban ini tidak terbaca. Silakan jawab lagi.")


@dataclass(frozen=True)
class Checked:
    """What a check shows: traits of the question's widget; and what is recorded of it."""

    traits: Mapping[str, Any]
    verdict: str
    misunderstandings: Sequence[str]


class _UnseenQuestion(QuestionWidget):
    """A question that no browser shows: it has no comm, and nothing in the process keeps it."""

    def open(self) -> None:
        """Do nothing."""

    def hear(self, message: Mapping[str, object]) -> None:
        """Handle a message of the form that a page sends."""
        self._receive(self, message, ())


class _OneAnswer:
    """The answer store of such a question: empty, but for the attempt whose numbers the page shows."""

    def __init__(self, participant: str, stored: object) -> None:
        self.participant = participant
        self._stored = stored
        self.noted: tuple[str, Sequence[str]] = ("", ())

    def load(self, question_id: str) -> object | None:
        """Return what tells the attempt."""
        return self._stored

    def note_check(
        self, question_id: str, verdict: str, shown: Sequence[str] = (), key: str = ""
    ) -> None:
        """Hold what is to be recorded."""
        self.noted = (verdict, shown)

    def is_locked(self) -> bool:
        """Return False: whoever asks has looked."""
        return False


def read_practice(
    actions: Mapping[str, Sequence[Action]], folder: Path
) -> Mapping[str, PracticeQuestion]:
    """Return the practice questions of a lesson by their ids, from what its cells do.

    Raises:
        QuestionError: a key does not fit its question.
    """
    found = {}
    for action in (each for cell in actions.values() for each in cell):
        if action.name == "practice":
            arguments: dict[str, Any] = dict(action.arguments)
            name = arguments.pop("question_id")
            asked, right = arguments.pop("question"), arguments.pop("right")
            found[name] = make_practice_question(name, asked, right, **arguments, folder=folder)
    return found


def check_once(name: str, practice: PracticeQuestion, participant: str, answer: object) -> Checked:
    """Return what *Periksa* shows for an answer, in the form in which a page's widget sends it.

    The widget gets the message that a page would send, and decides what is shown. Where numbers
    vary, the answer names the attempt they belong to.

    Raises:
        MalformedAnswer: no field of this question sends such an answer.
    """
    # Participants share it: the numbers of this one go into a copy.
    mine = copy(practice)
    mine.on_page = False
    attempt, given = _parts(answer) if mine.varied else (None, answer)
    if not is_well_formed(mine.question, given):
        raise MalformedAnswer
    stored = None if attempt is None else {"attempt": attempt, "answer": None}
    store = _OneAnswer(participant, stored)
    widget = _UnseenQuestion(name, mine.question, practice_question=mine, store=store)
    message = {"type": "check", "answer": answer, "writer": "periksa", "seq": 1}
    widget.hear(message)
    verdict, shown = store.noted
    return Checked({trait: getattr(widget, trait) for trait in _SHOWN}, verdict, shown)


def _parts(answer: object) -> tuple[int, object]:
    match answer:
        case {"attempt": int() as attempt, "answer": given, **rest} if not rest:
            if not isinstance(attempt, bool) and 0 < attempt <= _LAST_ATTEMPT:
                return attempt, given
        case None:
            return 1, None  # nothing to mark, whatever the numbers
    raise MalformedAnswer
