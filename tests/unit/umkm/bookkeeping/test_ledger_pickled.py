"""A ledger between processes."""

import pickle
from datetime import date

from umkm.bookkeeping import Ledger, Transaction


def test_a_book_travels_as_what_was_written():
    """Between processes: entries, balances and what was undone are those of the first."""
    written = [
        Transaction("a", "setor-modal", date(2026, 11, 2), 500_000),
        Transaction("b", "jual-tunai", date(2026, 11, 3), 15_000),
        Transaction("c", "batal", date(2026, 11, 3), undoes="b"),
    ]
    book = Ledger.of("dagang", written)
    there = pickle.loads(pickle.dumps(book))
    assert there.transactions == book.transactions
    assert there.balances() == book.balances() == {"1101": 500_000, "3101": -500_000}
    assert there.undone == {"b"}
    assert there.chart.business == "dagang"
