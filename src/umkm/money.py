"""Rupiah: whole amounts, as Indonesians write, read and say them.

>>> parse_rupiah("1,5 jt")
Amount(value=1500000)
>>> parse_rupiah("15").message
'Maksud Anda Rp15 atau Rp15.000?'
>>> format_rupiah(1_250_000)
'Rp1.250.000'
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from typing import Final

from umkm.number_words import fold_digits, from_words, in_words, read_numeral

LARGEST: Final = 10**15
"""More than any budget of the city: beyond it, somebody's finger stayed on the zero."""

_ASK_EMPTY: Final = "Tulis jumlah uangnya, misalnya 15.000 atau 15rb."
_ASK_AGAIN: Final = "Jumlah ini belum bisa dibaca. Tulis misalnya 15.000, 15rb, atau 1,5 jt."
_ASK_ONE: Final = "Tulis satu jumlah saja, misalnya 15.000."
_ASK_WHOLE: Final = "Tulis jumlah bulat, tanpa sen. Misalnya 15.000."
_ASK_SMALLER: Final = "Jumlah ini terlalu besar. Periksa lagi banyaknya nol."

_MAX_TYPED: Final = 200
_TINY: Final = 1_000  # "15" is more often said for fifteen thousand than for fifteen Rupiah
_HUGE_COUNT: Final = 10_000  # "15000 rb" is more often a doubled thousand than 15 million
# "2 triliun 3 miliar 4 juta 5 ribu 600" has five parts; nobody says more, and the ways to read
# several parts multiply.
_MOST_PARTS: Final = 5

_UNITS: Final = {
    **dict.fromkeys(("rb", "rbu", "ribu", "rebu", "k"), (10**3,)),
    **dict.fromkeys(("jt", "jta", "juta"), (10**6,)),
    **dict.fromkeys(("miliar", "milyar", "milliar", "mlyr"), (10**9,)),
    **dict.fromkeys(("triliun", "trilyun"), (10**12,)),
    "m": (
        10**6,
        10**9,
    ),  # miliar in Indonesia, million to whoever learnt it from an app
}
_MULTIPLES: Final = {"": 1, "puluh": 10, "ratus": 100}
_PART: Final = re.compile(
    r"\s*(?P<numeral>\d(?:[\d.,' ]*\d)?)\s*"
    r"(?:(?P<multiple>puluh|ratus)(?![a-z])\s*)?"
    rf"(?:(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?![a-z])\.?)?\s*"
)
_CURRENCY_BEFORE: Final = re.compile(r"(?:rp|idr)(?![a-z])\s*[.:]?\s*")
_CURRENCY_AFTER: Final = re.compile(r"\s*(?:rupiah|perak|idr)\s*$")
# What `format_rupiah` writes for a tiny amount settles the question that a bare "15" raises.
_PRINTED: Final = re.compile(r"-?Rp[1-9][0-9]{0,2}")
_NO_CENTS: Final = re.compile(
    r"\s*(?:[.,]?[-=]{1,3}|[.,])$"
)  # the ",-" that closes a written amount
_RANGE: Final = re.compile(
    r"\d\s*[a-z]*\s*(?:-|–|—|/|~|\bs/?d\b|\bsampai\b|\batau\b)\s*(?:rp)?\W*\d"
)


@dataclass(frozen=True)
class Amount:
    """What was typed means exactly this many Rupiah."""

    value: int


@dataclass(frozen=True)
class Ambiguous:
    """What was typed could mean each of `candidates`, smallest first."""

    candidates: tuple[int, ...]

    @property
    def message(self) -> str:
        """Return the question to ask back."""
        *others, last = (format_rupiah(value) for value in self.candidates)
        return f"Maksud Anda {', '.join(others)} atau {last}?"


@dataclass(frozen=True)
class NotAnAmount:
    """What was typed is no amount; `message` says what to type instead."""

    message: str


@dataclass(frozen=True)
class _Part:
    """One numeral with its unit: the `1,5 jt` of `Rp 1,5 jt`."""

    numeral: str
    scales: tuple[int, ...]

    @property
    def scaled(self) -> bool:
        return self.scales != (1,)


def parse_rupiah(text: object) -> Amount | Ambiguous | NotAnAmount:
    """Return which amount was typed. Total: whatever comes in, it never raises and never guesses.

    Dots group thousands and a comma begins decimals, as Indonesian law and schools have it;
    the English way round is understood where it can mean nothing else.
    """
    if not isinstance(text, str):
        return NotAnAmount(_ASK_AGAIN)
    typed = fold_digits(text[: _MAX_TYPED + 1])
    if not typed:
        return NotAnAmount(_ASK_EMPTY)
    if len(text) > _MAX_TYPED:
        return NotAnAmount(_ASK_AGAIN)
    if _RANGE.search(typed):
        return NotAnAmount(_ASK_ONE)
    sign, exact, bare = _strip_marks(typed)
    return _conclude(_meanings(sign, bare, exact=exact or bool(_PRINTED.fullmatch(text))))


