"""Plain numbers with a unit, as people type them: `12,5 %`, `1.500 porsi`, `dua belas`.

>>> parse_number("12,5 persen", "%")
Quantity(value=Fraction(25, 2))
>>> format_quantity(Fraction(25, 2), "%")
'12,5%'
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from umkm.number_words import fold_digits, from_words, read_numeral

_MAX_TYPED: Final = 100
_NUMERAL: Final = re.compile(r"\d(?:[\d.,' ]*\d)?")
_SAID_ALIKE: Final = {"%": ("%", "persen", "prosen", "pct")}
_ASK: Final = "Angka ini belum bisa dibaca. Tulis misalnya 12 atau 12,5."


@dataclass(frozen=True)
class Quantity:
    """What was typed means exactly this number."""

    value: Fraction


@dataclass(frozen=True)
class UnclearNumber:
    """What was typed could mean each of `candidates`, smallest first."""

    candidates: tuple[Fraction, ...]

    @property
    def message(self) -> str:
        """Return the question to ask back."""
        *others, last = (format_quantity(value) for value in self.candidates)
        return f"Maksud Anda {', '.join(others)} atau {last}?"


@dataclass(frozen=True)
class NotANumber:
    """What was typed is no number; `message` says what to type instead."""

    message: str


def parse_number(
    text: object, unit: str = "", *, decimals: bool = True
) -> Quantity | UnclearNumber | NotANumber:
    """Return which number was typed, with or without its unit. Total: it never raises.

    A comma begins decimals and dots group thousands; `1,500` could be either and is asked back
    where decimals make sense.
    """
    if not isinstance(text, str) or len(text) > _MAX_TYPED:
        return NotANumber(_ASK)
    typed = _without_unit(fold_digits(text), unit)
    sign = -1 if typed.startswith("-") else 1
    bare = typed.removeprefix("-").strip()
    if (spoken := from_words(bare)) is not None:
        return Quantity(Fraction(sign * spoken))
    if not _NUMERAL.fullmatch(bare):
        return NotANumber(_ASK)
    both_ways = decimals and "," in bare and "." not in bare
    values = sorted({sign * value for value in read_numeral(bare, both_ways)})
    if not values:
        return NotANumber(_ASK)
    return Quantity(values[0]) if len(values) == 1 else UnclearNumber(tuple(values))


def format_quantity(value: Fraction | float, unit: str = "") -> str:
    """Return a number the way it is printed: `1.500 porsi`, `12,5%`."""
    # Babel's tables are large: a page or grader that shows no number never loads them.
    from babel.numbers import format_decimal  # noqa: PLC0415

    written = str(format_decimal(round(float(value), 6), format="#,##0.######", locale="id_ID"))
    return f"{written}{'' if unit == '%' or not unit else ' '}{unit}"


def _without_unit(typed: str, unit: str) -> str:
    spellings = _SAID_ALIKE.get(unit, (fold_digits(unit),)) if unit else ()
    for word in spellings:
        if typed.endswith(word):
            return typed[: -len(word)].strip()
    return typed
