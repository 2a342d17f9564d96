"""What a book refuses, and that it says so in words a shopkeeper can act on."""

from datetime import date

import pytest
from tests.unit.umkm.bookkeeping.books import TODAY, book, tx

from umkm.bookkeeping import BookError, Ledger
from umkm.bookkeeping.errors import (
    AlreadyUndone,
    DebtExceeded,
    MissingName,
    NotEnoughStock,
    StillNeeded,
    UnknownChoice,
    UnknownTransaction,
    WrongAmount,
    WrongDay,
)
from umkm.bookkeeping.kinds import KINDS, UNDO


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(26, 11, 3), "Tahun 0026 belum benar. Maksud Anda 2026?"),
        (date(2026, 12, 1), "belum tiba"),
        (date(1999, 12, 31), "terlalu lama"),
    ],
)
def test_days(day, said):
    with pytest.raises(WrongDay, match=said) as refused:
        book(tx("jual-tunai", day, 1000))
    assert refused.value.field == "on"


@pytest.mark.parametrize("amount", [0, -1, 10**15, 10**12])
def test_amounts(amount):
    with pytest.raises(WrongAmount):
        book(tx("jual-tunai", 3, amount))


def test_interest_or_fee_larger_than_the_whole():
    with pytest.raises(WrongAmount, match="Bunga"):
        book(tx("pinjaman-masuk", 1, 500, "BRI"), tx("angsuran", 2, 100, "BRI", interest=101))
    with pytest.raises(WrongAmount, match="Potongan"):
        book(tx("jual-qris", 1, 500), tx("qris-cair", 2, 500, fee=501))


@pytest.mark.parametrize("name", ["", "   ", "12345", "🙂", "<b>Ani</b>", "A" * 81])
def test_names_that_are_none(name):
    with pytest.raises(MissingName) as refused:
        book(tx("jual-bon", 3, 1000, name))
    assert refused.value.field == "person"


def test_an_emoji_in_a_name_or_a_note_stays():
    ledger = book(tx("jual-bon", 3, 1000, "Bu Ani 🙂", note="baju\x00 lebaran 👗"))
    assert ledger.transactions[0].person == "Bu Ani 🙂"
    assert ledger.transactions[0].note == "baju lebaran 👗"


@pytest.mark.parametrize(
    ("owing", "paying", "person"),
    [
        ("jual-bon", "terima-bon", "Bu Ani"),
        ("jual-bon", "retur-bon", "Bu Ani"),
        ("jual-bon", "bon-macet", "Bu Ani"),
        ("beli-stok-utang", "bayar-utang", "Pak Haji"),
        ("pinjaman-masuk", "angsuran", "BRI"),
        ("terima-dp", "dp-jadi", "Bu Ani"),
        ("jual-qris", "qris-cair", ""),
        ("jual-marketplace", "marketplace-cair", ""),
        ("pajak-terutang", "bayar-pajak", ""),
    ],
)
def test_a_payment_larger_than_the_debt(owing, paying, person):
    ledger = book(tx(owing, 1, 50_000, person))
    with pytest.raises(DebtExceeded, match=r"tinggal Rp50\.000") as refused:
        ledger.with_(tx(paying, 2, 50_001, person), TODAY)
    assert refused.value.left == 50_000
    paid = ledger.with_(tx(paying, 2, 50_000, person), TODAY)
    with pytest.raises(DebtExceeded, match="sudah lunas"):
        paid.with_(tx(paying, 3, 1, person), TODAY)


def test_somebody_else_cannot_pay_it():
    with pytest.raises(DebtExceeded, match="Bon Bu Eni sudah lunas"):
        book(tx("jual-bon", 1, 50_000, "Bu Ani"), tx("terima-bon", 2, 10_000, "Bu Eni"))


@pytest.mark.parametrize("kind", ["stok-rusak", "stok-pribadi", "retur-beli"])
def test_more_stock_leaves_than_there_is(kind):
    with pytest.raises(NotEnoughStock, match=r"tinggal Rp50\.000"):
        book(tx("beli-stok", 1, 50_000), tx(kind, 2, 50_001))


def test_more_stock_is_counted_than_was_bought():
    with pytest.raises(NotEnoughStock, match="belum dicatat"):
        book(tx("beli-stok", 1, 50_000), tx("hitung-stok", 2, 50_001))
    assert book(tx("beli-stok", 1, 50_000), tx("hitung-stok", 2, 0)).balance("5101") == 50_000


def test_choices_that_are_none():
    for wrong in (
        tx("jual-hibah", 1, 5),
        tx("bayar-beban", 1, 5, category="pesta"),
        tx("jual-tunai", 1, 5, money="bitcoin"),
    ):
        with pytest.raises(UnknownChoice):
            book(wrong)
    with pytest.raises(UnknownChoice):
        book(tx("beli-stok", 1, 5, category="kemasan"), business="jasa")
    with pytest.raises(UnknownChoice):
        Ledger.of("tambang")  # type: ignore[arg-type]


@pytest.mark.parametrize("months", [0, -3, 601])
def test_an_asset_needs_a_life(months):
    with pytest.raises(WrongAmount, match="bulan"):
        book(tx("beli-alat", 1, 5, category="peralatan", months=months))


