"""Assign each item a partner or a bin: a transaction its account, a payment its drawer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from umkm.errors import QuestionError
from umkm.exercise.keys import Key, check_messages
from umkm.exercise.kinds.choices import refuse_tolerance
from umkm.exercise.parsed_answers import UNREAD, Answered, Empty, Reading, Refused
from umkm.exercise.question import (
    Judgement,
    Question,
    check_items,
    items_from_json,
    items_to_json,
    share,
)


@dataclass(frozen=True)
class MatchPairs(Question):
    """Match each of `items` with one of `partners`; a partner may serve several items.

    Raises:
        QuestionError: not 2 to 10 items and 2 to 8 partners, or two alike.
    """

    items: Mapping[str, str]
    partners: Mapping[str, str]
    kind: ClassVar[str] = "match_pairs"
    script: ClassVar[str] = "pairs"

    @property
    def rule(self) -> str:
        """How part of the points is earned, as the trainee reads it."""
        return "Setiap pasangan yang benar bernilai sama."

    def check(self) -> None:
        """Check for 2 to 10 items and 2 to 8 partners."""
        object.__setattr__(self, "items", check_items(self.items, "items", 2, 10))
        object.__setattr__(self, "partners", check_items(self.partners, "partners", 2, 8))

    def fields(self) -> dict[str, object]:
        """Return items and partners."""
        return {"items": items_to_json(self.items), "partners": items_to_json(self.partners)}

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Self:
        """Return the question that `fields` described."""
        listed = {name: items_from_json(fields.get(name)) for name in ("items", "partners")}
        return cls(**fields | listed)

    def accepts(self, answer: object) -> bool:
        """Return whether the answer maps items to partners."""
        return answer is None or _is_mapping(answer, self.items, self.partners)

    def read(self, answer: object) -> Reading:
        """Return the partner of each item."""
        return _read(answer, self.items, self.partners)

    def judge(self, key: Key, value: Any, points: float) -> Judgement:
        """Return the judgement: each item is worth the same."""
        return _judge(self.items, key, value, points)

    def check_key(self, key: Key, points: float) -> None:
        """Check that every item has a partner."""
        _check_key(key, points, self.items, self.partners)


@dataclass(frozen=True)
class SortIntoBins(Question):
    """Put each of `items` into one of `bins`.

    Raises:
        QuestionError: not 2 to 12 items and 2 to 4 bins, or two alike.
    """

    items: Mapping[str, str]
    bins: Mapping[str, str]
    kind: ClassVar[str] = "sort_into_bins"
    script: ClassVar[str] = "bins"

    @property
    def rule(self) -> str:
        """How part of the points is earned, as the trainee reads it."""
        return "Setiap isian di tempat yang benar bernilai sama."

    def check(self) -> None:
        """Check for 2 to 12 items and 2 to 4 bins."""
        object.__setattr__(self, "items", check_items(self.items, "items", 2, 12))
        object.__setattr__(self, "bins", check_items(self.bins, "bins", 2, 4))

    def fields(self) -> dict[str, object]:
        """Return items and bins."""
        return {"items": items_to_json(self.items), "bins": items_to_json(self.bins)}

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Self:
        """Return the question that `fields` described."""
        listed = {name: items_from_json(fields.get(name)) for name in ("items", "bins")}
        return cls(**fields | listed)

    def accepts(self, answer: object) -> bool:
        """Return whether the answer maps items to bins."""
        return answer is None or _is_mapping(answer, self.items, self.bins)

    def read(self, answer: object) -> Reading:
        """Return the bin of each item."""
        return _read(answer, self.items, self.bins)

    def judge(self, key: Key, value: Any, points: float) -> Judgement:
        """Return the judgement: each item is worth the same."""
        return _judge(self.items, key, value, points)

    def check_key(self, key: Key, points: float) -> None:
        """Check that every item has a bin."""
        _check_key(key, points, self.items, self.bins)


def _is_mapping(answer: object, items: Mapping[str, str], places: Mapping[str, str]) -> bool:
    return isinstance(answer, dict) and all(
        item in items and isinstance(place, str) and place in places
        for item, place in answer.items()
    )


def _read(answer: object, items: Mapping[str, str], places: Mapping[str, str]) -> Reading:
    if answer is None or answer == {}:
        return Empty()
    if not isinstance(answer, dict) or not _is_mapping(answer, items, places):
        return Refused(UNREAD)
    placed = {item: answer[item] for item in items if item in answer}
    shown = (f"{items[item]} → {places[place]}" for item, place in placed.items())
    return Answered(placed, "\n".join(shown))


def _judge(items: Iterable[str], key: Key, value: Any, points: float) -> Judgement:
    right = _places(key)
    parts = {item: item in value and value[item] == right.get(item) for item in items}
    wrong = [(item, value[item]) for item, fits in parts.items() if not fits and item in value]
    messages = tuple(found[1] for pair in wrong if (found := key.foresee(pair)))
    return Judgement(share(points, list(parts.values())), messages, parts)


def _check_key(
    key: Key, points: float, items: Mapping[str, str], places: Mapping[str, str]
) -> None:
    right = _places(key)
    if set(right) != set(items):
        raise QuestionError(f"key {key.right!r}: say for each of {list(items)} where it belongs")
    if not _is_mapping(right, items, places):
        raise QuestionError(f"key {key.right!r}: places are {list(places)}")
    for pair in key.near:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise QuestionError(f"near answer {pair!r}: write (item, place)")
        item, place = pair
        if item not in items or place not in places:
            raise QuestionError(f"near answer {pair!r}: no such item or place")
        if right[item] == place:
            raise QuestionError(f"near answer {pair!r} is already right")
    check_messages(key, points, whole=False)
    refuse_tolerance(key)


def _places(key: Key) -> dict[str, object]:
    if not isinstance(key.right, Mapping):
        raise QuestionError(f"key {key.right!r}: item -> where it belongs")
    return dict(key.right)
