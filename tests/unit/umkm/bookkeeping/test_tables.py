"""The pandas tables say what the ledger says."""

import subprocess
import sys
from datetime import date

from tests.unit.umkm.bookkeeping.books import TODAY, book, tx

from umkm.bookkeeping import receivables, statements, tables
from umkm.bookkeeping.kinds import UNDO


def shop():
    mistake = tx("jual-tunai", 3, 999)
    return book(
        tx("setor-modal", 1, 1_000_000),
        tx("jual-bon", 2, 70_000, "Bu Ani"),
        mistake,
        tx(UNDO, 4, undoes=mistake.id),
    )


def test_journal_and_trial_balance_are_balanced():
    journal = tables.journal(shop())
    assert journal.debit.sum() == journal.kredit.sum() == 1_071_998
    assert journal.dibatalkan.tolist() == [False] * 4 + [True] * 4
    trial = tables.trial(shop(), TODAY)
    assert trial.debit.sum() == trial.kredit.sum() == 1_070_000


def test_statement_and_ageing():
    made = statements(shop(), date(2026, 11, 1), TODAY)
    table = tables.statement(made.position.rows).set_index("pos")
    assert table.loc["Jumlah aset", "jumlah"] == 1_070_000
    assert tables.ageing(receivables(shop(), TODAY))["0-30 hari"].tolist() == [70_000]


def test_an_empty_book_has_empty_tables_with_columns():
    empty = book()
    assert tables.journal(empty).empty
    assert list(tables.ageing([]).columns)[:2] == ["nama", "jumlah"]
    assert tables.tax([]).empty
    assert len(tables.accounts(empty)) == len(empty.chart.accounts)


def test_pandas_is_loaded_by_the_tables_alone():
    code = "import sys, umkm.bookkeeping, umkm.pricing; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
