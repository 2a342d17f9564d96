"""A served page's cash book: whose it is, and when its page may no longer write."""

from datetime import date

import pytest

from umkm.bookkeeping import Transaction
from umkm.errors import UmkmError
from umkm_apps.page_sessions.in_process.reader import Reader
from umkm_records import class_roster, get_participant, open_records, reset_pin
from umkm_records.tools import BookClosed
from umkm_tools.cash_book.page import RecordsBookStore
from umkm_tools.cash_book.widget import CashBook

TODAY = date(2026, 11, 25)
SALE = Transaction("a", "jual-tunai", TODAY, 5_000)


@pytest.fixture
def records(sample_database):
    with open_records(sample_database) as opened:
        yield opened


def store(records, code="srg-siti1", version=1):
    return RecordsBookStore(records, Reader(code, version), None)


def test_nothing_is_stored_before_the_consent(records):
    mine = store(records)
    assert mine.read() is None
    with pytest.raises(BookClosed):
        mine.write([SALE], TODAY)
    mine.begin("dagang")
    assert mine.write([SALE], TODAY).balance("1101") == 5_000


def test_a_book_belongs_to_one_person(records):
    store(records).begin("dagang")
    cohort = get_participant(records, "srg-siti1").cohort
    other = next(p.code for p in class_roster(records, cohort) if p.code != "srg-siti1")
    assert store(records, other).read() is None
    tokens = {store(records, code).owner.token for code in ("srg-siti1", other)}
    assert len(tokens) == 2
    assert store(records).owner.business_name


def test_two_pages_of_one_person_see_each_other(records):
    one, other = store(records), store(records)
    one.begin("dagang")
    other.read()
    one.write([SALE], TODAY)
    assert other.write([Transaction("b", "jual-tunai", TODAY, 1)], TODAY).balance("1101") == 5_001
    one.erase()
    with pytest.raises(BookClosed):
        other.write([Transaction("c", "jual-tunai", TODAY, 1)], TODAY)


def test_a_new_pin_ends_open_pages(records):
    mine = store(records)
    mine.begin("dagang")
    reset_pin(records, "srg-siti1", by="pelatih")
    for act in (mine.read, mine.erase, lambda: mine.write([SALE], TODAY)):
        with pytest.raises(UmkmError, match="masuk lagi"):
            act()


def test_a_page_writes_no_faster_than_a_person_and_reads_all_the_same(records):
    """Each write waits for the disk, and everybody's answers wait for it."""
    mine = store(records)
    mine.begin("dagang")
    sales = (Transaction(f"t{number}", "jual-tunai", TODAY, 1) for number in range(1_000))

    def write_all():
        for sale in sales:
            mine.write([sale], TODAY)

    with pytest.raises(UmkmError, match="Terlalu cepat, jadi ini belum tersimpan"):
        write_all()
    kept = len(mine.read().transactions)
    assert kept >= 29
    # The one that was refused comes next but is not in the book: it was told so.
    assert next(sales).id == f"t{kept + 1}"


def test_the_page_says_it_and_keeps_what_was_written(records):
    mine = store(records)
    mine.begin("dagang")
    book = CashBook(mine, today=lambda: TODAY)
    reset_pin(records, "srg-siti1", by="pelatih")
    form = {"kind": "jual-tunai", "amount": "5rb", "on": TODAY.isoformat()}
    book.on_message({"type": "write", "id": "a", "form": form})
    assert (book.outcome["ok"], book.outcome["again"]) == (False, True)
    assert "masuk lagi" in book.outcome["message"]
