"""One option of several, or all options that fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from umkm.errors import QuestionError
from umkm.exercise.keys import Key, check_messages
from umkm.exercise.parsed_answers import UNREAD, Answered, Empty, Reading, Refused
from umkm.exercise.question import (
    Judgement,
    Question,
    TypedQuestion,
    check_items,
    is_subset,
    items_from_json,
    items_to_json,
)


@dataclass(frozen=True)
class _OfOptions(Question):
    """A question whose `options` map option id to text, in the order shown."""

    options: Mapping[str, str]

    def check(self) -> None:
        """Check for 2 to 10 options, none twice."""
        object.__setattr__(self, "options", check_items(self.options, self.prompt, 2, 10))

    def fields(self) -> dict[str, object]:
        """Return the options."""
        return {"options": items_to_json(self.options)}

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Self:
        """Return the question that `fields` described."""
        return cls(**fields | {"options": items_from_json(fields.get("options"))})


@dataclass(frozen=True)
class SingleChoice(_OfOptions, TypedQuestion):
    """A question with one right option.

    Raises:
        QuestionError: fewer than 2 or more than 10 options, or two alike.
    """

    kind: ClassVar[str] = "single_choice"
    script: ClassVar[str] = "choices"

    def accepts(self, answer: object) -> bool:
        """Return whether the answer is one of the options."""
        return answer is None or (isinstance(answer, str) and answer in self.options)

    def read_text(self, text: str) -> Reading:
        """Return the option that was chosen."""
        if text not in self.options:
            return Refused("Pilihan ini tidak ada. Silakan pilih lagi.")
        return Answered(text, self.options[text])

    def is_right(self, key: Key, value: Any) -> bool:
        """Return whether the value is the one right option."""
        return bool(value == key.right)

    def check_key(self, key: Key, points: float) -> None:
        """Check that the key is an option, and so is each near answer."""
        check_options(key.right, self.options)
        check_messages(key, points, whole=True)
        for answer in key.near:
            check_options(answer, self.options)
            if answer == key.right:
                raise QuestionError(f"near answer {answer!r} is already right")
        refuse_tolerance(key)


@dataclass(frozen=True)
class SeveralChoices(_OfOptions):
    """A question with several right options.

    A right option earns its share; a wrong one takes a share away, but never below 0: whoever ticks
    everything earns nothing for it.

    Raises:
        QuestionError: fewer than 2 or more than 10 options, or two alike.
    """

    kind: ClassVar[str] = "several_choices"
    script: ClassVar[str] = "choices"

    @property
    def rule(self) -> str:
        """How part of the points is earned, as the trainee reads it."""
        return (
            "Boleh pilih lebih dari satu. Pilihan benar menambah nilai, pilihan salah mengurangi."
        )

    def accepts(self, answer: object) -> bool:
        """Return whether the answer is a list of options, each once."""
        return answer is None or is_subset(answer, self.options)

    def read(self, answer: object) -> Reading:
        """Return the options that were ticked, in the order they are shown."""
        if answer is None or answer == []:
            return Empty()
        if not is_subset(answer, self.options):
            return Refused(UNREAD)
        ticked = [option for option in self.options if option in answer]
        return Answered(tuple(ticked), "; ".join(self.options[option] for option in ticked))

    def judge(self, key: Key, value: Any, points: float) -> Judgement:
        """Return right ticks minus wrong ticks, as a share of all right options."""
        right = set(_listed(key.right))
        parts = {option: (option in right) == (option in value) for option in self.options}
        if all(parts.values()):
            return Judgement(points, (), parts)
        hits = sum(option in right for option in value)
        net = max(0, hits - (len(value) - hits))
        messages = [
            found[1]
            for option, fits in parts.items()
            if not fits and (found := key.foresee(option))
        ]
        return Judgement(
            round(points * net / len(right), 2), tuple(messages), parts, (hits, len(right))
        )

    def check_key(self, key: Key, points: float) -> None:
        """Check that some options are right and that all messages are about options."""
        right = _listed(key.right)
        for option in (*right, *key.near):
            check_options(option, self.options)
        if not right or len(set(right)) < len(right):
            raise QuestionError(f"key {key.right!r}: a list of right options, each once")
        check_messages(key, points, whole=False)
        refuse_tolerance(key)


def check_options(answer: object, options: Mapping[str, str]) -> None:
    """Check that an answer is one of the options.

    Raises:
        QuestionError: it is none.
    """
    if not isinstance(answer, str) or answer not in options:
        raise QuestionError(f"key {answer!r} is none of the options {list(options)}")


def refuse_tolerance(key: Key) -> None:
    """Check that a key has no tolerance.

    Raises:
        QuestionError: it has one.
    """
    if key.tolerance:
        raise QuestionError("only an amount or a number has a tolerance")


def _listed(right: object) -> tuple[Any, ...]:
    if not isinstance(right, list | tuple):
        raise QuestionError(f"key {right!r}: a list of right options")
    return tuple(right)
