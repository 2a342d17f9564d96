"""Parse the forms of the cash book into transactions."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from umkm.bookkeeping import BookError, Counted, Transaction
from umkm.bookkeeping.errors import WrongAmount, WrongDay
from umkm.bookkeeping.kinds import KINDS
from umkm.errors import InputError
from umkm.money import Ambiguous, Amount, format_rupiah, parse_rupiah, rupiah_in_words
from umkm.quantities import Quantity, parse_number

_OPTIONAL: Final = frozenset({"fee", "interest"})
_NO_COUNT: Final = "Hitung dulu barangnya: tulis nama, jumlah, dan harga beli."


def transaction_of(form: Mapping[str, Any], name: str) -> Transaction:
    """Return the transaction that a filled-in form means.

    Args:
        form: fields by name, as text; `counted` is a list of `name`, `quantity` and `cost`.
        name: the id the phone gave it.

    Raises:
        InputError: a field cannot be read; `field` says which.
    """
    kind = _text(form, "kind")
    asks = KINDS[kind].asks if kind in KINDS else ()
    counted = _counted(form.get("counted")) if kind == "hitung-stok" else ()
    return Transaction(
        name,
        kind,
        _day(_text(form, "on")),
        0 if counted else _rupiah(form, "amount"),
        _text(form, "person"),
        _text(form, "note"),
        _text(form, "category"),
        _text(form, "money") or "kas",
        fee=_rupiah(form, "fee") if "fee" in asks else 0,
        interest=_rupiah(form, "interest") if "interest" in asks else 0,
        months=_months(_text(form, "months")) if "months" in asks else 0,
        counted=counted,
    )


def echo_of(text: object) -> dict[str, Any]:
    """Return what an amount that is being typed is understood as, for the line below its field."""
    if not isinstance(text, str) or not text.strip():
        return {}
    match parse_rupiah(text):
        case Amount(value):
            return {"said": f"{format_rupiah(value)} ({rupiah_in_words(value)})"}
        case Ambiguous(candidates) as unclear:
            return {"ask": unclear.message, "choices": [format_rupiah(one) for one in candidates]}
        case refused:
            return {"bad": refused.message}


def _rupiah(form: Mapping[str, Any], field: str) -> int:
    typed = _text(form, field)
    if not typed.strip() and field in _OPTIONAL:
        return 0
    match parse_rupiah(typed):
        case Amount(value):
            return value
        case refused:
            raise WrongAmount(refused.message, field)


def _months(text: str) -> int:
    match parse_number(text, "bulan"):
        case Quantity(value) if value.denominator == 1 and abs(value) < 10**6:
            return int(value)
        case _:
            raise WrongAmount("Tulis berapa bulan alat ini akan dipakai, misalnya 48.", "months")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongDay("Pilih tanggalnya.") from None


def _counted(lines: object) -> tuple[Counted, ...]:
    if not isinstance(lines, list):
        return ()
    found = [_line(line, number) for number, line in enumerate(lines, 1) if _filled(line)]
    if not found:
        raise BookError(_NO_COUNT, "counted")
    return tuple(found)


def _filled(line: object) -> bool:
    return isinstance(line, Mapping) and any(
        _text(line, name).strip() for name in ("name", "quantity", "cost")
    )


def _line(line: Mapping[str, Any], number: int) -> Counted:
    name = " ".join(_text(line, "name").split())[:80] or f"Barang {number}"
    match parse_number(_text(line, "quantity"), ""):
        case Quantity(value) if 0 <= value < 10**6:
            # What the book keeps of a quantity: three decimals, as scales show them.
            quantity = Fraction(round(value * 1000), 1000)
        case _:
            raise InputError(f"{name}: jumlahnya belum bisa dibaca.", "counted")
    match parse_rupiah(_text(line, "cost")):
        case Amount(cost) if cost >= 0:
            return Counted(name, quantity, cost)
        case Ambiguous() as unclear:
            raise InputError(f"{name}: {unclear.message}", "counted")
        case _:
            raise InputError(f"{name}: harga belinya belum bisa dibaca.", "counted")


def _text(form: Mapping[str, Any], name: str) -> str:
    value = form.get(name, "")
    return value[:300] if isinstance(value, str) else ""
