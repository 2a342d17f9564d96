"""Parsed answers, and normalization of text as people send it."""

import re
import unicodedata
from dataclasses import dataclass

UNREAD = "Jawaban ini tidak terbaca. Silakan jawab lagi."
MAX_SHOWN = 200
CUT = " … (dipotong)"


@dataclass(frozen=True)
class Answered:
    """A well-formed answer: `value` for marking, `shown` for people (plain text, not HTML)."""

    value: object
    shown: str


@dataclass(frozen=True)
class Empty:
    """Nothing was answered."""


@dataclass(frozen=True)
class Refused:
    """An answer that cannot be used; `message` tells the trainee what to do."""

    message: str


Reading = Answered | Empty | Refused


def clean_text(text: str) -> str:
    """Return the text with one kind of line end and without characters no database or page takes.

    A phone that cuts an emoji in two sends half a surrogate pair; it becomes U+FFFD.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_printable(char) for char in lines)


def fold_text(text: str) -> str:
    """Return a text without case, accents, punctuation and spaces.

    `0812-3456` and `0812 3456` are one number, `mark up` and `markup` one word.
    """
    spread = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in spread if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "", bare.casefold())


def cut(text: str, limit: int = MAX_SHOWN) -> str:
    """Return a text as it is shown: clean, and cut where it is longer than `limit`."""
    clean = clean_text(text[: limit + 1]).strip()
    return clean[:limit] + CUT if len(text) > limit else clean


def _printable(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    return "" if category == "Cc" and char not in "\n\t" else char
