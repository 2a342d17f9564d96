"""The book as an XLSX file whose sums are formulas: change a number or a day, and all follows.

Sheets: Buku kas (what was written down), Jurnal (double entries, depreciation included), Neraca
saldo, Laba rugi, Posisi keuangan, Bon, Catatan. The period stands in two cells of *Laba rugi*.
"""

import io
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from openpyxl import Workbook

from umkm.bookkeeping import Ledger, Statements, assets, person_key
from umkm.bookkeeping import accounts as code
from umkm.bookkeeping.accounts import Group
from umkm.bookkeeping.kinds import KINDS, UNDO
from umkm.bookkeeping.notes import notes
from umkm.bookkeeping.summary import month_of
from umkm_tools.cash_book.sheets import DAY, Sheet, formula, heading

_PROFIT_STEPS: Final = (
    (Group.EXPENSES, "Laba usaha"),
    (Group.INTEREST, "Laba sebelum pajak"),
    (Group.TAX, "Laba bersih"),
)


def workbook(ledger: Ledger, made: Statements, business_name: str) -> bytes:
    """Return the file's bytes."""
    book = Workbook(write_only=True)
    _cash_book(Sheet(book, "Buku kas", (6, 12, 26, 20, 30, 22, 12, 15, 15, 15, 16, 12)), ledger)
    journal = Sheet(book, "Jurnal", (12, 30, 8, 34, 15, 15, 20))
    last = _journal(journal, ledger, made.position.at)
    _trial(Sheet(book, "Neraca saldo", (8, 38, 24, 16, 16, 16)), ledger, last)
    profit = _income(Sheet(book, "Laba rugi", (42, 18)), ledger, made, business_name, last)
    _position(Sheet(book, "Posisi keuangan", (42, 18)), ledger, business_name, last, profit)
    _debts(Sheet(book, "Bon", (28, 18)), ledger, last)
    about = Sheet(book, "Catatan", (100,))
    for one in notes(ledger, made, business_name):
        about.add(heading(one.title))
        for line in one.lines:
            about.add(line)
        about.add("")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cash_book(sheet: Sheet, ledger: Ledger) -> None:
    sheet.add(
        *map(heading, (
            "No", "Tanggal", "Jenis", "Nama", "Keterangan", "Kategori", "Tempat uang", "Jumlah",
            "Masuk", "Keluar", "Saldo", "Status",
        ))
    )  # fmt: skip
    for entry in ledger.entries:
        transaction = entry.transaction
        if transaction.kind == UNDO:
            continue
        money = [line.amount for line in entry.lines if line.account in {code.CASH, code.BANK}]
        moved = 0 if entry.undone else sum(money)
        categories = KINDS[transaction.kind].categories or {}
        here = sheet.row + 1
        before = f"K{sheet.row}" if sheet.row > 1 else "0"
        sheet.add(
            sheet.row,
            transaction.on,
            KINDS[transaction.kind].label,
            transaction.person,
            transaction.note,
            categories[transaction.category][1] if categories else "",
            ("Bank" if transaction.money == "bank" else "Kas") if money else "",
            transaction.amount,
            max(moved, 0) or None,
            max(-moved, 0) or None,
            formula(f"={before}+I{here}-J{here}"),
            "dibatalkan" if entry.undone else "",
        )


def _journal(sheet: Sheet, ledger: Ledger, until: date) -> int:
    sheet.add(*map(heading, ("Tanggal", "Catatan", "Kode", "Akun", "Debit", "Kredit", "Nama")))
    names = _names(ledger)
    for entry in ledger.between():
        for line in entry.lines:
            sheet.add(
                entry.transaction.on,
                KINDS[entry.transaction.kind].label,
                int(line.account),
                ledger.chart.accounts[line.account].name,
                max(line.amount, 0) or None,
                max(-line.amount, 0) or None,
                names.get(line.person, ""),
            )
    for on, amount in _depreciation(ledger, until):
        for account, debit, credit in (
            (code.DEPRECIATION, amount, 0),
            (code.ACCUMULATED, 0, amount),
        ):
            name = ledger.chart.accounts[account].name
            sheet.add(on, "Penyusutan sebulan", int(account), name, debit, credit, "")
    return max(sheet.row, 2)


def _names(ledger: Ledger) -> dict[str, str]:
    """Return one spelling for each person, so that their lines add up."""
    return {person_key(t.person): t.person for t in ledger.transactions if t.person}


def _depreciation(ledger: Ledger, until: date) -> Iterable[tuple[date, int]]:
    owned = assets(ledger, until)
    if not owned:
        return
    end = month_of(min(asset.bought for asset in owned))[1]
    written = 0
    while end <= until:
        so_far = sum(asset.depreciation(end) for asset in owned if asset.bought <= end)
        if so_far > written:
            yield end, so_far - written
        written = so_far
        end = month_of(end + timedelta(days=1))[1]


def _moved(account: str, last: int, since: str, until: str, *, debit: bool) -> str:
    """Return the formula of what an account moved, on the side on which it grows."""
    days = f',Jurnal!$A$2:$A${last},"<="&{until}'
    if since:
        days += f',Jurnal!$A$2:$A${last},">="&{since}'
    plus, minus = ("E", "F") if debit else ("F", "E")
    sums = [
        f"SUMIFS(Jurnal!${side}$2:${side}${last},Jurnal!$C$2:$C${last},{int(account)}{days})"
        for side in (plus, minus)
    ]
    return "-".join(sums)


