"""Variants: one question with other numbers for each participant and each attempt.

A question is written once, with placeholders; `vary` gives the numbers that may replace them. All
are drawn from one seed by a hash, so that a page, a grader and a report get the same numbers on any
machine and any Python. Question and key are separate: `Varied` holds no key, and a key is a set of
formulas that `Variant.key` evaluates.

>>> from umkm.exercise import Key, rupiah, seed_of, vary
>>> soal = vary(rupiah("Omzet {omzet:rp}, biaya {biaya:rp}. Laba?"),
...             {"omzet": (600_000, 900_000, 50_000), "biaya": (100_000, 300_000, 25_000)})
>>> one = soal.make(seed_of("srg-siti1", "laba"))
>>> one.key(Key("omzet - biaya")).right == one.numbers["omzet"] - one.numbers["biaya"]
True
"""

import hashlib
import keyword
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from umkm.errors import QuestionError
from umkm.exercise.formulas import evaluate, fill, has_placeholder, holds, is_placeholder, whole
from umkm.exercise.keys import Key, Near
from umkm.exercise.marking import check_key
from umkm.exercise.question import Numbers, Question, is_whole
from umkm.exercise.questions import question_from_json, question_to_json

#: Low, high and step of a whole number, or a list of numbers or texts to choose from.
Span = tuple[int, int, int] | list[int] | list[str]

_TRIES: Final = 200
_RAREST: Final = 0.1  # a condition that fewer draws meet would one day fail in all tries
_NOT_TEXT: Final = frozenset(("id", "kind", "form", "paper", "unit"))


@dataclass(frozen=True)
class Variant:
    """One set of numbers and the question with these numbers."""

    question: Question
    numbers: Numbers

    def key(self, key: Key) -> Key:
        """Return the key of these numbers.

        Raises:
            QuestionError: a formula that cannot be evaluated.
        """
        solved = self.question.solve(key, self.numbers)
        near = {answer: self._fill_message(entry) for answer, entry in solved.near.items()}
        return replace(solved, near=near)

    def text(self, text: str) -> str:
        """Return a text with the numbers put in.

        Raises:
            QuestionError: a formula that cannot be evaluated.
        """
        return fill(text, self.numbers)

    def _fill_message(self, entry: Near) -> Near:
        return self.text(entry) if isinstance(entry, str) else (entry[0], self.text(entry[1]))


@dataclass(frozen=True)
class Varied:
    """A question whose numbers vary; it holds no key."""

    template: Question
    numbers: Mapping[str, Span]
    where: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.numbers, Mapping) or not 1 <= len(self.numbers) <= 12:
            raise QuestionError("numbers: 1 to 12, name -> (low, high, step) or a list")
        for name, span in self.numbers.items():
            _check_span(name, span)
        object.__setattr__(self, "numbers", dict(self.numbers))

    @property
    def prompt(self) -> str:
        """The question's text with its placeholders."""
        return self.template.prompt

    def make(self, seed: int) -> Variant:
        """Return the variant of a seed.

        Raises:
            QuestionError: no draw meets the condition, or a placeholder cannot be filled.
        """
        for draw in range(_TRIES):
            numbers = self.draw(seed, draw)
            if holds(self.where, _counts(numbers)):
                shape = _fill_shape(question_to_json(self.template), numbers)
                return Variant(question_from_json(shape), numbers)
        raise QuestionError(f"where {self.where!r}: no numbers meet it (seed {seed})")

    def draw(self, seed: int, draw: int = 0) -> Numbers:
        """Return numbers for a seed, whether they meet the condition or not."""
        return {name: _pick(span, f"{seed}/{draw}/{name}") for name, span in self.numbers.items()}


Asking = Question | Varied


def vary(question: Question, numbers: Mapping[str, Span], where: str = "") -> Varied:
    """Return a question whose `{name}` placeholders vary; `where` is a condition on the numbers.

    Raises:
        QuestionError: numbers that are none, or a name that no formula could use.
    """
    return Varied(question, numbers, where)


def seed_of(participant: str, question_id: str, attempt: int = 1) -> int:
    """Return the seed of a participant's question; the same on every machine and version."""
    text = f"{participant}\n{question_id}\n{attempt}".encode("utf-8", errors="replace")
    return int.from_bytes(hashlib.sha256(text).digest()[:8], "big")


def make(asked: Asking, seed: int) -> Variant:
    """Return the variant of a seed; a question that does not vary is its own.

    Raises:
        QuestionError: the generator fails for this seed.
    """
    return asked.make(seed) if isinstance(asked, Varied) else Variant(asked, {})


