"""Answers in words: a few, which are marked at once, or many, which people read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from umkm.errors import QuestionError
from umkm.exercise.formulas import fill
from umkm.exercise.keys import Key, check_messages
from umkm.exercise.kinds.choices import refuse_tolerance
from umkm.exercise.kinds.rubrics import check_rubric, rubric_from_json, rubric_to_json
from umkm.exercise.parsed_answers import Answered, Reading, Refused, clean_text, cut, fold_text
from umkm.exercise.question import Judgement, Numbers, TypedQuestion, is_whole, with_near
from umkm.money import group_digits

MAX_LONG_TEXT = 10_000
MAX_SHORT_TEXT = 200


@dataclass(frozen=True)
class ShortText(TypedQuestion):
    """A question answered with a word or two.

    The key lists every accepted spelling; case, accents, punctuation and spaces do not count.

    Raises:
        QuestionError: `max_chars` is not 1 to 200.
    """

    max_chars: int = 60
    kind: ClassVar[str] = "short_text"
    script: ClassVar[str] = "typed"

    def check(self) -> None:
        """Check the length."""
        _check_length(self, MAX_SHORT_TEXT)

    def fields(self) -> dict[str, object]:
        """Return how much may be typed."""
        return {"max_chars": self.max_chars}

    def accepts(self, answer: object) -> bool:
        """Return whether the answer is a text that is not too long."""
        return answer is None or (isinstance(answer, str) and len(answer) <= self.max_chars)

    def read_text(self, text: str) -> Reading:
        """Return the text on one line."""
        if len(text) > self.max_chars:
            return Refused(f"Tulis paling banyak {self.max_chars} huruf.")
        line = " ".join(clean_text(text).split())
        if not fold_text(line):
            return Refused("Tulis jawaban dengan huruf atau angka.")
        return Answered(line, line)

    def judge(self, key: Key, value: Any, points: float) -> Judgement:
        """Return the judgement of texts compared by `fold_text`."""
        if self.is_right(key, value):
            return Judgement(points)
        for wrong in key.near:
            if isinstance(wrong, str) and fold_text(wrong) == fold_text(value):
                earned, message = key.foresee(wrong) or (0, "")
                return Judgement(earned, (message,))
        return Judgement(0)

    def is_right(self, key: Key, value: Any) -> bool:
        """Return whether the value is one of the accepted spellings."""
        return fold_text(value) in {fold_text(text) for text in _spellings(key.right)}

    def check_key(self, key: Key, points: float) -> None:
        """Check that every spelling can be typed and that none is both right and near."""
        right = {fold_text(text) for text in _spellings(key.right)}
        near = [fold_text(text) for text in key.near if isinstance(text, str)]
        if len(near) < len(key.near):
            raise QuestionError("near answers of a short text are texts")
        for text in (*_spellings(key.right), *key.near):
            if not isinstance(self.read(text), Answered):
                raise QuestionError(f"key {text!r} can not be typed here")
        if twice := [text for text in near if text in right or near.count(text) > 1]:
            raise QuestionError(f"near answer {twice[0]!r} is already right, or stands twice")
        check_messages(key, points, whole=True)
        refuse_tolerance(key)

    def solve(self, key: Key, numbers: Numbers) -> Key:
        """Return the key with the numbers of a variant put into each spelling."""
        right = [fill(text, numbers) for text in _spellings(key.right)]
        near = {fill(str(text), numbers): entry for text, entry in key.near.items()}
        return with_near(key, right, near)


@dataclass(frozen=True)
class LongText(TypedQuestion):
    """A question answered in the trainee's own words and marked by staff.

    `rubric` maps what staff look for to its points; the trainee sees it too.

    Raises:
        QuestionError: `max_chars` is not 1 to 10,000, or the rubric cannot be shown.
    """

    max_chars: int = 4_000
    rubric: Mapping[str, float] | None = None
    kind: ClassVar[str] = "long_text"
    by_staff: ClassVar[bool] = True
    script: ClassVar[str] = "typed"
    check_label: ClassVar[str] = "Selesai"
    answer_first: ClassVar[str] = "Tulis dulu jawaban Anda."
    thanks: ClassVar[str] = "Terima kasih sudah menulis."

    @property
    def staff_rubric(self) -> Mapping[str, float]:
        """The rubric, or an empty one."""
        return self.rubric or {}

    def check(self) -> None:
        """Check the length and the rubric."""
        _check_length(self, MAX_LONG_TEXT)
        object.__setattr__(self, "rubric", check_rubric(self.prompt, self.rubric))

    def fields(self) -> dict[str, object]:
        """Return how much may be written, and the rubric."""
        return {"max_chars": self.max_chars} | rubric_to_json(self.staff_rubric)

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> "LongText":
        """Return the question that `fields` described."""
        return cls(**rubric_from_json(fields))

    def accepts(self, answer: object) -> bool:
        """Return whether the answer is a text that is not too long."""
        return answer is None or (isinstance(answer, str) and len(answer) <= self.max_chars)

    def read_text(self, text: str) -> Reading:
        """Return the text."""
        # The raw length is looked at first, so that a forged megabyte is never cleaned.
        if len(text) > self.max_chars and len(text.strip()) > self.max_chars:
            return Refused(
                f"Jawaban terlalu panjang, paling banyak {group_digits(self.max_chars)} huruf."
                " Silakan pendekkan."
            )
        written = clean_text(text).strip()
        return Answered(written, written)

    def readable(self, answer: object) -> str:
        """Return the text cut to the allowed length."""
        return cut(answer, self.max_chars) if isinstance(answer, str) else super().readable(answer)

    def is_right(self, key: Key, value: Any) -> bool:
        """Return False: staff mark it."""
        del key, value
        return False

    def check_key(self, key: Key, points: float) -> None:
        """Raise QuestionError: there is no key."""
        raise QuestionError("a long text has no key: staff mark it")


def _check_length(question: ShortText | LongText, most: int) -> None:
    if not is_whole(question.max_chars) or not 1 <= question.max_chars <= most:
        raise QuestionError(f"{question.prompt!r}: max_chars must be 1 to {most}")


def _spellings(right: object) -> tuple[str, ...]:
    listed = (right,) if isinstance(right, str) else right
    if not isinstance(listed, list | tuple) or not listed:
        raise QuestionError(f"key {right!r}: a text, or a list of accepted spellings")
    if not all(isinstance(text, str) for text in listed):
        raise QuestionError(f"key {right!r}: every spelling is a text")
    return tuple(listed)
