"""Sales that the book holds as a sum are booked once, whichever days the sum stands for."""

from datetime import date
from pathlib import Path

import pytest
from tests.unit.tools.settlement_check.lists import give, groups

from umkm.bookkeeping import Ledger, Transaction
from umkm_tools.cash_book.book_store import BookOwner, MemoryBookStore
from umkm_tools.settlement_check.widget import SettlementCheck

DATA = Path(__file__).with_name("data")


def book_of(*sales):
    made = [Transaction(f"b{n}", "jual-qris", on, amount) for n, (on, amount) in enumerate(sales)]
    return MemoryBookStore(BookOwner("Siti", "Warung", "abc"), Ledger.of("dagang", made))


def test_a_day_booked_as_one_sum_is_not_booked_again(rates):
    wednesday = date(2026, 11, 25)
    store = book_of((wednesday, 625_000))
    tool = SettlementCheck(store, rates, today=lambda: date(2026, 11, 26))
    give(tool, (DATA / "23-enam-baris-pembuka.csv").read_bytes())
    tool.on_message({"type": "book"})
    assert groups(tool) == {"matched": 3}
    assert dict(tool.view["compared"]["facts"])["Cocok"] == "2"
    assert tool.view["compared"]["groups"][0]["total"] == "Rp625.000"
    tool.on_message({"type": "write"})
    assert not tool.outcome["ok"]
    assert sum(one.amount for one in store.read().transactions) == 625_000


def test_nothing_of_a_day_that_does_not_agree_is_booked(rates):
    store = book_of((date(2026, 11, 25), 600_500))
    tool = SettlementCheck(store, rates, today=lambda: date(2026, 11, 26))
    give(tool, (DATA / "23-enam-baris-pembuka.csv").read_bytes())
    tool.on_message({"type": "book"})
    assert groups(tool) == {"unbooked": 2, "missing": 1}
    assert tool.view["compared"]["bookable"] == 0
    assert "2 pembayaran belum bisa dimasukkan" in tool.view["compared"]["held"]
    tool.on_message({"type": "write"})
    assert not tool.outcome["ok"]


WED, THU = date(2026, 11, 25), date(2026, 11, 26)
#: Payments as (day, hour, amount); what the book holds as (day, amount): each way of booking a sum.
SUMS = {
    "the sum, booked the next morning": (
        [("25/11/2026 09:12:31", 25_000), ("25/11/2026 13:40:02", 600_000)], [(THU, 625_000)],
    ),
    "the list is dated a day later": (
        [("26/11/2026 09:12:31", 25_000), ("26/11/2026 13:40:02", 600_000)], [(WED, 625_000)],
    ),
    "a payment after midnight": (
        [("25/11/2026 22:12:31", 25_000), ("26/11/2026 00:30:02", 600_000)], [(WED, 625_000)],
    ),
    "two days in one sum": (
        [("25/11/2026 09:12:31", 25_000), ("25/11/2026 13:40:02", 600_000), ("26/11/2026 10:00:01", 100_000)],
        [(THU, 725_000)],
    ),
    "a week in one sum": (
        [("20/11/2026 09:12:31", 25_000), ("22/11/2026 13:40:02", 600_000), ("26/11/2026 10:00:01", 100_000)],
        [(THU, 725_000)],
    ),
    "a week in one sum, on the day after": (
        [("19/11/2026 09:12:31", 25_000), ("22/11/2026 13:40:02", 600_000), ("25/11/2026 10:00:01", 100_000)],
        [(THU, 725_000)],
    ),
    "two sums, one of each two days": (
        [("23/11/2026 09:12:31", 25_000), ("24/11/2026 13:40:02", 600_000), ("25/11/2026 10:00:01", 40_000),
         ("26/11/2026 10:00:01", 60_000)],
        [(date(2026, 11, 24), 625_000), (THU, 100_000)],
    ),
}  # fmt: skip


def list_of(payments, heading="Tanggal Transaksi;Nominal"):
    return "\n".join([heading, *(f"{at};{amount}" for at, amount in payments)]).encode()


@pytest.mark.parametrize("off", [0, 500, -4_000])
@pytest.mark.parametrize("name", SUMS)
def test_whatever_days_a_sum_is_booked_for_turnover_does_not_double(rates, name, off):
    payments, booked = SUMS[name]
    booked = [(booked[0][0], booked[0][1] + off), *booked[1:]]
    store = book_of(*booked)
    tool = SettlementCheck(store, rates, today=lambda: date(2026, 11, 27))
    give(tool, list_of(payments))
    tool.on_message({"type": "book"})
    if off == 0:
        assert tool.view["compared"]["clean"], groups(tool)
    else:
        assert "Betulkan dulu" in tool.view["compared"]["held"]
    tool.on_message({"type": "write"})
    assert not tool.outcome["ok"]
    assert [one.amount for one in store.read().transactions] == [amount for _, amount in booked]


def test_sales_of_the_next_day_do_not_keep_a_forgotten_one_out(rates):
    store = book_of((WED, 25_000), (THU, 40_000), (THU, 12_000))
    tool = SettlementCheck(store, rates, today=lambda: date(2026, 11, 27))
    give(tool, list_of([("25/11/2026 09:12:31", 25_000), ("25/11/2026 13:40:02", 18_000)]))
    tool.on_message({"type": "book"})
    assert tool.view["compared"]["bookable"] == 1
    tool.on_message({"type": "write"})
    assert [one.amount for one in store.read().transactions] == [25_000, 40_000, 12_000, 18_000]


@pytest.mark.parametrize("heading", ["Tanggal Cair", "Tanggal Pencairan", "Settlement Date"])
def test_of_a_list_by_the_day_of_the_payout_nothing_is_booked(rates, heading):
    store = book_of((date(2026, 11, 20), 25_000))
    tool = SettlementCheck(store, rates, today=lambda: date(2026, 11, 27))
    give(tool, list_of([("23/11/2026", 25_000), ("23/11/2026", 600_000)], f"{heading};Nominal"))
    tool.on_message({"type": "columns", "side": "provider", "columns": {"on": 0, "amount": 1}})
    tool.on_message({"type": "book"})
    assert tool.view["compared"]["bookable"] == 0
    assert "tanggal uang cair" in tool.view["compared"]["held"]