def template_of(asked: Asking) -> Question:
    """Return the question with or without placeholders; its kind and ids are the same."""
    return asked.template if isinstance(asked, Varied) else asked


def asking_to_json(asked: Asking) -> dict[str, object]:
    """Return a question, varied or not, as plain JSON."""
    if not isinstance(asked, Varied):
        return question_to_json(asked)
    spans = [{"name": name, "span": list(span)} for name, span in asked.numbers.items()]
    ranges = [name for name, span in asked.numbers.items() if isinstance(span, tuple)]
    shape = {"numbers": spans, "ranges": ranges, "where": asked.where}
    return {"kind": "varied", "template": question_to_json(asked.template), **shape}


def asking_from_json(shape: object) -> Asking:
    """Return what `asking_to_json` wrote.

    Raises:
        QuestionError: any other JSON.
    """
    if not isinstance(shape, dict) or shape.get("kind") != "varied":
        return question_from_json(shape)
    try:
        ranges = shape["ranges"]
        numbers = {
            one["name"]: tuple(one["span"]) if one["name"] in ranges else one["span"]
            for one in shape["numbers"]
        }
        return Varied(question_from_json(shape["template"]), numbers, shape["where"])
    except (KeyError, TypeError) as error:
        raise QuestionError(f"a varied question: {error!r}") from error


def check_asking(
    asked: Asking, key: Key | None, points: float, why: Iterable[str] = (), seeds: int = 200
) -> None:
    """Check that a question can be asked, marked and explained, whatever its numbers.

    Raises:
        QuestionError: a generator that fails for some seed or hardly varies, a key that fails for
            some seed, a placeholder without a number; the seed is named.
    """
    if not isinstance(asked, Varied):
        _check_plain(asked, key, points, why)
        return
    _check_often_met(asked, seeds)
    seen = set()
    for seed in range(seeds):
        try:
            variant = asked.make(seed)
            if key is not None:
                check_key(variant.question, variant.key(key), points)
            for line in why:
                variant.text(line)
        except QuestionError as error:
            raise QuestionError(f"variant with seed {seed}: {error.message}") from error
        seen.add(tuple(variant.numbers.values()))
    if len(seen) < min(5, seeds):
        raise QuestionError(f"numbers: only {len(seen)} variants; widen the numbers")


def _check_plain(asked: Question, key: Key | None, points: float, why: Iterable[str]) -> None:
    if key is not None:
        check_key(asked, key, points)
    for text in (asked.prompt, *why):
        if has_placeholder(text):
            raise QuestionError(f"{text[:40]!r} has a place for a number; wrap it in vary(…)")


def _check_often_met(asked: Varied, seeds: int) -> None:
    met = sum(holds(asked.where, _counts(asked.draw(seed))) for seed in range(seeds))
    if met < _RAREST * seeds:
        raise QuestionError(f"where {asked.where!r}: too rarely met ({met} of {seeds} draws)")


def _check_span(name: object, span: object) -> None:
    if not isinstance(name, str) or not name.isidentifier() or keyword.iskeyword(name):
        raise QuestionError(f"number {name!r}: a name of letters, digits and '_'")
    if isinstance(span, tuple):
        if len(span) != 3 or not all(map(is_whole, span)):
            raise QuestionError(f"number {name!r}: write (low, high, step) in whole numbers")
        low, high, step = span
        if not low < high or step <= 0 or (high - low) % step:
            raise QuestionError(f"number {name!r}: {low} to {high} in steps of {step} do not fit")
    elif not isinstance(span, list) or len(span) < 2 or not _alike(span):
        raise QuestionError(f"number {name!r}: (low, high, step), or a list of numbers or texts")


def _alike(span: Sequence[object]) -> bool:
    return all(map(is_whole, span)) or all(isinstance(one, str) and one for one in span)


def _pick(span: Span, text: str) -> int | str:
    drawn = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    if isinstance(span, tuple):
        low, high, step = span
        return low + step * (drawn % ((high - low) // step + 1))
    return span[drawn % len(span)]


def _counts(numbers: Numbers) -> dict[str, int]:
    return {name: value for name, value in numbers.items() if isinstance(value, int)}


def _fill_shape(shape: Any, numbers: Numbers, field: str = "") -> Any:
    match shape:
        case dict():
            return {name: _fill_shape(part, numbers, name) for name, part in shape.items()}
        case list():
            return [_fill_shape(part, numbers, field) for part in shape]
        case str() if field == "given" and is_placeholder(shape):
            return whole(evaluate(shape[1:-1], numbers), shape)
        case str() if field not in _NOT_TEXT:
            return fill(shape, numbers)
    return shape
