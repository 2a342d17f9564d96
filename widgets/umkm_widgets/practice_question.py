"""Practice: what a question knows beyond its text, and the sentence a trainee reads at once."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from umkm.errors import QuestionError
from umkm.exercise import (
    Asking,
    Key,
    Question,
    Refused,
    check_key,
    make,
    mark,
    read,
    seed_of,
)
from umkm.exercise.keys import Near
from umkm.exercise.marking import RIGHT, WRONG
from umkm.exercise.question import ANSWER_FIRST, TypedQuestion
from umkm_widgets.misunderstanding_table import find_misunderstandings

_TRY_AGAIN: Final = "Belum tepat. Coba lagi."
#: Numbers may come out alike by chance; so many draws in a row never do.
_DRAWS: Final = 20
_LAST_ATTEMPT: Final = 10_000


Note = Callable[[str, Sequence[str]], None]


class PracticeQuestion:
    """A practice question: its key, its reckoning, and other numbers for as long as one likes.

    `why` is one sentence that goes with "Benar.", or the steps of a reckoning that a trainee opens.
    """

    def __init__(
        self, name: str, asked: Asking, key: Key | None, why: str | Sequence[str] = ""
    ) -> None:
        self._name = name
        self._asked = asked
        self._key = key
        self._why = why if isinstance(why, str) else ""
        self._steps = () if isinstance(why, str) else tuple(why)
        self._whose = ""
        #: Told each verdict and the misunderstandings it shows, in place of the page's store.
        self.note: Note | None = None
        self.varied = not isinstance(asked, Question)
        self.attempt = 1
        self._variant = make(asked, self._seed())

    @property
    def question(self) -> Question:
        """The question with the numbers of this attempt."""
        return self._variant.question

    @property
    def steps(self) -> list[str]:
        """The reckoning with the numbers of this attempt, step by step."""
        return [self._variant.text(step) for step in self._steps]

    @property
    def offers(self) -> dict[str, object]:
        """What a page must know to show it without moving things about later."""
        return {
            "check": self.question.check_label,
            "steps": bool(self.steps),
            "renew": self.varied,
            "longest": self.longest,
        }

    @property
    def longest(self) -> int:
        """How many letters feedback may have, so that a page can keep room for it."""
        if self._key is None:
            return max(len(self._told("manual", "")), len(ANSWER_FIRST))
        plain = [self._told("right", RIGHT), _TRY_AGAIN, self.question.answer_first]
        key = self._variant.key(self._key)
        told = [key.sentence(e if isinstance(e, str) else e[1]) for e in key.near.values()]
        lengths = sorted(map(len, told), reverse=True)
        if isinstance(self.question, TypedQuestion):
            return max(map(len, plain + told))
        # Two misunderstandings may be named, and how many parts are right.
        return max(*map(len, plain), sum(lengths[:2]) + len(" Sudah benar: 10 dari 12."))

    def draw_for(self, participant: str, attempt: int = 1) -> None:
        """Take the numbers of a participant's attempt."""
        self._whose, self.attempt = participant, attempt
        self._variant = make(self._asked, self._seed())

    def draw_again(self) -> None:
        """Take other numbers than now."""
        before = self._variant.numbers
        for _ in range(_DRAWS):
            self.draw_for(self._whose, self.attempt % _LAST_ATTEMPT + 1)
            if self._variant.numbers != before:
                return

    def check(self) -> None:
        """Make sure that the numbers of now have a key.

        Raises:
            QuestionError: the key does not fit the question, or the reckoning its numbers.
        """
        if self._key is not None:
            check_key(self.question, self._variant.key(self._key), 1)
        self.steps  # noqa: B018 - working them out is the check

    def judge(self, answer: object) -> tuple[dict[str, object], tuple[str, ...]]:
        """Give the feedback on an answer, and which misunderstandings it shows."""
        reading = read(self.question, answer)
        if isinstance(reading, Refused):
            # Whoever practises is asked what was meant, before anything is marked.
            return {"verdict": "refused", "message": reading.message}, ()
        key = None if self._key is None else self._variant.key(self._key)
        outcome = mark(self.question, key, answer, 1)
        told: dict[str, object] = {
            "verdict": outcome.verdict,
            "message": self._told(outcome.verdict, outcome.message),
        }
        if outcome.parts:
            told["parts"] = dict(outcome.parts)
        return told, outcome.misunderstandings

    def _told(self, verdict: str, message: str) -> str:
        match verdict:
            case "right":
                told = f"{message} {self._variant.text(self._why)}"
            case "manual":
                told = f"{self.question.thanks} {self._variant.text(self._why)}"
            case "empty":
                told = self.question.answer_first
            case _:
                told = _TRY_AGAIN if message == WRONG else message
        return told.strip()

    def _seed(self) -> int:
        return seed_of(self._whose, self._name, self.attempt)


def make_practice_question(  # noqa: PLR0913 - the words of `practice`
    name: str,
    asked: Asking,
    right: object = None,
    *,
    near: Mapping[Any, Near] | None = None,
    tolerance: float = 0,
    why: str | Sequence[str] = "",
) -> PracticeQuestion:
    """Give the practice_question of a practice question; what staff would mark has nothing that is right.

    Raises:
        QuestionError: the key does not fit the question.
    """
    practice_question = PracticeQuestion(name, asked, None, why)
    if practice_question.question.by_staff:
        if right is not None or near:
            raise QuestionError(f"{name}: people mark this, so it has no key")
        return practice_question
    if right is None:
        raise QuestionError(f"{name}: say which answer is right")
    practice_question = PracticeQuestion(
        name,
        asked,
        Key(right, dict(near or {}), tolerance, find_misunderstandings(Path.cwd())),
        why,
    )
    practice_question.check()
    return practice_question
