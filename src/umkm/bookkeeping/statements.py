"""Laporan laba rugi and laporan posisi keuangan after SAK EMKM, from a ledger.

The standard asks for both and for notes (`notes.py`), and prescribes no layout (¶4.2-4.6, ¶5.2).
Amounts are printed as a reader expects them: expenses and debts positive, what is taken off
negative.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from umkm.bookkeeping import accounts as code
from umkm.bookkeeping.accounts import Chart, Group
from umkm.bookkeeping.assets import assets, depreciation
from umkm.bookkeeping.ledger import Ledger
from umkm.bookkeeping.stock import CostOfSales, cost_of_sales

Level = Literal["heading", "account", "total"]


@dataclass(frozen=True)
class Row:
    """One line of a statement; `code` is the account it shows, if it shows one."""

    label: str
    amount: int | None = None
    level: Level = "account"
    code: str = ""


@dataclass(frozen=True)
class IncomeStatement:
    """Laporan laba rugi from one day to another, both included."""

    since: date
    until: date
    rows: tuple[Row, ...]
    sales: int
    """Omzet: before returns, and before anything that others keep of it."""
    cost: CostOfSales
    gross_profit: int
    profit: int


@dataclass(frozen=True)
class Position:
    """Laporan posisi keuangan at the end of a day."""

    at: date
    rows: tuple[Row, ...]
    assets: int
    liabilities: int
    equity: int

    @property
    def ties(self) -> bool:
        """Return whether what the shop has is what others and its owner have in it."""
        return self.assets == self.liabilities + self.equity


@dataclass(frozen=True)
class Statements:
    """Both statements of a period, and what a reader should know before trusting them."""

    income: IncomeStatement
    position: Position
    notices: tuple[str, ...]


_STEPS: Final[Mapping[Group, str]] = {
    Group.EXPENSES: "Laba usaha",
    Group.INTEREST: "Laba sebelum pajak",
    Group.TAX: "Laba bersih",
}


def statements(ledger: Ledger, since: date, until: date) -> Statements:
    """Return the statements of a period.

    Raises:
        ValueError: the period ends before it begins.
    """
    if until < since:
        raise ValueError(f"{since} to {until} is no period")
    income = _income(ledger, since, until)
    earlier = _profit(ledger, None, since - timedelta(days=1))
    position = _position(ledger, income, earlier)
    return Statements(income, position, tuple(_notices(ledger, income, position)))


def trial_balance(ledger: Ledger, until: date) -> dict[str, int]:
    """Return every account's balance at the end of a day, depreciation included; the sum is zero."""
    return {account: held for account, held in sorted(_held(ledger, None, until).items()) if held}


def _held(ledger: Ledger, since: date | None, until: date) -> dict[str, int]:
    held = ledger.balances(since, until)
    owned = assets(ledger, until)
    written_off = depreciation(owned, until)
    if since is not None:
        written_off -= depreciation(owned, since - timedelta(days=1))
    if written_off:
        held[code.DEPRECIATION] = held.get(code.DEPRECIATION, 0) + written_off
        held[code.ACCUMULATED] = held.get(code.ACCUMULATED, 0) - written_off
    return held


def _profit(ledger: Ledger, since: date | None, until: date) -> int:
    held = _held(ledger, since, until)
    return -sum(held.get(account, 0) for account in _profit_accounts(ledger.chart))


def _profit_accounts(chart: Chart) -> Iterable[str]:
    return (a.code for a in chart.accounts.values() if not a.group.in_position)


