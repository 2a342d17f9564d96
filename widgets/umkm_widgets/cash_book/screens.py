"""The pages of the cash book as plain data: what the widget's script draws, word for word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from umkm.bookkeeping import (
    Debt,
    Entry,
    Ledger,
    Row,
    Statements,
    Summary,
    Transaction,
    cost_of_sales,
    final_tax,
    loans,
    month_of,
    notes,
    payables,
    receivables,
    statements,
    summary,
    to_plain,
    total_by_age,
    turnover_by_month,
    week_of,
)
from umkm.bookkeeping.accounts import PACKAGING
from umkm.bookkeeping.kinds import KINDS, STOCKS, UNDO
from umkm.calendar import long_day, month_name, short_day
from umkm.money import format_rupiah
from umkm.quantities import format_quantity
from umkm_widgets.cash_book.shelf import Keeper

PAGE: Final = 40
_DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_TABS: Final = ("catat", "buku", "bon", "stok", "laporan")
_SPANS: Final = ("hari", "minggu", "bulan")
# Where the money of these goes is no expense and no purchase, so a minus sign would mislead.
_NEUTRAL: Final = frozenset({"jual-bon", "jual-qris", "jual-marketplace", "ke-bank", "dari-bank"})


@dataclass(frozen=True)
class Look:
    """What a reader looks at: a tab, and for some a span of time and how far down the list."""

    tab: str = "catat"
    span: str = "hari"
    day: date = date.min
    shown: int = PAGE

    @classmethod
    def wanted(cls, message: Mapping[str, Any], today: date) -> "Look":
        """Give what a browser asks for, or the nearest thing that there is."""
        tab, span = message.get("tab"), message.get("span")
        shown = message.get("shown")
        return cls(
            tab if tab in _TABS else "catat",
            span if span in _SPANS else "hari",
            min(_day(message.get("day"), today), today),
            min(shown, 20_000) if type(shown) is int and shown > 0 else PAGE,
        )


def screen(ledger: Ledger, look: Look, today: date, keeper: Keeper) -> dict[str, Any]:
    """Give the page a reader looks at."""
    match look.tab:
        case "buku":
            page = _book(ledger, look, today)
        case "bon":
            page = _debts(ledger, today, keeper)
        case "stok":
            page = _stock(ledger, today)
        case "laporan":
            page = _reports(ledger, look, today, keeper)
        case _:
            page = _write(ledger, today)
    return {"tab": look.tab, "span": look.span, "today": today.isoformat(), **page}


def kinds_for(ledger: Ledger) -> list[dict[str, Any]]:
    """Give the kinds that this business has, as the choices of the first page."""
    supplies = ledger.chart.stock == "1304"
    return [
        {
            "id": name,
            "label": kind.label,
            "hint": kind.hint,
            "section": kind.section,
            "asks": list(kind.asks),
            "personLabel": kind.person_label,
            "categories": [
                [one, label]
                for one, (_, label) in (kind.categories or {}).items()
                if not (supplies and kind.categories is STOCKS and one == "kemasan")
            ],
        }
        for name, kind in KINDS.items()
    ]


def period(look: Look) -> tuple[date, date]:
    """Give the first and last day of what is looked at."""
    match look.span:
        case "minggu":
            return week_of(look.day)
        case "bulan":
            return month_of(look.day)
        case _:
            return look.day, look.day


def made_up(ledger: Ledger, look: Look, today: date) -> Statements:
    """Give the statements of the month that is looked at, up to today."""
    since, until = month_of(look.day)
    return statements(ledger, since, max(since, min(until, today)))


def _write(ledger: Ledger, today: date) -> dict[str, Any]:
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


def _book(ledger: Ledger, look: Look, today: date) -> dict[str, Any]:
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
    """Give a transaction as a form filled in with it, for putting it right."""
    form = to_plain(transaction)
    for name in ("amount", "fee", "interest"):
        if form.get(name):
            form[name] = format_rupiah(form[name])
    if "months" in form:
        form["months"] = str(form["months"])
    form["counted"] = _counted(transaction)
    return form


def _counted(transaction: Transaction) -> list[dict[str, str]]:
    return [
        {
            "name": line.name,
            "quantity": format_quantity(line.quantity),
            "cost": format_rupiah(line.unit_cost),
        }
        for line in transaction.counted
    ]


def _debts(ledger: Ledger, today: date, keeper: Keeper) -> dict[str, Any]:
    owed = receivables(ledger, today)
    return {
        "total": format_rupiah(sum(debt.amount for debt in owed)),
        "ages": [
            [age, format_rupiah(amount)] for age, amount in total_by_age(owed).items() if amount
        ],
        "owed": [_debt(debt, today) | {"reminder": _reminder(debt, keeper)} for debt in owed],
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


def _reminder(debt: Debt, keeper: Keeper) -> str:
    shop = keeper.business_name.removesuffix(" (contoh)")
    return (
        f"Halo {debt.person}, ini dari {shop}. Mau mengingatkan, bon sejak {long_day(debt.since)} "
        f"masih {format_rupiah(debt.amount)}. Kalau sudah ada, boleh dibayar tunai atau transfer. "
        "Terima kasih banyak."
    )


def _stock(ledger: Ledger, today: date) -> dict[str, Any]:
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
        "lines": _counted(last) if last else [],
    }


def _reports(ledger: Ledger, look: Look, today: date, keeper: Keeper) -> dict[str, Any]:
    made = made_up(ledger, look, today)
    since, until = month_of(look.day)
    return {
        "title": month_name(look.day),
        "before": (since - timedelta(days=1)).isoformat(),
        "after": (until + timedelta(days=1)).isoformat() if until < today else "",
        "income": _rows(made.income.rows),
        "position": _rows(made.position.rows),
        "at": long_day(made.position.at),
        "notes": [
            [note.title, list(note.lines)] for note in notes(ledger, made, keeper.business_name)
        ],
        "notices": list(made.notices),
        "tax": _tax(ledger, look.day.year, keeper),
        "count": len(ledger.transactions),
    }


def _rows(rows: Iterable[Row]) -> list[list[str]]:
    return [
        [row.label, "" if row.amount is None else format_rupiah(row.amount), row.level]
        for row in rows
    ]


def _tax(ledger: Ledger, year: int, keeper: Keeper) -> dict[str, Any]:
    rule = keeper.tax_rule
    if rule is None:
        return {}
    months = [row for row in final_tax(turnover_by_month(ledger), rule) if row.month.year == year]
    percent = format_quantity(rule.rate * 100, "%")
    return {
        "rows": [
            [month_name(row.month), format_rupiah(row.turnover), format_rupiah(row.tax)]
            for row in months
        ],
        "rule": (
            f"Orang pribadi: omzet sampai {format_rupiah(rule.exempt)} setahun tidak kena PPh "
            f"final, selebihnya {percent}. Aturan diperiksa {long_day(rule.checked_on)}. "
            "Tanyakan kepada kantor pajak sebelum membayar."
        ),
        "beyond": any(row.beyond for row in months),
    }


def _day(text: object, otherwise: date) -> date:
    try:
        day = date.fromisoformat(text) if isinstance(text, str) else otherwise
    except ValueError:
        return otherwise
    return day if day.year >= 2000 else otherwise
