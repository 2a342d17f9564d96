"""The pages *Catat* and *Buku*: what was written down, today and in a span of time."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from umkm.bookkeeping import Entry, Ledger, Summary, Transaction, summary, to_plain
from umkm.bookkeeping.kinds import KINDS, UNDO
from umkm.calendar import long_day, month_name, short_day
from umkm.money import format_rupiah
from umkm_tools.cash_book.screens.look import Look, period
from umkm_tools.cash_book.screens.stock import counted_lines

_DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
# Where the money of these goes is no expense and no purchase, so a minus sign would mislead.
_NEUTRAL: Final = frozenset({"jual-bon", "jual-qris", "jual-marketplace", "ke-bank", "dari-bank"})


def write_page(ledger: Ledger, today: date) -> dict[str, Any]:
    """Return the page where one writes down what happened."""
    seen = summary(ledger, today, today)
    people = {t.person: None for t in reversed(ledger.transactions) if t.person}
    return {
        "people": list(people)[:30],
        "figures": [
            ["Uang masuk hari ini", format_rupiah(seen.money_in)],
            ["Uang keluar hari ini", format_rupiah(seen.money_out)],
            ["Sisa kas dan bank", format_rupiah(seen.held)],
        ],
        "latest": [_entry(ledger, entry) for entry in _newest(ledger, 3)],
    }


def book_page(ledger: Ledger, look: Look, today: date) -> dict[str, Any]:
    """Return what was written down in a span of time."""
    since, until = period(look)
    seen = summary(ledger, since, until)
    before = since - timedelta(days=1)
    entries = [
        entry
        for entry in ledger.entries
        if since <= entry.transaction.on <= until and entry.transaction.kind != UNDO
    ]
    shown = entries[::-1][: look.shown]
    return {
        "title": _title(look, today),
        "before": before.isoformat(),
        "after": (until + timedelta(days=1)).isoformat() if until < today else "",
        "figures": [
            ["Uang masuk", format_rupiah(seen.money_in)],
            ["Uang keluar", format_rupiah(seen.money_out)],
            ["Penjualan (omzet)", format_rupiah(seen.sales)],
            ["Sisa kas dan bank", format_rupiah(seen.held)],
        ],
        "bars": _bars(seen, look) if look.span != "hari" else [],
        "spent": _spent(seen),
        "days": _by_day(ledger, shown),
        "rest": max(0, len(entries) - look.shown),
        "shown": look.shown,
    }


def _title(look: Look, today: date) -> str:
    since, until = period(look)
    match look.span:
        case "minggu":
            return f"{short_day(since)} sampai {short_day(until)} {until.year}"
        case "bulan":
            return month_name(since)
        case _:
            return _named_day(since, today)


def _named_day(day: date, today: date) -> str:
    names = {today: "Hari ini", today - timedelta(days=1): "Kemarin"}
    return f"{names.get(day, _DAYS[day.weekday()])}, {long_day(day)}"


def _bars(seen: Summary, look: Look) -> list[dict[str, Any]]:
    return [
        {
            "label": _DAYS[day.weekday()][:3] if look.span == "minggu" else str(day.day),
            "in": came,
            "out": went,
            "said": f"{short_day(day)}: masuk {format_rupiah(came)}, keluar {format_rupiah(went)}",
        }
        for day, (came, went) in seen.by_day.items()
    ]


def _spent(seen: Summary) -> list[dict[str, Any]]:
    most = max(seen.spent.values(), default=1)
    return [
        {"label": label, "said": format_rupiah(amount), "share": round(100 * amount / most)}
        for label, amount in list(seen.spent.items())[:8]
    ]


def _by_day(ledger: Ledger, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    days: dict[date, list[dict[str, Any]]] = {}
    for entry in entries:
        days.setdefault(entry.transaction.on, []).append(_entry(ledger, entry))
    return [
        {"title": f"{_DAYS[day.weekday()]}, {long_day(day)}", "entries": found}
        for day, found in days.items()
    ]


def _newest(ledger: Ledger, count: int) -> list[Entry]:
    by_id = {entry.transaction.id: entry for entry in ledger.entries}
    written = [t for t in ledger.transactions[::-1] if t.kind != UNDO][:count]
    return [by_id[transaction.id] for transaction in written]


def _entry(ledger: Ledger, entry: Entry) -> dict[str, Any]:
    transaction = entry.transaction
    return {
        "id": transaction.id,
        "label": transaction.label,
        "detail": _detail(transaction),
        "amount": format_rupiah(transaction.amount),
        "side": "" if transaction.kind in _NEUTRAL else KINDS[transaction.kind].section,
        "undone": transaction.id in ledger.undone,
        "form": _form(transaction),
    }


def _detail(transaction: Transaction) -> str:
    parts = []
    categories = KINDS[transaction.kind].categories
    if categories and transaction.category != "barang":
        parts.append(categories[transaction.category][1])
    if transaction.fee:
        parts.append(f"potongan {format_rupiah(transaction.fee)}")
    if transaction.interest:
        parts.append(f"bunga {format_rupiah(transaction.interest)}")
    if transaction.money == "bank":
        parts.append("lewat bank")
    if transaction.note:
        parts.append(transaction.note)
    return " · ".join(parts)


def _form(transaction: Transaction) -> dict[str, Any]:
    """Return a transaction as a form filled in with it, for putting it right."""
    form = to_plain(transaction)
    for name in ("amount", "fee", "interest"):
        if form.get(name):
            form[name] = format_rupiah(form[name])
    if "months" in form:
        form["months"] = str(form["months"])
    form["counted"] = counted_lines(transaction)
    return form
