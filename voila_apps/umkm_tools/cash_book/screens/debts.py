"""The page *Bon*: who owes what, since when, and the words to remind them."""

from datetime import date
from typing import Any

from umkm.bookkeeping import Debt, Ledger, loans, payables, receivables, total_by_age
from umkm.calendar import long_day
from umkm.money import format_rupiah
from umkm_tools.cash_book.book_store import BookOwner


def debts_page(ledger: Ledger, today: date, owner: BookOwner) -> dict[str, Any]:
    """Return the receivables and payables of the business."""
    owed = receivables(ledger, today)
    return {
        "total": format_rupiah(sum(debt.amount for debt in owed)),
        "ages": [
            [age, format_rupiah(amount)] for age, amount in total_by_age(owed).items() if amount
        ],
        "owed": [_debt(debt, today) | {"reminder": _reminder(debt, owner)} for debt in owed],
        "owing": [_debt(debt, today) for debt in payables(ledger, today)],
        "loans": [_debt(debt, today) for debt in loans(ledger, today)],
    }


def _debt(debt: Debt, today: date) -> dict[str, Any]:
    days = debt.days(today)
    return {
        "person": debt.person,
        "amount": format_rupiah(debt.amount),
        "since": f"sejak {long_day(debt.since)} ({days} hari)",
        "old": days > 30,
    }


def _reminder(debt: Debt, owner: BookOwner) -> str:
    shop = owner.business_name.removesuffix(" (contoh)")
    return (
        f"Halo {debt.person}, ini dari {shop}. Mau mengingatkan, bon sejak {long_day(debt.since)} "
        f"masih {format_rupiah(debt.amount)}. Kalau sudah ada, boleh dibayar tunai atau transfer. "
        "Terima kasih banyak."
    )
