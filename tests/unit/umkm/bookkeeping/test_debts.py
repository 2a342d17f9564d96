"""Bon by person and age: who owes what, since when."""

from datetime import date, timedelta

import pytest
from tests.unit.umkm.bookkeeping.books import book, tx

from umkm.bookkeeping import loans, payables, receivables, total_by_age
from umkm.bookkeeping.debts import AGES

TODAY = date(2026, 11, 30)


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "place"), [(0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (400, 3)]
)
def test_each_debt_falls_into_one_of_four_ages(days, place):
    (debt,) = receivables(book(tx("jual-bon", ago(days), 70_000, "Bu Ani")), TODAY)
    assert [bool(part) for part in debt.by_age] == [place == age for age in range(4)]
    assert debt.days(TODAY) == days


def test_payments_settle_the_oldest_first():
    # 40 days ago 100.000, 10 days ago 50.000; 120.000 paid: all of the first, 20.000 of the second.
    ledger = book(
        tx("jual-bon", ago(40), 100_000, "Bu Ani"),
        tx("jual-bon", ago(10), 50_000, "bu ani"),
        tx("terima-bon", ago(1), 120_000, "BU ANI"),
    )
    (debt,) = receivables(ledger, TODAY)
    assert (debt.amount, debt.since, debt.by_age) == (30_000, ago(10), (30_000, 0, 0, 0))


def test_who_paid_all_is_gone_and_the_oldest_debt_comes_first():
    ledger = book(
        tx("jual-bon", ago(5), 10_000, "Bu Ani"),
        tx("jual-bon", ago(50), 20_000, "Pak Dul"),
        tx("jual-bon", ago(50), 20_000, "Neng Ira"),
        tx("terima-bon", ago(2), 20_000, "Neng Ira"),
    )
    found = receivables(ledger, TODAY)
    assert [debt.person for debt in found] == ["Pak Dul", "Bu Ani"]
    assert total_by_age(found) == dict(zip(AGES, (10_000, 20_000, 0, 0), strict=True))


def test_what_is_owed_to_suppliers_and_banks():
    ledger = book(
        tx("beli-stok-utang", ago(70), 90_000, "Pak Haji"),
        tx("bayar-utang", ago(3), 40_000, "Pak Haji"),
        tx("pinjaman-masuk", ago(20), 500_000, "BRI"),
        tx("angsuran", ago(1), 60_000, "BRI", interest=10_000),
    )
    assert payables(ledger, TODAY)[0].by_age == (0, 0, 50_000, 0)
    assert loans(ledger, TODAY)[0].amount == 450_000


def test_a_day_in_the_past_knows_nothing_of_later_payments():
    ledger = book(
        tx("jual-bon", ago(9), 10_000, "Bu Ani"), tx("terima-bon", ago(2), 10_000, "Bu Ani")
    )
    assert receivables(ledger, TODAY) == []
    assert receivables(ledger, ago(3))[0].amount == 10_000