def _trial(sheet: Sheet, ledger: Ledger, last: int) -> None:
    sheet.add(*map(heading, ("Kode", "Akun", "Kelompok", "Debit", "Kredit", "Saldo")))
    for account in ledger.chart.accounts.values():
        here = sheet.row + 1
        whole = f"Jurnal!$C$2:$C${last},A{here}"
        sheet.add(
            int(account.code),
            account.name,
            account.group.value,
            formula(f"=SUMIFS(Jurnal!$E$2:$E${last},{whole})"),
            formula(f"=SUMIFS(Jurnal!$F$2:$F${last},{whole})"),
            formula(f"=D{here}-E{here}"),
        )
    sums = [formula(f"=SUM({side}2:{side}{sheet.row})", bold=True) for side in "DEF"]
    sheet.add("", heading("Jumlah"), "", *sums)


def _income(sheet: Sheet, ledger: Ledger, made: Statements, business_name: str, last: int) -> int:
    """Write laba rugi; gives the row of the profit."""
    sheet.add(heading("Laporan laba rugi"))
    sheet.add(business_name)
    sheet.add("Dari tanggal", made.income.since)
    sheet.add("Sampai tanggal", made.income.until)
    sheet.add("")

    def group(which: Group, total: str) -> str:
        first = sheet.row + 1
        for account in ledger.chart.accounts.values():
            if account.group is which:
                moved = _moved(account.code, last, "$B$3", "$B$4", debit=which.debit)
                sheet.add(account.name, formula(f"={moved}"))
        row = sheet.add(heading(total), formula(f"=SUM(B{first}:B{sheet.row})", bold=True))
        return f"B{row}"

    left = group(Group.INCOME, "Pendapatan bersih")
    if any(a.group is Group.COST_OF_SALES for a in ledger.chart.accounts.values()):
        used = group(Group.COST_OF_SALES, "Jumlah harga pokok penjualan")
        row = sheet.add(heading("Laba kotor"), formula(f"={left}-{used}", bold=True))
        left = f"B{row}"
    for which, label in _PROFIT_STEPS:
        spent = group(which, f"Jumlah {which.value.lower()}")
        row = sheet.add(heading(label), formula(f"={left}-{spent}", bold=True))
        left = f"B{row}"
    return sheet.row


def _position(sheet: Sheet, ledger: Ledger, business_name: str, last: int, profit: int) -> None:
    sheet.add(heading("Laporan posisi keuangan"))
    sheet.add(business_name)
    sheet.add("Pada tanggal", formula("='Laba rugi'!B4", shown_as=DAY))
    sheet.add("")
    totals: dict[Group, str] = {}
    for which in (Group.CURRENT_ASSETS, Group.FIXED_ASSETS, Group.LIABILITIES, Group.EQUITY):
        sheet.add(heading(which.value))
        first = sheet.row + 1
        for account in ledger.chart.accounts.values():
            if account.group is which:
                moved = _moved(account.code, last, "", "$B$3", debit=which.debit)
                sheet.add(account.name, formula(f"={moved}"))
        if which is Group.EQUITY:
            sheet.add("Saldo laba sebelum masa ini", formula(_earlier(ledger, last)))
            sheet.add("Laba masa ini", formula(f"='Laba rugi'!B{profit}"))
        total = formula(f"=SUM(B{first}:B{sheet.row})", bold=True)
        totals[which] = f"B{sheet.add(heading(f'Jumlah {which.value.lower()}'), total)}"
    held = f"{totals[Group.CURRENT_ASSETS]}+{totals[Group.FIXED_ASSETS]}"
    owed = f"{totals[Group.LIABILITIES]}+{totals[Group.EQUITY]}"
    row = sheet.add(heading("Jumlah aset"), formula(f"={held}", bold=True))
    sheet.add(heading("Jumlah liabilitas dan ekuitas"), formula(f"={owed}", bold=True))
    sheet.add("Selisih (harus 0)", formula(f"=B{row}-B{row + 1}"))


def _earlier(ledger: Ledger, last: int) -> str:
    """Return the formula of the profit before the period: the accounts that are no position."""
    codes = [int(a.code) for a in ledger.chart.accounts.values() if not a.group.in_position]
    span = f'Jurnal!$C$2:$C${last},">="&{min(codes)},Jurnal!$A$2:$A${last},"<"&\'Laba rugi\'!$B$3'
    return f"=SUMIFS(Jurnal!$F$2:$F${last},{span})-SUMIFS(Jurnal!$E$2:$E${last},{span})"


def _debts(sheet: Sheet, ledger: Ledger, last: int) -> None:
    names = _names(ledger)
    people = sorted(
        {
            names[line.person]
            for entry in ledger.between()
            for line in entry.lines
            if line.account == code.RECEIVABLES
        }
    )
    sheet.add(heading("Nama"), heading("Sisa bon"))
    for person in people:
        here = sheet.row + 1
        whose = f"Jurnal!$G$2:$G${last},A{here},Jurnal!$C$2:$C${last},{code.RECEIVABLES}"
        sheet.add(
            person,
            formula(
                f"=SUMIFS(Jurnal!$E$2:$E${last},{whose})-SUMIFS(Jurnal!$F$2:$F${last},{whose})"
            ),
        )
    if people:
        sheet.add(heading("Jumlah"), formula(f"=SUM(B2:B{sheet.row})", bold=True))
