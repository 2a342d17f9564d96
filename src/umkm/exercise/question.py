"""Base classes of the kinds of question, and checks they share."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Final, Self, TypeGuard

from umkm.errors import QuestionError
from umkm.exercise.keys import Key
from umkm.exercise.parsed_answers import UNREAD, Empty, Reading, Refused, clean_text, cut

MAX_PROMPT = 2_000
MAX_ITEM_TEXT = 300
_KIND = re.compile(r"[a-z][a-z0-9_]{1,39}")
_ITEM_ID = re.compile(r"[a-z0-9-]{1,40}")

Numbers = Mapping[str, int | str]

ANSWER_FIRST: Final = "Jawab dulu, lalu tekan Periksa."

#: Every kind of question by its name; `umkm.exercise.kinds` loads the modules that define them.
KINDS: Final[dict[str, type["Question"]]] = {}


def _register(kind: str, question: type["Question"]) -> None:
    if not _KIND.fullmatch(kind):
        raise QuestionError(f"kind {kind!r}: use a-z, 0-9 and '_', at most 40")
    if kind in KINDS and KINDS[kind].__qualname__ != question.__qualname__:
        raise QuestionError(f"kind {kind!r} is already {KINDS[kind].__qualname__}")
    KINDS[kind] = question


@dataclass(frozen=True)
class Judgement:
    """Points of an answer, messages about it, and which of its parts are right.

    `count` is how many of how many are right, where that is not simply the parts.
    """

    earned: float
    messages: tuple[str, ...] = ()
    parts: Mapping[str, bool] = field(default_factory=dict)
    count: tuple[int, int] | None = None


@dataclass(frozen=True)
class Question(ABC):
    """Base class of all kinds of question; the key is kept apart."""

    prompt: str
    #: The name of the kind: in JSON, in reports, and what authors call it by. Naming it registers it.
    kind: ClassVar[str]
    #: Whether people mark the answer.
    by_staff: ClassVar[bool] = False
    #: Whether an answer names photos, which the page may then send.
    takes_photos: ClassVar[bool] = False
    #: The name of the field script and style sheet, where it is not the name of the kind.
    script: ClassVar[str] = ""
    #: Words of practice: its button, what is said to an empty answer, and to one that staff would mark.
    check_label: ClassVar[str] = "Periksa"
    answer_first: ClassVar[str] = ANSWER_FIRST
    thanks: ClassVar[str] = "Terima kasih sudah menjawab."

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if kind := vars(cls).get("kind"):
            _register(kind, cls)

    def __post_init__(self) -> None:
        if not isinstance(self.prompt, str) or not self.prompt.strip():
            raise QuestionError(f"prompt {str(self.prompt)[:40]!r}: write a text")
        if len(self.prompt) > MAX_PROMPT:
            raise QuestionError(f"prompt {self.prompt[:40]!r}: at most {MAX_PROMPT} characters")
        self.check()

    @property
    def rule(self) -> str:
        """How part of the points is earned, as the trainee reads it."""
        return ""

    @property
    def staff_rubric(self) -> Mapping[str, float]:
        """What staff look for in an answer -> points; empty without a rubric."""
        return {}

    @abstractmethod
    def check(self) -> None:
        """Raise QuestionError where the question makes no sense."""

    @abstractmethod
    def fields(self) -> dict[str, object]:
        """Return what the kind adds to the prompt, as plain JSON."""

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Self:
        """Return the question that `fields` described; raises QuestionError or TypeError."""
        return cls(**fields)

    @abstractmethod
    def accepts(self, answer: object) -> bool:
        """Return whether an answer may be kept as a draft: its form and size, not its meaning."""

    @abstractmethod
    def read(self, answer: object) -> Reading:
        """Return the parsed answer, whatever JSON it is."""

    def salvage(self, answer: object) -> object | None:
        """Return the readable parts of an answer that `read` refuses, or None where it has no parts.

        Whoever left one cell unclear in an assignment loses that cell, not the others.
        """
        del answer
        return None

    @abstractmethod
    def judge(self, key: Key, value: Any, points: float) -> Judgement:
        """Return the judgement of a parsed value by the key."""

    @abstractmethod
    def check_key(self, key: Key, points: float) -> None:
        """Raise QuestionError where the key does not fit this question."""

    def solve(self, key: Key, numbers: Numbers) -> Key:
        """Return the key of one variant; by default nothing in a key depends on its numbers."""
        del numbers
        return key

    def readable(self, answer: object) -> str:
        """Return an answer that could not be read as plain text."""
        return cut(answer) if isinstance(answer, str) else "(jawaban tidak terbaca)"

    def photos(self, answer: object) -> tuple[str, ...]:
        """Return the names of the photos in an answer, whatever JSON it is."""
        del answer
        return ()

    def echo(self, answer: object) -> dict[str, object]:
        """Return what a page shows below the field while one answers; the key plays no part.

        `problem` is why the answer cannot be read, `ask` a question back with its `candidates`,
        `text` and `words` an amount and the words for it.
        """
        match self.read(answer):
            case Refused(message=message):
                return {"problem": message}
        return {}


class TypedQuestion(Question):
    """A question whose answer is a text as it was typed."""

    longest: ClassVar[int] = 200

    def accepts(self, answer: object) -> bool:
        """Return whether the answer is a text that is not too long."""
        return answer is None or (isinstance(answer, str) and len(answer) <= self.longest)

    def read(self, answer: object) -> Reading:
        """Return the parsed text."""
        if answer is None or (isinstance(answer, str) and not clean_text(answer).strip()):
            return Empty()
        return self.read_text(answer) if isinstance(answer, str) else Refused(UNREAD)

    @abstractmethod
    def read_text(self, text: str) -> Reading:
        """Return the parsed form of a text that is not blank."""

    def judge(self, key: Key, value: Any, points: float) -> Judgement:
        """Return full points for a right value, those of the key for a near one."""
        if self.is_right(key, value):
            return Judgement(points)
        found = key.foresee(value)
        return Judgement(0) if found is None else Judgement(found[0], (found[1],))

    @abstractmethod
    def is_right(self, key: Key, value: Any) -> bool:
        """Return whether a value is right."""


def share(points: float, parts: Sequence[bool]) -> float:
    """Return the points of the parts that are right, each worth the same."""
    right = sum(parts)
    return points if right == len(parts) else round(points * right / len(parts), 2)


def with_near(key: Key, right: object, near: Mapping[Any, Any]) -> Key:
    """Return a key with what is right and nearly right put in."""
    return replace(key, right=right, near=dict(near))


def is_whole(value: object) -> bool:
    """Return whether a JSON value is a whole number; `true` is not one."""
    return isinstance(value, int) and not isinstance(value, bool)


def check_items(items: object, what: str, fewest: int, most: int) -> dict[str, str]:
    """Return items (id -> text) that can be shown, in order.

    Raises:
        QuestionError: too few or many, an id that is none, a text that is empty or doubled.
    """
    if not isinstance(items, Mapping) or not fewest <= len(items) <= most:
        raise QuestionError(f"{what}: give {fewest} to {most}, id -> text")
    for item, text in items.items():
        if not isinstance(item, str) or not _ITEM_ID.fullmatch(item):
            raise QuestionError(f"{what}: id {item!r}: use a-z, 0-9 and '-', at most 40")
        if not isinstance(text, str) or not text.strip() or len(text) > MAX_ITEM_TEXT:
            raise QuestionError(f"{what}: give {item!r} a text of 1-{MAX_ITEM_TEXT}")
    if len({text.strip().casefold() for text in items.values()}) < len(items):
        raise QuestionError(f"{what}: two read the same")
    return dict(items)


def items_to_json(items: Mapping[str, str]) -> list[dict[str, str]]:
    """Return items as a list, because their order matters and an object's may be lost."""
    return [{"id": item, "text": text} for item, text in items.items()]


def items_from_json(listed: object) -> dict[str, str]:
    """Return what `items_to_json` wrote.

    Raises:
        QuestionError: any other JSON.
    """
    if not isinstance(listed, list):
        raise QuestionError("items: a list of {id, text}")
    items: dict[str, str] = {}
    for entry in listed:
        if not isinstance(entry, dict) or set(entry) != {"id", "text"}:
            raise QuestionError(f"item {entry!r}: an object with id and text")
        if not isinstance(entry["id"], str) or entry["id"] in items:
            raise QuestionError(f"item id {entry['id']!r}: a text used once")
        items[entry["id"]] = entry["text"]
    return items


def is_subset(answer: object, ids: Mapping[str, object]) -> TypeGuard[list[str]]:
    """Return whether an answer is a list of ids, each at most once."""
    return (
        isinstance(answer, list)
        and len(answer) <= len(ids)
        and all(isinstance(one, str) and one in ids for one in answer)
        and len(set(answer)) == len(answer)
    )
