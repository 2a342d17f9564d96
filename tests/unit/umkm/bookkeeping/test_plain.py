"""Transactions travel as JSON and come back as they were; anything else is refused."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.umkm.bookkeeping.books import TODAY, book, tx

from umkm.bookkeeping import BookError, Counted, from_plain, to_plain
from umkm.bookkeeping.errors import WrongAmount


def test_there_and_back():
    for transaction in (
        tx("jual-bon", 3, 5_000, "Bu Ani 🙂", note="baju"),
        tx("hitung-stok", 3, 0),
        tx("hitung-stok", 3, 5, counted=(Counted("Beras", Fraction("12.5"), 14_000),)),
        tx("angsuran", 3, 500, "BRI", interest=100, money="bank"),
    ):
        assert from_plain(json.loads(json.dumps(to_plain(transaction)))) == transaction


GOOD = {"id": "a", "kind": "jual-tunai", "on": "2026-11-03", "amount": 5}


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        {},
        {**GOOD, "amount": "5"},
        {**GOOD, "amount": True},
        {**GOOD, "amount": 5.0},
        {**GOOD, "on": "kemarin"},
        {**GOOD, "on": 5},
        {**GOOD, "person": ["x"]},
        {**GOOD, "counted": [["Beras", "1e99999999", 1]]},
        {**GOOD, "counted": [["Beras", "1/0", 1]]},
        {**GOOD, "counted": [["Beras", 1, 1]]},
        {**GOOD, "counted": ["Beras"]},
        {**GOOD, "counted": "Beras"},
    ],
)
def test_what_is_no_transaction(wrong):
    with pytest.raises(BookError):
        from_plain(wrong)


@pytest.mark.slow
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_any_value_in_any_field(value):
    for name in ("id", "kind", "on", "amount", "counted", "undoes"):
        try:
            from_plain({**GOOD, name: value})
        except BookError as refused:
            assert refused.message  # noqa: PT017


def test_a_count_is_worth_what_its_things_are():
    ledger = book(
        tx("beli-stok", 1, 500_000),
        tx("hitung-stok", 2, 7, counted=(Counted("Beras\n", Fraction(10), 14_000),)),
    )
    assert ledger.balance("1301") == 140_000
    assert ledger.transactions[-1].counted[0].name == "Beras"
    with pytest.raises(WrongAmount, match="paling banyak"):
        ledger.with_(tx("hitung-stok", 3, counted=(Counted("a", Fraction(1), 1),) * 301), TODAY)
