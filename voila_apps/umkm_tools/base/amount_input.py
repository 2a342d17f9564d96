"""Amounts and counts that a person typed into the form of a practice tool."""

from collections.abc import Mapping
from typing import Any

from umkm.errors import InputError
from umkm.money import Ambiguous, Amount, format_rupiah, parse_rupiah
from umkm.quantities import Quantity, parse_number


class UnclearAmount(InputError):
    """Raised for an amount that can be read in several ways; `choices` lists them as printed."""

    def __init__(self, message: str, field: str, candidates: tuple[int, ...]) -> None:
        super().__init__(message, field)
        self.choices = [format_rupiah(one) for one in candidates]


def rupiah_in(form: Mapping[str, Any], field: str, label: str, *, needed: bool = False) -> int:
    """Return the Rupiah typed into a field; 0 where it is empty and not needed.

    Raises:
        UnclearAmount: it could mean several amounts.
        InputError: it is none; `field` says which field.
    """
    typed = form.get(field, "")
    if not isinstance(typed, str) or (not typed.strip() and not needed):
        return 0
    match parse_rupiah(typed):
        case Amount(value):
            return value
        case Ambiguous(candidates) as unclear:
            raise UnclearAmount(f"{label}: {unclear.message}", field, candidates)
        case refused:
            raise InputError(f"{label}: {refused.message}", field)


def count_in(form: Mapping[str, Any], field: str, label: str, most: int) -> int:
    """Return the whole number from 0 to `most` typed into a field; 0 where it is empty.

    Raises:
        InputError: it is none, or outside of that; `field` says which field.
    """
    typed = form.get(field, "")
    if not isinstance(typed, str) or not typed.strip():
        return 0
    match parse_number(typed):
        case Quantity(value) if value.denominator == 1 and 0 <= value <= most:
            return int(value)
        case _:
            raise InputError(f"{label}: tulis angka bulat dari 0 sampai {most}.", field)
