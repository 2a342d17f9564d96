"""Keys: right answers, near answers, and the misunderstandings that wrong answers show."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from umkm.errors import QuestionError

Near = tuple[float, str] | str
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


@dataclass(frozen=True)
class Key:
    """The right answer, and other answers that earn part of the points or show a misunderstanding.

    What `right` looks like depends on the kind of question. `near` maps a wrong answer, or a wrong
    part of one, to (points, message) or to a message alone. A message is a sentence, or the name
    of a misunderstanding in `table`. A number within `tolerance` of `right`
    counts as right.
    """

    right: object
    near: Mapping[object, Near] = field(default_factory=dict)
    tolerance: float = 0
    table: Mapping[str, str] = field(default_factory=dict)

    def foresee(self, wrong: object) -> tuple[float, str] | None:
        """Return the points and the message of a wrong answer that the key foresees."""
        entry = self.near.get(wrong) if is_hashable(wrong) else None
        if entry is None:
            return None
        return (0, entry) if isinstance(entry, str) else (entry[0], entry[1])

    def sentence(self, message: str) -> str:
        """Return the sentence a trainee reads; nothing for a name that the table lacks."""
        return self.table.get(message, "" if is_name(message) else message)

    @property
    def named(self) -> frozenset[str]:
        """The misunderstandings that the key names."""
        messages = [_split(answer, entry)[1] for answer, entry in self.near.items()]
        return frozenset(m for m in messages if isinstance(m, str) and is_name(m))

    def explained(self, table: Mapping[str, str]) -> "Key":
        """Return the same key with a course's table of misunderstandings."""
        return replace(self, table=dict(table))


def is_name(message: str) -> bool:
    """Return whether a message is the name of a misunderstanding (`omzet-bukan-laba`)."""
    return bool(_NAME.fullmatch(message))


def is_hashable(value: object) -> bool:
    """Return whether a value can be looked up in a mapping."""
    try:
        hash(value)
    except TypeError:
        return False
    return True


def is_points(value: object) -> bool:
    """Return whether a value is a number of points."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def check_messages(key: Key, points: float, *, whole: bool) -> None:
    """Check the points and messages of a key's near answers.

    `whole` answers may earn part of the points; a wrong part of an answer only has a message.

    Raises:
        QuestionError: points outside 0 to `points`, an empty message, a name nobody explained.
    """
    for answer, entry in key.near.items():
        earned, message = _split(answer, entry)
        if not is_points(earned) or not 0 <= earned <= points:
            raise QuestionError(f"near answer {answer!r}: points {earned!r} must be 0 to {points}")
        if earned and not whole:
            raise QuestionError(f"near answer {answer!r}: a part of an answer has no points here")
        if not isinstance(message, str) or not message.strip():
            raise QuestionError(f"near answer {answer!r}: say which misunderstanding it shows")
        if is_name(message) and message not in key.table:
            raise QuestionError(
                f"near answer {answer!r}: no misunderstanding is called {message!r}"
            )


def _split(answer: object, entry: object) -> tuple[float, object]:
    if isinstance(entry, str):
        return 0, entry
    if not isinstance(entry, tuple | list) or len(entry) != 2:
        raise QuestionError(f"near answer {answer!r}: give (points, message)")
    return entry[0], entry[1]