def test_undo_restores_and_leaves_its_trace():
    before = book(tx("jual-tunai", 1, 5_000))
    mistake = tx("jual-bon", 2, 900_000, "Bu Ani")
    after = before.with_(mistake, TODAY).with_(tx(UNDO, 30, undoes=mistake.id), TODAY)
    assert after.balances() == before.balances()
    assert [entry.undone for entry in after.entries] == [False, True, True]
    there, back = (entry.lines for entry in after.entries[1:])
    assert [line.amount for line in there] == [-line.amount for line in back]
    # On the day of the mistake, not on the day it was noticed.
    assert after.entries[2].transaction.on == date(2026, 11, 2)


def test_undo_of_nothing_twice_or_of_an_undo():
    sale = tx("jual-tunai", 1, 5_000)
    ledger = book(sale)
    with pytest.raises(UnknownTransaction):
        ledger.with_(tx(UNDO, 2, undoes="nope"), TODAY)
    undo = tx(UNDO, 2, undoes=sale.id)
    ledger = ledger.with_(undo, TODAY)
    with pytest.raises(AlreadyUndone):
        ledger.with_(tx(UNDO, 3, undoes=sale.id), TODAY)
    with pytest.raises(UnknownTransaction):
        ledger.with_(tx(UNDO, 3, undoes=undo.id), TODAY)


def test_what_others_build_on_cannot_be_undone():
    bon = tx("jual-bon", 1, 50_000, "Bu Ani")
    ledger = book(bon, tx("terima-bon", 9, 20_000, "Bu Ani"))
    with pytest.raises(StillNeeded, match="Bon dibayar · Bu Ani, 9 November 2026"):
        ledger.with_(tx(UNDO, 10, undoes=bon.id), TODAY)


def test_a_payment_written_late_may_not_spoil_a_later_one():
    ledger = book(tx("jual-bon", 1, 50_000, "Bu Ani"), tx("terima-bon", 9, 50_000, "Bu Ani"))
    with pytest.raises(StillNeeded, match="9 November 2026"):
        ledger.with_(tx("terima-bon", 5, 10_000, "Bu Ani"), TODAY)


def test_the_same_transaction_twice_counts_once():
    sale = tx("jual-tunai", 1, 5_000)
    ledger = book(sale)
    assert ledger.with_(sale, TODAY) is ledger


def test_a_list_keeps_what_is_good_and_names_the_rest():
    ledger = book(tx("jual-bon", 1, 50_000, "Bu Ani"), tx("terima-bon", 20, 30_000, "Bu Ani"))
    good = [tx("terima-bon", 25, 20_000, "bu ani"), tx("jual-tunai", 2, 7_000)]
    future = tx("jual-tunai", date(2027, 1, 1), 1)
    too_much = tx("terima-bon", 26, 1, "Bu Ani")
    spoils = tx("terima-bon", 10, 50_000, "Bu Ani")
    ledger, refused = ledger.with_all([future, spoils, too_much, *good, good[1]], TODAY)
    assert {refusal.transaction.id for refusal in refused} == {future.id, too_much.id, spoils.id}
    assert {type(refusal.error) for refusal in refused} == {WrongDay, DebtExceeded, StillNeeded}
    assert ledger.balance("1201") == 0
    assert ledger.balance("1101") == 57_000


def passes_of(monkeypatch, ledger, rows):
    """Return the book with a list in it, what was refused, and how often the whole was reckoned."""
    made, begin = [], Ledger.__init__
    monkeypatch.setattr(Ledger, "__init__", lambda *args: (made.append(1), begin(*args))[1])
    ledger, refused = ledger.with_all(rows, TODAY)
    return ledger, refused, len(made)


@pytest.mark.slow
def test_a_list_that_spoils_one_later_payment_a_thousand_times_ends_soon(monkeypatch):
    ledger = book(tx("jual-bon", 1, 50_000, "Bu Ani"), tx("terima-bon", 20, 50_000, "Bu Ani"))
    rows = [tx("terima-bon", 10, 1, "Bu Ani") for _ in range(1_500)]
    ledger, refused, passes = passes_of(monkeypatch, ledger, rows)
    assert passes <= 30
    assert len(refused) == 1_500
    assert ledger.balance("1201") == 0


@pytest.mark.slow
def test_a_list_that_spoils_a_payment_of_each_of_many_people_ends_soon(monkeypatch):
    people = [f"Pelanggan {number}" for number in range(300)]
    ledger = book(
        *(tx("jual-bon", 1, 50_000, name) for name in people),
        *(tx("terima-bon", 20, 50_000, name) for name in people),
    )
    good = tx("jual-tunai", 2, 7_000)
    rows = [*(tx("terima-bon", 10, 50_000, name) for name in people), good]
    ledger, refused, passes = passes_of(monkeypatch, ledger, rows)
    assert passes <= 30
    assert len(refused) == 300
    assert good.id in ledger.by_id


@pytest.mark.parametrize("kind", KINDS)
def test_every_refusal_is_a_sentence(kind):
    with pytest.raises(BookError) as refused:
        book(tx(kind, date(2027, 1, 1), 10, "Bu Ani"))
    assert refused.value.message.endswith((".", "?"))
    assert refused.value.message[0].isupper()
