"""Spot it: tap what is wrong on a piece of paper drawn by us."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self, get_args

from umkm.errors import QuestionError
from umkm.exercise.keys import Key, check_messages
from umkm.exercise.kinds.choices import check_options, refuse_tolerance
from umkm.exercise.parsed_answers import UNREAD, Answered, Empty, Reading, Refused
from umkm.exercise.question import (
    Judgement,
    Question,
    check_items,
    is_subset,
    is_whole,
    items_from_json,
    items_to_json,
)

Paper = Literal["nota", "bon", "bukti", "pesan", "poster", "stiker"]


@dataclass(frozen=True)
class SpotIt(Question):
    """Tap up to `most` wrong `parts` of a paper; a part reads `label: value`, or just a text.

    `paper` says what is drawn: a printed receipt, a page of a debt book, a proof of payment on a
    phone, a chat message, a poster, a sticker with a QR code that no device can read.

    Raises:
        QuestionError: an unknown paper, not 3 to 12 parts, or `most` not below their number.
    """

    paper: Paper
    parts: Mapping[str, str]
    most: int = 1
    kind: ClassVar[str] = "spot_it"
    script: ClassVar[str] = "spots"

    @property
    def rule(self) -> str:
        """How many may be tapped, and what a wrong tap costs, as the trainee reads it."""
        if self.most == 1:
            return "Ketuk satu bagian."
        return f"Ketuk paling banyak {self.most} bagian. Ketukan yang salah mengurangi nilai."

    def check(self) -> None:
        """Check for a known paper with 3 to 12 parts."""
        if self.paper not in get_args(Paper):
            raise QuestionError(f"paper {self.paper!r}: one of {', '.join(get_args(Paper))}")
        object.__setattr__(self, "parts", check_items(self.parts, "parts", 3, 12))
        if not is_whole(self.most) or not 1 <= self.most < len(self.parts):
            raise QuestionError(f"most {self.most!r}: from 1 to fewer than there are parts")

    def fields(self) -> dict[str, object]:
        """Return the paper and its parts."""
        return {"paper": self.paper, "parts": items_to_json(self.parts), "most": self.most}

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Self:
        """Return the question that `fields` described."""
        return cls(**fields | {"parts": items_from_json(fields.get("parts"))})

    def accepts(self, answer: object) -> bool:
        """Return whether the answer lists parts, each once, no more than may be tapped."""
        return answer is None or (
            isinstance(answer, list) and is_subset(answer, self.parts) and len(answer) <= self.most
        )

    def read(self, answer: object) -> Reading:
        """Return the parts that were tapped, in the order they are shown."""
        if answer is None or answer == []:
            return Empty()
        if not isinstance(answer, list) or not self.accepts(answer):
            return Refused(UNREAD)
        tapped = [part for part in self.parts if part in answer]
        return Answered(tuple(tapped), "; ".join(self.parts[part] for part in tapped))

    def judge(self, key: Key, value: Any, points: float) -> Judgement:
        """Return right taps minus wrong taps, as a share of all wrong parts of the paper."""
        wanted = _listed(key.right)
        hits = sum(part in wanted for part in value)
        parts = {part: part in wanted for part in value}
        messages = [
            found[1] for part in value if part not in wanted and (found := key.foresee(part))
        ]
        net = max(0, hits - (len(value) - hits))
        earned = points if net == len(wanted) else round(points * net / len(wanted), 2)
        return Judgement(earned, tuple(messages), parts, (hits, len(wanted)))

    def check_key(self, key: Key, points: float) -> None:
        """Check that the key names as many parts as may be tapped."""
        wanted = _listed(key.right)
        for part in (*wanted, *key.near):
            check_options(part, self.parts)
        if len(set(wanted)) != self.most:
            raise QuestionError(f"key {key.right!r}: name the {self.most} parts that are wrong")
        if both := set(wanted) & set(key.near):
            raise QuestionError(f"near answer {min(both)!r} is already right")
        check_messages(key, points, whole=False)
        refuse_tolerance(key)


def _listed(right: object) -> tuple[Any, ...]:
    return tuple(right) if isinstance(right, list | tuple) else (right,)
