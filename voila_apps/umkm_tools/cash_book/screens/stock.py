"""The page *Stok*: what the stock is worth by the book, and what was counted last."""

from datetime import date
from typing import Any

from umkm.bookkeeping import Ledger, Transaction, cost_of_sales, month_of
from umkm.bookkeeping.accounts import PACKAGING
from umkm.calendar import long_day, month_name
from umkm.money import format_rupiah
from umkm.quantities import format_quantity


def stock_page(ledger: Ledger, today: date) -> dict[str, Any]:
    """Return the stock of this month, step by step to what was used of it."""
    since, until = month_of(today)
    cost = cost_of_sales(ledger, since, until)
    last = next(
        (e.transaction for e in reversed(ledger.between()) if e.transaction.kind == "hitung-stok"),
        None,
    )
    steps = (
        ("Stok awal bulan", cost.opening),
        ("Belanja", cost.purchases),
        ("Ongkos kirim", cost.freight),
        ("Dikembalikan", -cost.returns),
        ("Rusak atau diambil", -cost.lost),
        ("Stok sekarang menurut catatan", -cost.closing),
    )
    figures = [["Nilai stok menurut catatan", format_rupiah(ledger.balance(ledger.chart.stock))]]
    if packaging := ledger.balance(PACKAGING):
        figures.append(["Nilai kemasan", format_rupiah(packaging)])
    return {
        "figures": figures,
        "counted": f"Terakhir dihitung {long_day(last.on)}." if last else "Belum pernah dihitung.",
        "steps": [[label, format_rupiah(amount)] for label, amount in steps if amount],
        "cost": format_rupiah(cost.total),
        "month": month_name(today),
        "lines": counted_lines(last) if last else [],
    }


def counted_lines(transaction: Transaction) -> list[dict[str, str]]:
    """Return what was counted, as a person would write it."""
    return [
        {
            "name": line.name,
            "quantity": format_quantity(line.quantity),
            "cost": format_rupiah(line.unit_cost),
        }
        for line in transaction.counted
    ]
