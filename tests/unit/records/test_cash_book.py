"""A person's own cash book: kept after consent, one for two phones, gone at a word."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import text
from tests.unit.records.conftest import MONDAY

import umkm_records.tools.cash_book
from umkm.bookkeeping import Ledger, Transaction
from umkm.bookkeeping.errors import DebtExceeded, UnknownChoice
from umkm.bookkeeping.kinds import UNDO
from umkm_records import UnknownParticipant, erase_person, export_person, open_records
from umkm_records.tools import (
    BookClosed,
    BookFull,
    Owner,
    erase_book,
    open_book,
    read_book,
    write_book,
    write_list,
)

TODAY = date(2026, 11, 30)
VERSION = "buku-kas-2026-11"


def tx(name, kind="jual-tunai", amount=5_000, person="", **more):
    return Transaction(name, kind, date(2026, 11, 3), amount, person, **more)


@pytest.fixture
def book(records, siti):
    return open_book(records, Owner(siti.code), "dagang", VERSION, MONDAY)


def consents(records, code):
    found = export_person(records, code)["consents"]
    return [one for one in found if one["version"] == VERSION]


def test_there_is_none_before_a_consent(records, siti):
    assert read_book(records, siti.code) is None
    with pytest.raises(UnknownParticipant):
        open_book(records, Owner("srg-nobody"), "dagang", VERSION)
    with pytest.raises(UnknownChoice):
        open_book(records, Owner(siti.code), "tambang", VERSION)
    assert read_book(records, siti.code) is None
    open_book(records, Owner(siti.code), "dagang", VERSION, MONDAY)
    assert consents(records, siti.code) == [
        {"version": VERSION, "given_at": "2026-11-02T01:00:00+00:00", "withdrawn_at": None}
    ]


def test_opening_twice_keeps_the_book_and_one_consent(records, siti, book):
    write_book(records, siti.code, book, [tx("a")], TODAY)
    again = open_book(records, Owner(siti.code), "jasa", VERSION)
    assert again.ledger.chart.business == "dagang"
    assert again.ledger.balance("1101") == 5_000
    assert len(consents(records, siti.code)) == 1


def test_what_was_written_is_there_for_another_process(records, siti, book, database):
    write_book(
        records, siti.code, book, [tx("a", person=""), tx("b", "jual-bon", 7, "Bu Ani")], TODAY
    )
    with open_records(database) as elsewhere:
        found = read_book(elsewhere, siti.code)
    assert [t.id for t in found.ledger.transactions] == ["a", "b"]
    assert found.ledger.balance("1201") == 7


def test_all_or_nothing(records, siti, book):
    with pytest.raises(DebtExceeded):
        write_book(records, siti.code, book, [tx("a"), tx("b", "terima-bon", 5, "Bu Ani")], TODAY)
    assert read_book(records, siti.code).ledger.transactions == ()


def test_sent_twice_is_written_once(records, siti, book):
    first = write_book(records, siti.code, book, [tx("a")], TODAY)
    # As a phone would that never saw the answer.
    second = write_book(records, siti.code, book, [tx("a"), tx("b")], TODAY)
    assert [t.id for t in second.ledger.transactions] == ["a", "b"]
    assert read_book(records, siti.code, first).ledger.balance("1101") == 10_000


def test_two_phones_merge_and_neither_pays_a_debt_twice(records, siti, book):
    book = write_book(records, siti.code, book, [tx("bon", "jual-bon", 50_000, "Bu Ani")], TODAY)
    one = write_book(records, siti.code, book, [tx("p1", "terima-bon", 50_000, "Bu Ani")], TODAY)
    with pytest.raises(DebtExceeded, match="sudah lunas"):
        write_book(records, siti.code, book, [tx("p2", "terima-bon", 50_000, "Bu Ani")], TODAY)
    other = write_book(records, siti.code, book, [tx("sale")], TODAY)
    assert {t.id for t in other.ledger.transactions} == {"bon", "p1", "sale"}
    assert read_book(records, siti.code, one).ledger.balances() == other.ledger.balances()


@pytest.mark.slow
def test_many_phones_at_once_lose_nothing(records, siti, book):
    def write(number):
        return write_book(records, siti.code, book, [tx(f"t{number}", amount=number)], TODAY)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(1, 25)))
    assert read_book(records, siti.code).ledger.balance("1101") == sum(range(1, 25))


def test_both_phones_undo_the_same(records, siti, book):
    book = write_book(records, siti.code, book, [tx("a")], TODAY)
    undo = Transaction("u1", UNDO, TODAY, undoes="a")
    after = write_book(records, siti.code, book, [undo], TODAY)
    assert after.ledger.balances() == {}
    assert read_book(records, siti.code).ledger.undone == {"a"}


def test_a_list_is_taken_as_far_as_it_goes(records, siti, book):
    kept, refused = write_list(
        records, siti.code, book, [tx("a"), tx("b", amount=10**15), tx("a")], TODAY
    )
    assert [refusal.transaction.id for refusal in refused] == ["b"]
    assert read_book(records, siti.code).ledger.transactions == kept.ledger.transactions


def test_others_write_while_a_list_is_reckoned(records, siti, book, database, monkeypatch):
    """A list that spoils much takes seconds, and SQLite lets one writer in at a time."""
    reckoned, whole = [], Ledger.with_all

    def slow(ledger, new, today):
        with open_records(database, busy_seconds=1) as elsewhere:
            if not reckoned:  # the same person's other phone: it is reckoned anew
                write_book(elsewhere, siti.code, book, [tx("other")], TODAY)
            with elsewhere.transaction():
                pass
        reckoned.append(len(ledger.transactions))
        return whole(ledger, new, today)

    monkeypatch.setattr(Ledger, "with_all", slow)
    kept, _ = write_list(records, siti.code, book, [tx("a")], TODAY)
    assert reckoned == [0, 1]
    assert [t.id for t in kept.ledger.transactions] == ["other", "a"]


def test_a_book_erased_while_a_list_is_reckoned_stays_erased(records, siti, book, monkeypatch):
    whole = Ledger.with_all

    def slow(ledger, new, today):
        erase_book(records, Owner(siti.code))
        return whole(ledger, new, today)

    monkeypatch.setattr(Ledger, "with_all", slow)
    with pytest.raises(BookClosed):
        write_list(records, siti.code, book, [tx("a")], TODAY)


def test_a_book_is_full_some_day(records, siti, book, monkeypatch):
    monkeypatch.setattr(umkm_records.tools.cash_book, "MOST_ENTRIES", 2)
    book = write_book(records, siti.code, book, [tx("a"), tx("b")], TODAY)
    with pytest.raises(BookFull):
        write_book(records, siti.code, book, [tx("c")], TODAY)


def test_erased_it_is_nowhere_and_its_consent_has_ended(records, siti, budi, book, database):
    other = open_book(records, Owner(budi.code), "jasa", VERSION)
    write_book(records, budi.code, other, [tx("a")], TODAY)
    secret = tx("a", "jual-bon", 7, "Bu Rahasia")
    book = write_book(records, siti.code, book, [secret], TODAY)
    erase_book(records, Owner(siti.code))
    erase_book(records, Owner(siti.code))
    assert read_book(records, siti.code) is None
    assert consents(records, siti.code)[0]["withdrawn_at"] is not None
    with pytest.raises(BookClosed):
        write_book(records, siti.code, book, [tx("b")], TODAY)
    again = open_book(records, Owner(siti.code), "dagang", VERSION)
    assert again.ledger.transactions == ()
    with pytest.raises(BookClosed):
        write_book(records, siti.code, book, [tx("b")], TODAY)
    assert read_book(records, budi.code).ledger.balance("1101") == 5_000
    files = b"".join(path.read_bytes() for path in database.parent.iterdir())
    assert b"Rahasia" not in files


def test_a_persons_copy_has_it_and_their_erasure_takes_it(records, siti, book):
    write_book(records, siti.code, book, [tx("a", "jual-bon", 7, "Bu Ani")], TODAY)
    copy = export_person(records, siti.code)
    assert copy["books"][0]["business"] == "dagang"
    assert copy["book_entries"][0]["entry"]["person"] == "Bu Ani"
    json.dumps(copy)
    erase_person(records, siti.code, by="pelatih")
    with records.read_session() as session:
        assert session.execute(text("SELECT count(*) FROM book_entry")).scalar_one() == 0
        assert session.execute(text("SELECT count(*) FROM book")).scalar_one() == 0


def test_a_book_read_anew_is_the_same_as_one_followed(records, siti, book):
    followed = book
    for number in range(5):
        followed = write_book(records, siti.code, followed, [tx(f"t{number}")], TODAY)
    whole = read_book(records, siti.code)
    assert whole.upto == followed.upto
    assert whole.ledger.transactions == followed.ledger.transactions
    assert isinstance(read_book(records, siti.code, followed).ledger, Ledger)
