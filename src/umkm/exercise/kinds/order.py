"""Put in order: steps of a day, steps of a calculation."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
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
    is_subset,
    items_from_json,
    items_to_json,
)


@dataclass(frozen=True)
class PutInOrder(Question):
    """Put `items` in order; they are shown at first as they stand here, which is never right.

    Raises:
        QuestionError: not 3 to 8 items, or two alike.
    """

    items: Mapping[str, str]
    kind: ClassVar[str] = "put_in_order"
    script: ClassVar[str] = "order"

    @property
    def rule(self) -> str:
        """How part of the points is earned, as the trainee reads it."""
        return "Makin sedikit yang harus dipindah lagi, makin tinggi nilainya."

    def check(self) -> None:
        """Check for 3 to 8 items."""
        object.__setattr__(self, "items", check_items(self.items, "items", 3, 8))

    def fields(self) -> dict[str, object]:
        """Return the items."""
        return {"items": items_to_json(self.items)}

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Self:
        """Return the question that `fields` described."""
        return cls(**fields | {"items": items_from_json(fields.get("items"))})

    def accepts(self, answer: object) -> bool:
        """Return whether the answer lists all items, each once."""
        return answer is None or (
            is_subset(answer, self.items)
            and isinstance(answer, list)
            and len(answer) == len(self.items)
        )

    def read(self, answer: object) -> Reading:
        """Return the order."""
        if answer is None or answer == []:
            return Empty()
        if not isinstance(answer, list) or not self.accepts(answer):
            return Refused(UNREAD)
        lines = (f"{place}. {self.items[item]}" for place, item in enumerate(answer, start=1))
        return Answered(tuple(answer), "\n".join(lines))

    def judge(self, key: Key, value: Any, points: float) -> Judgement:
        """Return the judgement by the longest rising run of items, less the one that any order has."""
        place = {item: index for index, item in enumerate(_listed(key))}
        run = _longest_run([place[item] for item in value])
        stays = {value[index] for index in run} if len(run) > 1 else set()
        parts = {item: item in stays for item in value}
        if all(parts.values()):
            return Judgement(points, (), parts)
        swapped = [
            found[1]
            for index, first in enumerate(value)
            for later in value[index + 1 :]
            if place[first] > place[later] and (found := key.foresee((first, later)))
        ]
        earned = round(points * (len(run) - 1) / (len(value) - 1), 2)
        return Judgement(earned, tuple(swapped), parts)

    def check_key(self, key: Key, points: float) -> None:
        """Check that the key lists all items, each once, not as they are shown at first."""
        right = _listed(key)
        if not right or not self.accepts(right):
            raise QuestionError(f"key {key.right!r}: each of {list(self.items)} once, in order")
        if right == list(self.items):
            raise QuestionError("the items already stand in the right order; mix them")
        for pair in key.near:
            if not isinstance(pair, tuple) or len(pair) != 2 or not set(pair) <= set(right):
                raise QuestionError(f"near answer {pair!r}: write (what stands first, what later)")
            if right.index(pair[0]) <= right.index(pair[1]):
                raise QuestionError(f"near answer {pair!r} is already right")
        check_messages(key, points, whole=False)
        refuse_tolerance(key)


def _listed(key: Key) -> list[str]:
    if not isinstance(key.right, list | tuple):
        raise QuestionError(f"key {key.right!r}: a list of items in order")
    return list(key.right)


def _longest_run(places: Sequence[int]) -> list[int]:
    """Return the indexes of the most places that rise from left to right (patience sorting)."""
    tops: list[int] = []  # the index of the smallest place that ends a run of each length
    before: list[int | None] = []
    for index, place in enumerate(places):
        at = bisect_left([places[top] for top in tops], place)
        before.append(tops[at - 1] if at else None)
        tops[at : at + 1] = [index]
    run: list[int] = []
    last: int | None = tops[-1]
    while last is not None:
        run.append(last)
        last = before[last]
    return run[::-1]
