"""Find the heading of a list, and the meaning of its columns."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from umkm.errors import InputError
from umkm_tools.base.spreadsheet_import.files import cell_text

_SUM: Final = re.compile(r"(sub|grand )?\s*total|jumlah|saldo", re.IGNORECASE)
_MOST_HEADING: Final = 40


@dataclass(frozen=True)
class Fields:
    """The columns that a tool looks for in a list.

    `labels` is what a person sees; `words` are headings as lists have them, the surest first;
    without all of `needed` a row is no heading.
    """

    labels: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    needed: frozenset[str]


@dataclass(frozen=True)
class Listed:
    """A file with its heading found: what its columns are called and which is probably what.

    `start` is the heading's place among the rows, -1 where the list has none. `signature` tells
    lists of the same make, so that a phone may remember their columns.
    """

    rows: tuple[Sequence[Any], ...]
    start: int
    headings: tuple[str, ...]
    guess: Mapping[str, int]
    signature: str

    @property
    def below(self) -> tuple[Sequence[Any], ...]:
        """Return the rows below the heading."""
        return self.rows[self.start + 1 :]

    def entries(self, columns: Mapping[str, int]) -> Iterator[tuple[int, dict[str, Any]]]:
        """Return the cells of each row below the heading by name, with the row's number in its file.

        Empty rows and sums are left out.
        """
        for number, row in enumerate(self.below, self.start + 2):
            cells = {name: row[place] for name, place in columns.items() if place < len(row)}
            if any(map(cell_text, cells.values())) and not _is_sum(row, cells.get("on")):
                yield number, cells

    def column(self, place: int) -> list[Any]:
        """Return the cells below a heading."""
        return [row[place] for row in self.below if place < len(row)]

    def heading(self, place: int) -> str:
        """Return the words above a column; none where a list has fewer columns."""
        return self.headings[place] if place < len(self.headings) else ""

    @property
    def example(self) -> list[str]:
        """Return the first row below the heading, a short text a column."""
        row: Sequence[Any] = next(iter(self.below), ())
        cells = [cell_text(cell)[:24] for cell in row]
        return [*cells, *[""] * (len(self.headings) - len(cells))][: len(self.headings)]


def find_heading(rows: Sequence[Sequence[Any]], fields: Fields, no_list: str) -> Listed:
    """Find a list's heading: of the first rows, the one with most columns that are known.

    Raises:
        InputError: no row could be a heading; the message is `no_list`.
    """
    best: dict[str, int] = {}
    start = -1
    for number, row in enumerate(rows[:_MOST_HEADING]):
        found = _guess([cell_text(cell) for cell in row], fields)
        if len(found) > len(best):
            best, start = found, number
    if start < 0:
        start = next(
            (n for n, row in enumerate(rows) if sum(map(bool, map(cell_text, row))) > 1), -1
        )
    if start < 0:
        raise InputError(no_list, "file")
    return listed_from(rows, start, best)


def listed_from(rows: Sequence[Sequence[Any]], start: int, guess: Mapping[str, int]) -> Listed:
    """Return a list whose heading is known to stand at `start`, or nowhere (-1)."""
    if start < 0:
        headings = tuple(f"Kolom {place}" for place in range(1, max(map(len, rows)) + 1))
    else:
        headings = tuple(
            cell_text(cell)[:60] or f"Kolom {place}" for place, cell in enumerate(rows[start], 1)
        )
    mark = hashlib.sha256("|".join(headings).casefold().encode()).hexdigest()[:16]
    return Listed(tuple(rows), start, headings, guess, mark)


def usable(headings: Sequence[str], fields: Fields, remembered: object) -> dict[str, int]:
    """Return the columns that a phone chose, as far as a list with these headings has such."""
    chosen = remembered if isinstance(remembered, Mapping) else {}
    return {
        name: place
        for name in fields.labels
        if type(place := chosen.get(name)) is int and 0 <= place < len(headings)
    }


def _is_sum(row: Sequence[Any], day: Any) -> bool:
    """Return whether a row is a sum below the others, by its words; `day` is its cell for the day."""
    return (
        not cell_text(day)
        and any(isinstance(cell, str) and _SUM.match(cell.strip()) for cell in row)
    ) or bool(isinstance(day, str) and _SUM.match(day.strip()))


def _has_word(text: str, word: str) -> bool:
    return f" {word} " in f" {text} "


def _guess(headings: Sequence[str], fields: Fields) -> dict[str, int]:
    plain = [" ".join(re.sub(r"[^a-z ]", " ", text.lower()).split()) for text in headings]
    found: dict[str, int] = {}
    # Whole words only: "jam" stands in "pinjam", and "wa" in "waktu".
    for alike in (str.__eq__, _has_word):
        for name, words in fields.words.items():
            if name in found:
                continue
            for word in words:
                place = next(
                    (n for n, text in enumerate(plain)
                     if text and n not in found.values() and len(text) <= 40 and alike(text, word)),
                    None,
                )  # fmt: skip
                if place is not None:
                    found[name] = place
                    break
    return found if fields.needed <= found.keys() else {}
