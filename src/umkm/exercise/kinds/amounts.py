"""An amount of money, or a plain number with its unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar

from umkm.errors import QuestionError
from umkm.exercise.formulas import evaluate
from umkm.exercise.keys import Key, check_messages
from umkm.exercise.parsed_answers import Answered, Reading, Refused
from umkm.exercise.question import Judgement, Numbers, TypedQuestion, is_whole, with_near
from umkm.money import (
    Ambiguous,
    Amount,
    NotAnAmount,
    format_rupiah,
    parse_rupiah,
    rupiah_in_words,
)
from umkm.quantities import NotANumber, Quantity, UnclearNumber, format_quantity, parse_number


@dataclass(frozen=True)
class RupiahAmount(TypedQuestion):
    """A question answered with an amount of money between `minimum` and `maximum` Rupiah.

    Raises:
        QuestionError: bounds that are not whole or not in order.
    """

    minimum: int = 0
    maximum: int = 10**12
    kind: ClassVar[str] = "rupiah"
    script: ClassVar[str] = "typed"

    def check(self) -> None:
        """Check that the bounds are whole and in order."""
        if not is_whole(self.minimum) or not is_whole(self.maximum):
            raise QuestionError(f"{self.prompt!r}: minimum and maximum are whole Rupiah")
        if self.minimum >= self.maximum:
            raise QuestionError(f"{self.prompt!r}: minimum must be below maximum")

    def fields(self) -> dict[str, object]:
        """Return the bounds."""
        return {"minimum": self.minimum, "maximum": self.maximum}

    def read_text(self, text: str) -> Reading:
        """Return the amount that was typed."""
        return read_amount(text, self.minimum, self.maximum)

    def echo(self, answer: object) -> dict[str, object]:
        """Return the amount in words, or which amounts may be meant."""
        if isinstance(answer, str):
            match parse_rupiah(answer):
                case Ambiguous(candidates=candidates) as unclear:
                    return {"ask": unclear.message, "candidates": list(map(_spell, candidates))}
                case Amount(value=value) if not isinstance(self.read(answer), Refused):
                    return _spell(value)
        return super().echo(answer)

    def is_right(self, key: Key, value: Any) -> bool:
        """Return whether the value is within the tolerance."""
        return isinstance(key.right, int) and abs(value - key.right) <= key.tolerance

    def check_key(self, key: Key, points: float) -> None:
        """Check that key and near answers are whole Rupiah within the bounds, none right and near."""
        if not is_whole(key.tolerance) or key.tolerance < 0:
            raise QuestionError(f"tolerance {key.tolerance!r}: whole Rupiah, 0 or more")
        for answer in (key.right, *key.near):
            check_amount(answer, self.minimum, self.maximum)
        check_messages(key, points, whole=True)
        _refuse_right_near(self, key)

    def solve(self, key: Key, numbers: Numbers) -> Key:
        """Return the key with its formulas evaluated, without near answers that nobody could type."""
        right = _solve(key.right, numbers)
        if right.denominator != 1:
            raise QuestionError(f"key {key.right!r}: {float(right)} is no whole Rupiah")
        near: dict[object, Any] = {}
        for formula, entry in key.near.items():
            value = _solve(formula, numbers)
            if value.denominator == 1 and self.minimum <= value <= self.maximum:
                near.setdefault(int(value), entry)
        return with_near(key, int(right), near)


@dataclass(frozen=True)
class Number(TypedQuestion):
    """A question answered with a plain number, in `unit` where it has one.

    Raises:
        QuestionError: a unit with digits or over 20 letters, bounds that are not in order.
    """

    unit: str = ""
    minimum: float = field(default=0, kw_only=True)
    maximum: float = field(default=10**9, kw_only=True)
    decimals: bool = field(default=False, kw_only=True)
    kind: ClassVar[str] = "number"
    script: ClassVar[str] = "typed"

    def check(self) -> None:
        """Check the unit and that the bounds are in order."""
        if (
            not isinstance(self.unit, str)
            or len(self.unit) > 20
            or any(map(str.isdigit, self.unit))
        ):
            raise QuestionError(f"unit {self.unit!r}: a word of at most 20 letters")
        if not _is_number(self.minimum) or not _is_number(self.maximum):
            raise QuestionError(f"{self.prompt!r}: minimum and maximum are numbers")
        if self.minimum >= self.maximum:
            raise QuestionError(f"{self.prompt!r}: minimum must be below maximum")
        if not isinstance(self.decimals, bool):
            raise QuestionError(f"decimals {self.decimals!r}: True or False")

    def fields(self) -> dict[str, object]:
        """Return unit, bounds and whether decimals are allowed."""
        names = ("unit", "minimum", "maximum", "decimals")
        return {name: getattr(self, name) for name in names}

    def read_text(self, text: str) -> Reading:
        """Return the number that was typed."""
        match parse_number(text, self.unit, decimals=self.decimals):
            case UnclearNumber() as unclear:
                return Refused(unclear.message)
            case NotANumber(message=message):
                return Refused(message)
            case Quantity(value=value) if value.denominator != 1 and not self.decimals:
                return Refused("Tulis angka bulat, tanpa koma.")
            case Quantity(value=value) if value < _exact(self.minimum):
                return Refused(f"Paling sedikit {format_quantity(self.minimum, self.unit)}.")
            case Quantity(value=value) if value > _exact(self.maximum):
                return Refused(f"Paling banyak {format_quantity(self.maximum, self.unit)}.")
            case Quantity(value=value):
                return Answered(value, format_quantity(value, self.unit))

    def echo(self, answer: object) -> dict[str, object]:
        """Return which numbers may be meant."""
        if isinstance(answer, str):
            match parse_number(answer, self.unit, decimals=self.decimals):
                case UnclearNumber(candidates=values) as twofold:
                    numbers = [
                        {"text": format_quantity(value, self.unit), "words": ""} for value in values
                    ]
                    return {"ask": twofold.message, "candidates": numbers}
        return super().echo(answer)

    def judge(self, key: Key, value: Any, points: float) -> Judgement:
        """Return the judgement of exact numbers: a float such as 0.1 is compared as it is written."""
        if self.is_right(key, value):
            return Judgement(points)
        for wrong in key.near:
            if _is_number(wrong) and _exact(wrong) == value:
                earned, message = key.foresee(wrong) or (0, "")
                return Judgement(earned, (message,))
        return Judgement(0)

    def is_right(self, key: Key, value: Any) -> bool:
        """Return whether the value is within the tolerance."""
        distance = abs(value - _exact(key.right)) if _is_number(key.right) else None
        return distance is not None and distance <= _exact(key.tolerance)

    def check_key(self, key: Key, points: float) -> None:
        """Check that key and near answers are numbers within the bounds, none right and near."""
        if not _is_number(key.tolerance) or key.tolerance < 0:
            raise QuestionError(f"tolerance {key.tolerance!r}: a number, 0 or more")
        for answer in (key.right, *key.near):
            if not _is_number(answer):
                raise QuestionError(f"key {answer!r}: a number")
            if not self.minimum <= _exact(answer) <= self.maximum:
                raise QuestionError(f"key {answer} is outside {self.minimum} to {self.maximum}")
        if not self.decimals and not key.tolerance and _exact(key.right).denominator != 1:
            raise QuestionError(f"key {key.right!r}: nobody can type it; give decimals=True")
        check_messages(key, points, whole=True)
        _refuse_right_near(self, key)

    def solve(self, key: Key, numbers: Numbers) -> Key:
        """Return the key with its formulas evaluated, without near answers that nobody could type."""
        near: dict[object, Any] = {}
        for formula, entry in key.near.items():
            value = _solve(formula, numbers)
            if self.minimum <= value <= self.maximum:
                near.setdefault(value, entry)
        return with_near(key, _solve(key.right, numbers), near)


def read_amount(text: str, minimum: int, maximum: int) -> Reading:
    """Return the amount that was typed, if it lies within its bounds."""
    match parse_rupiah(text):
        case Ambiguous() as unclear:
            return Refused(unclear.message)
        case NotAnAmount(message=message):
            return Refused(message)
        case Amount(value=value) if value < minimum:
            return Refused(f"Jumlahnya paling sedikit {format_rupiah(minimum)}.")
        case Amount(value=value) if value > maximum:
            return Refused(f"Jumlahnya paling banyak {format_rupiah(maximum)}.")
        case Amount(value=value):
            return Answered(value, format_rupiah(value))


def check_amount(answer: object, minimum: int, maximum: int) -> None:
    """Check that an answer in a key is an amount within its bounds.

    Raises:
        QuestionError: it is none.
    """
    if not isinstance(answer, int) or isinstance(answer, bool):
        raise QuestionError(f"key {answer!r}: an amount is a whole number of Rupiah")
    if not minimum <= answer <= maximum:
        raise QuestionError(f"key {answer} is outside {minimum} to {maximum}")


def _refuse_right_near(question: RupiahAmount | Number, key: Key) -> None:
    for answer in key.near:
        exact = answer if isinstance(question, RupiahAmount) else _exact(answer)
        if question.is_right(key, exact):
            raise QuestionError(f"near answer {answer!r} is already right")


def _solve(formula: object, numbers: Mapping[str, int | str]) -> Fraction:
    return evaluate(formula, numbers) if isinstance(formula, str) else _exact(formula)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Fraction) and not isinstance(value, bool)


def _exact(value: Any) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(str(value))


def _spell(value: int) -> dict[str, object]:
    return {"text": format_rupiah(value), "words": rupiah_in_words(value)}
