"""Fill in a statement: some lines are given, the others follow from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Self

from umkm.errors import QuestionError
from umkm.exercise.formulas import as_name, evaluate, is_placeholder, names_in
from umkm.exercise.keys import Key, check_messages
from umkm.exercise.kinds.amounts import read_amount
from umkm.exercise.parsed_answers import (
    MAX_SHOWN,
    UNREAD,
    Answered,
    Empty,
    Reading,
    Refused,
    clean_text,
    cut,
)
from umkm.exercise.question import (
    Judgement,
    Numbers,
    Question,
    check_items,
    is_whole,
    share,
    with_near,
)

_LARGEST = 10**12


@dataclass(frozen=True)
class FillStatement(Question):
    """Fill in the empty `lines` (line id -> label); `given` holds the amounts of the others.

    The key gives each empty line a formula over the ids of lines (`laba-kotor` is written
    `laba_kotor`). A line counts as right where it follows from what the trainee wrote in the lines
    it rests on, so that one mistake costs its own points only once.

    Raises:
        QuestionError: not 2 to 15 lines, none or all of them given, or an amount that is not whole.
    """

    lines: Mapping[str, str]
    given: Mapping[str, int | str]
    kind: ClassVar[str] = "fill_statement"
    script: ClassVar[str] = "statement"

    @property
    def rule(self) -> str:
        """How part of the points is earned, as the trainee reads it."""
        return (
            "Setiap baris bernilai sama. Salah di satu baris tidak membuat baris berikutnya salah."
        )

    @property
    def empty(self) -> list[str]:
        """The lines to be filled in."""
        return [line for line in self.lines if line not in self.given]

    def check(self) -> None:
        """Check for 2 to 15 lines, some given and some empty."""
        object.__setattr__(self, "lines", check_items(self.lines, "lines", 2, 15))
        if not isinstance(self.given, Mapping) or not set(self.given) < set(self.lines):
            raise QuestionError("given: amounts of some of the lines, not of all")
        for line, amount in self.given.items():
            if not is_whole(amount) and not is_placeholder(amount):
                raise QuestionError(
                    f"given {line!r}: a whole amount, or '{{formula}}' in a variant"
                )
        object.__setattr__(self, "given", dict(self.given))

    def fields(self) -> dict[str, object]:
        """Return every line with its label, and its amount where it is given."""
        lines: list[dict[str, object]] = [
            {"id": line, "text": text} for line, text in self.lines.items()
        ]
        for line in lines:
            if line["id"] in self.given:
                line["given"] = self.given[str(line["id"])]
        return {"lines": lines}

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Self:
        """Return the question that `fields` described."""
        try:
            lines = {line["id"]: line["text"] for line in fields["lines"]}
            given = {line["id"]: line["given"] for line in fields["lines"] if "given" in line}
        except (KeyError, TypeError) as error:
            raise QuestionError("lines: a list of {id, text} or {id, text, given}") from error
        if len(lines) < len(fields["lines"]):
            raise QuestionError("lines: an id stands twice")
        return cls(
            **{key: value for key, value in fields.items() if key != "lines"},
            lines=lines,
            given=given,
        )

    def accepts(self, answer: object) -> bool:
        """Return whether the answer maps empty lines to typed texts."""
        return answer is None or (
            isinstance(answer, dict)
            and all(
                line in self.lines
                and line not in self.given
                and isinstance(typed, str)
                and len(typed) <= MAX_SHOWN
                for line, typed in answer.items()
            )
        )

    def read(self, answer: object) -> Reading:
        """Return line -> amount."""
        if answer is None:
            return Empty()
        if not isinstance(answer, dict) or not self.accepts(answer):
            return Refused(UNREAD)
        read = self._read_lines(answer)
        if not read:
            return Empty()
        for line, reading in read.items():
            if isinstance(reading, Refused):
                return Refused(f"{self.lines[line]}: {reading.message}")
        filled = {line: reading for line, reading in read.items() if isinstance(reading, Answered)}
        shown = (f"{self.lines[line]}: {reading.shown}" for line, reading in filled.items())
        return Answered({line: reading.value for line, reading in filled.items()}, "\n".join(shown))

    def salvage(self, answer: object) -> object | None:
        """Return the lines that can be parsed."""
        if not isinstance(answer, dict) or not self.accepts(answer):
            return None
        read = self._read_lines(answer)
        return {line: one.value for line, one in read.items() if isinstance(one, Answered)}

    def _read_lines(self, answer: Mapping[str, str]) -> dict[str, Reading]:
        typed = {line: clean_text(answer.get(line, "")).strip() for line in self.empty}
        return {line: read_amount(one, -_LARGEST, _LARGEST) for line, one in typed.items() if one}

    def readable(self, answer: object) -> str:
        """Return what was typed in each line."""
        if not isinstance(answer, dict) or not self.accepts(answer):
            return super().readable(answer)
        return "\n".join(
            f"{self.lines[line]}: {cut(answer[line])}" for line in self.empty if line in answer
        )

    def judge(self, key: Key, value: Any, points: float) -> Judgement:
        """Return the judgement: a line is right by itself, or by the written lines it depends on."""
        right = self.answers(key)
        own = right | value
        parts = {}
        for line in self.empty:
            follows = evaluate(_formulas(key)[line], self._values(own))
            parts[line] = line in value and value[line] in (right[line], follows)
        values = self._values(right)
        near = {(line, _amount(amount, values)): entry for (line, amount), entry in _pairs(key)}
        foreseen = with_near(key, key.right, near)
        wrong = [(line, value[line]) for line, fits in parts.items() if not fits and line in value]
        messages = tuple(found[1] for pair in wrong if (found := foreseen.foresee(pair)))
        return Judgement(share(points, list(parts.values())), messages, parts)

    def answers(self, key: Key) -> dict[str, int]:
        """Return the amount of every empty line.

        Raises:
            QuestionError: a formula rests on itself, or gives no whole Rupiah.
        """
        formulas = _formulas(key)
        known: dict[str, int] = {}
        for _ in formulas:
            for line in formulas:
                if line not in known and self._rests_on(formulas[line]) <= set(known):
                    value = evaluate(formulas[line], self._values(known))
                    if value.denominator != 1:
                        raise QuestionError(f"line {line!r}: {float(value)} is no whole Rupiah")
                    known[line] = int(value)
        if len(known) < len(formulas):
            raise QuestionError(f"lines {sorted(set(formulas) - set(known))} rest on each other")
        return known

    def check_key(self, key: Key, points: float) -> None:
        """Check that every empty line has a formula that gives whole Rupiah."""
        if set(_formulas(key)) != set(self.empty):
            raise QuestionError(f"key {key.right!r}: a formula for each of {self.empty}")
        if not all(map(is_whole, self.given.values())):
            raise QuestionError("given: formulas need the numbers of a variant")
        right = self.answers(key)
        for pair, _ in _pairs(key):
            if pair[0] not in right:
                raise QuestionError(f"near answer {pair!r}: no such empty line")
            if _amount(pair[1], self._values(right)) == right[pair[0]]:
                raise QuestionError(f"near answer {pair!r} is already right")
        check_messages(key, points, whole=False)
        if key.tolerance:
            raise QuestionError("lines of a statement have no tolerance")

    def solve(self, key: Key, numbers: Numbers) -> Key:
        """Return the key as it is: the given lines already hold the numbers."""
        del numbers
        return key

    def _rests_on(self, formula: str) -> set[str]:
        names = names_in(formula)
        return {line for line in self.empty if as_name(line) in names}

    def _values(self, filled: Mapping[str, int]) -> dict[str, int | Fraction | str]:
        known = {**self.given, **filled}
        return {as_name(line): amount for line, amount in known.items() if isinstance(amount, int)}


def _formulas(key: Key) -> dict[str, str]:
    if not isinstance(key.right, Mapping):
        raise QuestionError(f"key {key.right!r}: line -> formula")
    return {str(line): str(formula) for line, formula in key.right.items()}


def _pairs(key: Key) -> Sequence[tuple[tuple[str, Any], Any]]:
    for pair in key.near:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise QuestionError(f"near answer {pair!r}: write (line, amount or formula)")
    return [
        ((pair[0], pair[1]), entry) for pair, entry in key.near.items() if isinstance(pair, tuple)
    ]


def _amount(amount: object, values: Mapping[str, int | Fraction | str]) -> Fraction:
    return evaluate(str(amount), values)
