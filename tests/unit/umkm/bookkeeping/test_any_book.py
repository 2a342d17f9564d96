"""Whatever sequence of transactions a shop writes down: the books tie, and undo restores."""

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from umkm.bookkeeping import (
    BookError,
    Ledger,
    Transaction,
    payables,
    receivables,
    statements,
    summary,
    trial_balance,
)
from umkm.bookkeeping.accounts import BUSINESSES
from umkm.bookkeeping.kinds import KINDS, UNDO

pytestmark = pytest.mark.slow

FIRST = date(2026, 1, 1)
TODAY = date(2026, 12, 31)

# What each kind does to cash and bank together, written down again by hand: +1 comes in whole,
# -1 goes out whole, "net" comes in less the fee.
MONEY = {
    "jual-tunai": 1, "terima-bon": 1, "qris-cair": "net", "marketplace-cair": "net",
    "terima-dp": 1, "setor-modal": 1, "pinjaman-masuk": 1, "retur-beli": 1,
    "beli-stok": -1, "ongkir-stok": -1, "bayar-utang": -1, "bayar-beban": -1,
    "ambil-pribadi": -1, "angsuran": -1, "beli-alat": -1, "retur-jual": -1, "bayar-pajak": -1,
}  # fmt: skip


@st.composite
def transactions(draw):
    kind = draw(st.sampled_from([*KINDS, UNDO]))
    number = draw(st.integers(0, 10**6))
    amount = draw(st.one_of(st.integers(1, 5_000), st.integers(-1, 10**15)))
    categories = (KINDS[kind].categories if kind in KINDS else None) or {"": ""}
    return Transaction(
        f"t{number}",
        kind,
        FIRST + timedelta(days=draw(st.integers(-2, 370))),
        amount,
        draw(st.sampled_from(["Bu Ani", "bu ani", "Pak Haji", "", "🙂"])),
        draw(st.text(max_size=10)),
        draw(st.sampled_from(list(categories))),
        draw(st.sampled_from(["kas", "bank"])),
        fee=draw(st.integers(0, 100)),
        interest=draw(st.integers(0, 100)),
        months=draw(st.integers(0, 40)),
        undoes=f"t{draw(st.integers(0, 10**6))}",
    )


def write(business, wanted):
    """Write down what can be; an undo takes back whatever is there."""
    ledger = Ledger.of(business)
    for transaction in wanted:
        with contextlib.suppress(BookError):
            ledger = ledger.with_(aimed(ledger, transaction), TODAY)
    return ledger


def aimed(ledger, transaction):
    if transaction.kind != UNDO or not ledger.transactions:
        return transaction
    there = ledger.transactions[int(transaction.undoes[1:]) % len(ledger.transactions)]
    return Transaction(transaction.id, UNDO, transaction.on, undoes=there.id)


books = st.builds(write, st.sampled_from(list(BUSINESSES)), st.lists(transactions(), max_size=30))


@settings(max_examples=80, deadline=None)
@given(books, st.integers(0, 364))
def test_statements_tie_on_every_day(ledger, day):
    at = FIRST + timedelta(days=day)
    made = statements(ledger, date(2000, 1, 1), at)
    assert made.position.assets == made.position.liabilities + made.position.equity
    assert sum(trial_balance(ledger, at).values()) == 0
    # By the first digit of the code, as the chart in the course has it: 4 income, 5 to 8 costs.
    held = trial_balance(ledger, at)
    assert made.income.profit == -sum(amount for code, amount in held.items() if code >= "4")


@settings(max_examples=60, deadline=None)
@given(books)
def test_cash_is_what_came_in_less_what_went_out(ledger):
    expected = 0
    for transaction in ledger.transactions:
        if transaction.id in ledger.undone:
            continue
        sign = MONEY.get(transaction.kind, 0)
        expected += (
            transaction.amount - transaction.fee if sign == "net" else sign * transaction.amount
        )
    assert ledger.balance("1101") + ledger.balance("1102") == expected
    assert summary(ledger, FIRST, TODAY).held == expected


@settings(max_examples=60, deadline=None)
@given(books)
def test_debts_by_person_add_up_to_the_accounts(ledger):
    assert sum(debt.amount for debt in receivables(ledger, TODAY)) == ledger.balance("1201")
    assert sum(debt.amount for debt in payables(ledger, TODAY)) == -ledger.balance("2101")
    assert all(sum(debt.by_age) == debt.amount > 0 for debt in receivables(ledger, TODAY))


@settings(max_examples=60, deadline=None)
@given(books, transactions())
def test_undo_restores(ledger, transaction):
    try:
        after = ledger.with_(transaction, TODAY)
    except BookError:
        return
    if transaction.kind == UNDO or after is ledger:
        return
    undone = after.with_(Transaction("undo", UNDO, TODAY, undoes=transaction.id), TODAY)
    made, before = (statements(book, FIRST, TODAY) for book in (undone, ledger))
    assert made == before
    assert trial_balance(undone, TODAY) == trial_balance(ledger, TODAY)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(list(BUSINESSES)), st.lists(transactions(), max_size=25))
def test_a_list_at_once_always_gives_a_sound_book(business, wanted):
    ledger, refused = Ledger.of(business).with_all(wanted, TODAY)
    kept = {transaction.id for transaction in ledger.transactions}
    assert kept | {refusal.transaction.id for refusal in refused} == {t.id for t in wanted}
    assert statements(ledger, FIRST, TODAY).position.ties
    assert Ledger.of(business, ledger.transactions).balances() == ledger.balances()


def test_the_hand_written_table_knows_every_kind_that_moves_money():
    moving = {
        name
        for name, kind in KINDS.items()
        if {move.account for move in (*kind.debit, *kind.credit)} & {"money", "1101", "1102"}
    }
    assert moving == {*MONEY, "ke-bank", "dari-bank"}


def test_a_period_that_ends_before_it_begins():
    with pytest.raises(ValueError, match="no period"):
        statements(Ledger.of("dagang"), TODAY, FIRST)
