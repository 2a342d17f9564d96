"""Transactions as JSON values and back."""

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from fractions import Fraction
from typing import Any, Final

from umkm.bookkeeping.errors import BookError
from umkm.bookkeeping.stock_taking import Counted
from umkm.bookkeeping.transactions import Transaction

_NUMBERS: Final = frozenset({"amount", "fee", "interest", "months"})
_QUANTITY: Final = re.compile(r"-?[0-9]{1,9}([./][0-9]{1,9})?", re.ASCII)
_UNREADABLE: Final = "Catatan ini tidak terbaca. Muat ulang halaman, lalu coba lagi."


def to_plain(transaction: Transaction) -> dict[str, Any]:
    """Return a transaction as JSON values, without what is empty."""
    plain: dict[str, Any] = {
        field.name: value
        for field in fields(transaction)
        if (value := getattr(transaction, field.name)) not in {"", 0, ()}
    }
    plain["on"] = transaction.on.isoformat()
    plain["amount"] = transaction.amount
    if transaction.counted:
        plain["counted"] = [
            [line.name, str(line.quantity), line.unit_cost] for line in transaction.counted
        ]
    return plain


def from_plain(plain: object) -> Transaction:
    """Return the transaction that JSON values mean. Total: whatever comes in.

    Raises:
        BookError: they mean none.
    """
    if not isinstance(plain, Mapping) or not isinstance(plain.get("counted", []), list):
        raise BookError(_UNREADABLE)
    known = {field.name: field.default for field in fields(Transaction)}
    values = {name: value for name, value in plain.items() if name in known}
    try:
        for name, value in values.items():
            if name in {"on", "counted"}:
                continue
            # bool is an int to Python, but no amount.
            if type(value) is not (int if name in _NUMBERS else str):
                raise BookError(_UNREADABLE, name)
        values["on"] = date.fromisoformat(values["on"])
        values["counted"] = tuple(_counted(line) for line in values.get("counted", []))
        return Transaction(**values)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        raise BookError(_UNREADABLE) from None


def _counted(line: object) -> Counted:
    if not isinstance(line, list | tuple):
        raise TypeError
    name, quantity, cost = line
    if not isinstance(name, str) or not isinstance(quantity, str) or type(cost) is not int:
        raise TypeError
    # "1e99999999" is a Fraction too, of a hundred million digits.
    if not _QUANTITY.fullmatch(quantity):
        raise ValueError
    return Counted(name, Fraction(quantity), cost)