def format_rupiah(value: int) -> str:
    """Return an amount the way it is printed: `Rp1.250.000`, `-Rp5.000`."""
    return f"{'-' if value < 0 else ''}Rp{group_digits(abs(value))}"


def group_digits(value: int) -> str:
    """Return a whole number with Indonesian thousands dots: `1.250.000`."""
    # Babel's tables are large: a page or grader that shows no number never loads them.
    from babel.numbers import format_decimal  # noqa: PLC0415

    return format_decimal(value, locale="id_ID")


def rupiah_in_words(value: int) -> str:
    """Return an amount as it is said: `satu juta dua ratus lima puluh ribu rupiah`."""
    return f"{in_words(value)} rupiah"


def _strip_marks(typed: str) -> tuple[int, bool, str]:
    """Return the sign, whether single Rupiah are meant (`500 perak`), and the bare number."""
    rest, sign, exact = typed, 1, False
    if rest.startswith("-"):
        rest, sign = rest[1:].lstrip(), -1
    if currency := _CURRENCY_BEFORE.match(rest):
        rest = rest[currency.end() :]
        if sign == 1 and rest.startswith("-"):
            rest, sign = rest[1:].lstrip(), -1
    if currency := _CURRENCY_AFTER.search(rest):
        rest, exact = rest[: currency.start()], True
    return sign, exact, _NO_CENTS.sub("", rest)


def _meanings(sign: int, bare: str, *, exact: bool) -> Iterable[Fraction]:
    if (spoken := from_words(bare)) is not None:
        return [Fraction(sign * spoken)]
    parts = _split(bare)
    return [sign * value for value in _readings(parts, exact=exact)] if parts else []


def _split(bare: str) -> list[_Part] | None:
    parts: list[_Part] = []
    position = 0
    while position < len(bare):
        found = _PART.match(bare, position)
        if found is None or len(parts) == _MOST_PARTS:
            return None
        multiple = _MULTIPLES[found["multiple"] or ""]
        scales = _UNITS[found["unit"]] if found["unit"] else (1,)
        parts.append(_Part(found["numeral"], tuple(multiple * scale for scale in scales)))
        position = found.end()
    return parts or None


def _readings(parts: list[_Part], *, exact: bool) -> Iterable[Fraction]:
    if len(parts) == 1:
        return _single(parts[0], exact=exact)
    sums: list[Fraction] = []
    for scales in product(*(part.scales for part in parts)):
        if any(below >= above for above, below in pairwise(scales)):
            continue  # "1 juta 2 miliar" and "1 juta 2 juta" are no amounts
        choices = [_addends(part, scales, index) for index, part in enumerate(parts)]
        sums.extend(sum(choice, Fraction(0)) for choice in product(*choices))
    return sums


def _single(part: _Part, *, exact: bool) -> list[Fraction]:
    readings: list[Fraction] = []
    for value in read_numeral(part.numeral, part.scaled):
        if not part.scaled:
            readings.append(value)
            if value.denominator != 1:
                # "1,5" alone: nobody has half a Rupiah, so a unit was left out.
                readings[-1:] = [value * 10**3, value * 10**6] if value < _TINY else [value]
            elif 0 < value < _TINY and not exact:
                readings.append(value * 10**3)
        else:
            readings.extend(value * scale for scale in part.scales)
            if value >= _HUGE_COUNT:
                readings.append(value)
    return readings


def _addends(part: _Part, scales: tuple[int, ...], index: int) -> list[Fraction]:
    """Return what one part of `1 jt 250 rb` may add; each must fit below the part before it."""
    values = [value * scales[index] for value in read_numeral(part.numeral, part.scaled)]
    if index == 0:
        return values if part.scaled else []
    room = scales[index - 1]
    if not part.scaled and index == len(scales) - 1 and room > _TINY:
        # "1 jt 500": five hundred, or five hundred thousand said short.
        values += [value * _TINY for value in values if 0 < value < _TINY]
    return [value for value in values if value < room]


def _conclude(readings: Iterable[Fraction]) -> Amount | Ambiguous | NotAnAmount:
    found = set(readings)
    if not found:
        return NotAnAmount(_ASK_AGAIN)
    whole = sorted(int(value) for value in found if value.denominator == 1)
    if not whole:
        return NotAnAmount(_ASK_WHOLE)
    possible = tuple(value for value in whole if abs(value) <= LARGEST)
    if not possible:
        return NotAnAmount(_ASK_SMALLER)
    return Amount(possible[0]) if len(possible) == 1 else Ambiguous(possible)