def _income(ledger: Ledger, since: date, until: date) -> IncomeStatement:
    held = _held(ledger, since, until)
    cost = cost_of_sales(ledger, since, until)
    net_sales = -sum(_in(ledger.chart, held, Group.INCOME).values())
    used = sum(_in(ledger.chart, held, Group.COST_OF_SALES).values())
    gross = net_sales - used
    rows = [Row("Pendapatan", level="heading")]
    rows += _rows(ledger.chart, held, Group.INCOME)
    rows += [Row("Pendapatan bersih", net_sales, "total")]
    if ledger.chart.usage == "5101":
        rows += [*_cost_rows(cost, used), Row("Laba kotor", gross, "total")]
    left = gross
    for group, total in _STEPS.items():
        spent = sum(_in(ledger.chart, held, group).values())
        left -= spent
        if group is Group.EXPENSES:
            rows += [Row(group.value, level="heading"), *_rows(ledger.chart, held, group)]
            rows += [Row("Jumlah beban usaha", spent, "total")]
        else:
            rows += _rows(ledger.chart, held, group)
        rows += [Row(total, left, "total")]
    sales = -held.get(ledger.chart.sales, 0)
    return IncomeStatement(since, until, tuple(rows), sales, cost, gross, left)


def _cost_rows(cost: CostOfSales, used: int) -> Iterable[Row]:
    yield Row("Harga pokok penjualan", level="heading")
    steps = (
        ("Persediaan awal", cost.opening),
        ("Pembelian", cost.purchases),
        ("Ongkos kirim belanja", cost.freight),
        ("Dikembalikan ke pemasok", -cost.returns),
        ("Rusak, hilang, dan diambil untuk rumah", -cost.lost),
        ("Persediaan akhir", -cost.closing),
    )
    yield from (Row(label, amount) for label, amount in steps if amount)
    yield Row("Harga pokok penjualan (HPP)", used, "total", "5101")


def _position(ledger: Ledger, income: IncomeStatement, earlier: int) -> Position:
    held = _held(ledger, None, income.until)
    chart = ledger.chart
    rows: list[Row] = []
    current = _section(rows, chart, held, Group.CURRENT_ASSETS)
    fixed = _section(rows, chart, held, Group.FIXED_ASSETS)
    rows.append(Row("Jumlah aset", current + fixed, "total"))
    owed = _section(rows, chart, held, Group.LIABILITIES)
    rows.append(Row("Ekuitas", level="heading"))
    rows += _rows(chart, held, Group.EQUITY)
    rows.append(Row("Saldo laba sebelum masa ini", earlier))
    rows.append(Row("Laba masa ini", income.profit))
    own = -sum(_in(chart, held, Group.EQUITY).values()) + earlier + income.profit
    rows.append(Row("Jumlah ekuitas", own, "total"))
    rows.append(Row("Jumlah liabilitas dan ekuitas", owed + own, "total"))
    return Position(income.until, tuple(rows), current + fixed, owed, own)


def _section(rows: list[Row], chart: Chart, held: Mapping[str, int], group: Group) -> int:
    total = sum(_in(chart, held, group).values()) * (1 if group.debit else -1)
    rows.append(Row(group.value, level="heading"))
    rows += _rows(chart, held, group)
    rows.append(Row(f"Jumlah {group.value.lower()}", total, "total"))
    return total


def _rows(chart: Chart, held: Mapping[str, int], group: Group) -> list[Row]:
    sign = 1 if group.debit else -1
    return [
        Row(chart.accounts[account].name, sign * amount, code=account)
        for account, amount in _in(chart, held, group).items()
        if amount
    ]


def _in(chart: Chart, held: Mapping[str, int], group: Group) -> dict[str, int]:
    return {a.code: held.get(a.code, 0) for a in chart.accounts.values() if a.group is group}


def _notices(ledger: Ledger, income: IncomeStatement, position: Position) -> Iterable[str]:
    held = ledger.balances(until=position.at)
    for account in (code.CASH, code.BANK):
        if held.get(account, 0) < 0:
            where = "Kas" if account == code.CASH else "Bank"
            yield (
                f"{where} menurut catatan kurang dari nol. "
                "Mungkin ada uang masuk atau setoran modal yang belum dicatat."
            )
    moved = income.cost.purchases or income.cost.opening
    if moved and income.cost.counted is None and income.sales:
        yield (
            "Stok belum dihitung pada masa ini, jadi biaya barang yang terjual belum masuk dan "
            "laba terlihat terlalu besar. Hitung stok dulu."
        )
