"""Tables of a ledger as pandas frames, for lessons, plots and files.

Loading pandas takes a while, so `umkm.bookkeeping` does not import this module by itself.
"""

from datetime import date

import pandas as pd

from umkm.bookkeeping.accounts import Group
from umkm.bookkeeping.debts import AGES, Debt
from umkm.bookkeeping.ledger import Ledger
from umkm.bookkeeping.statements import Row, trial_balance
from umkm.bookkeeping.tax import TaxMonth
from umkm.calendar import month_name


def journal(ledger: Ledger) -> pd.DataFrame:
    """Return every line of every entry, undone ones included, in the order of days."""
    rows = [
        {
            "tanggal": entry.transaction.on,
            "catatan": entry.transaction.label,
            "akun": ledger.chart.accounts[line.account].name,
            "debit": max(line.amount, 0),
            "kredit": max(-line.amount, 0),
            "dibatalkan": entry.undone,
        }
        for entry in ledger.entries
        for line in entry.lines
    ]
    columns = ["tanggal", "catatan", "akun", "debit", "kredit", "dibatalkan"]
    return pd.DataFrame(rows, columns=columns)


def trial(ledger: Ledger, until: date) -> pd.DataFrame:
    """Return neraca saldo: each account's balance on its side; both sides have the same sum."""
    rows = [
        {
            "kode": account,
            "akun": ledger.chart.accounts[account].name,
            "debit": max(held, 0),
            "kredit": max(-held, 0),
        }
        for account, held in trial_balance(ledger, until).items()
    ]
    return pd.DataFrame(rows, columns=["kode", "akun", "debit", "kredit"])


def statement(rows: tuple[Row, ...]) -> pd.DataFrame:
    """Return a statement's rows; a heading has no amount."""
    table = [{"pos": row.label, "jumlah": row.amount} for row in rows]
    return pd.DataFrame(table, columns=["pos", "jumlah"]).astype({"jumlah": "Int64"})


def ageing(debts: list[Debt]) -> pd.DataFrame:
    """Return who owes what, by age."""
    rows = [
        {"nama": debt.person, "jumlah": debt.amount, **dict(zip(AGES, debt.by_age, strict=True))}
        for debt in debts
    ]
    return pd.DataFrame(rows, columns=["nama", "jumlah", *AGES])


def tax(months: list[TaxMonth]) -> pd.DataFrame:
    """Return PPh final month by month."""
    rows = [
        {
            "bulan": month_name(row.month),
            "omzet": row.turnover,
            "omzet setahun": row.year_so_far,
            "kena pajak": row.taxed,
            "pajak": row.tax,
        }
        for row in months
    ]
    return pd.DataFrame(rows, columns=["bulan", "omzet", "omzet setahun", "kena pajak", "pajak"])


def accounts(ledger: Ledger) -> pd.DataFrame:
    """Return the chart of accounts."""
    rows = [
        {"kode": account.code, "akun": account.name, "kelompok": Group(account.group).value}
        for account in ledger.chart.accounts.values()
    ]
    return pd.DataFrame(rows, columns=["kode", "akun", "kelompok"])
