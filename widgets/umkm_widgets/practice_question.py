"""Practice questions: key, worked steps, new numbers on request, and immediate feedback."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

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
#: A new draw may equal the last by chance; this many in a row do not.
_DRAWS: Final = 20
_LAST_ATTEMPT: Final = 10_000


class NoteCheck(Protocol):
    """Records a verdict, and the misunderstandings it shows; once where a key is the same."""

    def __call__(self, verdict: str, shown: Sequence[str], *, key: str = "") -> None:
        """Record them."""
        ...


class PracticeQuestion:
    """A practice question with its key and its current variant.

    `why` is one sentence that follows "Benar.", or the steps of a calculation that a trainee opens.
    """

    def __init__(
        self, name: str, asked: Asking, key: Key | None, why: str | Sequence[str] = ""
    ) -> None:
        self._name = name
        self._asked = asked
        self._key = key
        self._why = why if isinstance(why, str) else ""
        self._steps = () if isinstance(why, str) else tuple(why)
        self._participant = ""
        #: Records each verdict and the misunderstandings it shows, in place of the page's store.
        self.note_check: NoteCheck | None = None
        #: The lesson it comes from, `<course>/<lesson>`, where another one asks it again.
        self.sheet = ""
        #: Whether a page lays it out, and needs to know what it offers.
        self.on_page = True
        self.varied = not isinstance(asked, Question)
        self.attempt = 1
        self._variant = make(asked, self._seed())

    @property
    def question(self) -> Question:
        """The question with the numbers of this attempt."""
        return self._variant.question

    @property
    def steps(self) -> list[str]:
        """The calculation with the numbers of this attempt, step by step."""
        return [self._variant.text(step) for step in self._steps]

    @property
    def offers(self) -> dict[str, object]:
        """What a page needs to lay out the question before any feedback arrives."""
        if not self.on_page:
            return {}
        return {
            "check": self.question.check_label,
            "steps": bool(self.steps),
            "renew": self.varied,
            "longest": self.longest,
        }

    @property
    def place(self) -> dict[str, object]:
        """What a page names when it asks for a check: the attempt of its numbers, its lesson if another."""
        attempt = {"attempt": self.attempt} if self.varied else {}
        return attempt | ({"sheet": self.sheet} if self.sheet else {})

    @property
    def longest(self) -> int:
        """Length of the longest feedback, in characters, so that a page can reserve room for it."""
        if self._key is None:
            return max(len(self._message("manual", "")), len(ANSWER_FIRST))
        plain = [self._message("right", RIGHT), _TRY_AGAIN, self.question.answer_first]
        key = self._variant.key(self._key)
        foreseen = [key.sentence(e if isinstance(e, str) else e[1]) for e in key.near.values()]
        lengths = sorted(map(len, foreseen), reverse=True)
        if isinstance(self.question, TypedQuestion):
            return max(map(len, plain + foreseen))
        # Two misunderstandings may be named, and how many parts are right.
        return max(*map(len, plain), sum(lengths[:2]) + len(" Sudah benar: 10 dari 12."))

    def draw_for(self, participant: str, attempt: int = 1) -> None:
        """Set the numbers of a participant's attempt."""
        self._participant, self.attempt = participant, attempt
        self._variant = make(self._asked, self._seed())

    def draw_again(self) -> None:
        """Set other numbers than the current ones."""
        before = self._variant.numbers
        for _ in range(_DRAWS):
            self.draw_for(self._participant, self.attempt % _LAST_ATTEMPT + 1)
            if self._variant.numbers != before:
                return

    def check(self) -> None:
        """Check that key and steps can be evaluated for the current numbers.

        Raises:
            QuestionError: the key does not fit the question, or the steps do not fit the numbers.
        """
        if self._key is not None:
            check_key(self.question, self._variant.key(self._key), 1)
        self.steps  # noqa: B018 - evaluating them is the check

    def judge(self, answer: object) -> tuple[dict[str, object], tuple[str, ...]]:
        """Return the feedback on an answer, and the misunderstandings it shows."""
        reading = read(self.question, answer)
        if isinstance(reading, Refused):
            # In practice an unclear answer is asked back, not marked.
            return {"verdict": "refused", "message": reading.message}, ()
        key = None if self._key is None else self._variant.key(self._key)
        outcome = mark(self.question, key, answer, 1)
        feedback: dict[str, object] = {
            "verdict": outcome.verdict,
            "message": self._message(outcome.verdict, outcome.message),
        }
        if outcome.parts:
            feedback["parts"] = dict(outcome.parts)
        return feedback, outcome.misunderstandings

    def _message(self, verdict: str, message: str) -> str:
        match verdict:
            case "right":
                text = f"{message} {self._variant.text(self._why)}"
            case "manual":
                text = f"{self.question.thanks} {self._variant.text(self._why)}"
            case "empty":
                text = self.question.answer_first
            case _:
                text = _TRY_AGAIN if message == WRONG else message
        return text.strip()

    def _seed(self) -> int:
        return seed_of(self._participant, self._name, self.attempt)


def make_practice_question(  # noqa: PLR0913 - the arguments of `practice`
    name: str,
    asked: Asking,
    right: object = None,
    *,
    near: Mapping[Any, Near] | None = None,
    tolerance: float = 0,
    why: str | Sequence[str] = "",
    folder: Path | None = None,
) -> PracticeQuestion:
    """Return a practice question; one that staff mark has no `right`.

    `folder` is that of its notebook, whose course lists misunderstandings; None is the working directory.

    Raises:
        QuestionError: the key does not fit the question.
    """
    exercise = PracticeQuestion(name, asked, None, why)
    if exercise.question.by_staff:
        if right is not None or near:
            raise QuestionError(f"{name}: people mark this, so it has no key")
        return exercise
    if right is None:
        raise QuestionError(f"{name}: say which answer is right")
    exercise = PracticeQuestion(
        name,
        asked,
        Key(right, dict(near or {}), tolerance, find_misunderstandings(folder or Path.cwd())),
        why,
    )
    exercise.check()
    return exercise
