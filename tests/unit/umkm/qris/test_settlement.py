"""Payouts, worked out on a calendar: 20 November 2026 is a Friday."""

from datetime import UTC, date, datetime, time

import pytest
from tests.unit.umkm.qris.rates import TARIFF

from umkm.qris import FeeGroup
from umkm.qris.settlement import Payment, PayoutTime, Provider, payout_time, payouts

FRIDAY, SATURDAY, MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, d) for d in (20, 21, 23, 24, 25))
FEES = (TARIFF, FeeGroup.MICRO)
SAME_DAY = Provider("sama hari", 0, working_days=False)
NEXT_DAY = Provider("H+1", 1)
# As an aggregator's page had it in October 2024: two working days, Rp2.000 and Rp2.900 clearing.
AGGREGATOR = Provider("H+2", 2, payout_fee=4_900)
# Five batches a day, as a bank announced for micro merchants; the hours are made up.
BATCHES = Provider(
    "lima kali", 0, working_days=False, batches=tuple(map(time, (7, 10, 13, 16, 20)))
)


def wib(day, hour, minute=0):
    """A moment on Serang's clocks, as it is stored: UTC, seven hours behind."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC).replace(hour=hour - 7)


@pytest.mark.parametrize(
    ("at", "provider", "due"),
    [
        (wib(20, 9), SAME_DAY, FRIDAY),
        (wib(21, 9), SAME_DAY, SATURDAY),
        (wib(20, 9), NEXT_DAY, MONDAY),
        (wib(21, 9), NEXT_DAY, MONDAY),
        (wib(23, 9), NEXT_DAY, TUESDAY),
        (wib(20, 9), AGGREGATOR, TUESDAY),
        (wib(21, 9), AGGREGATOR, TUESDAY),
        (wib(21, 9), Provider("hari kerja", 0), MONDAY),
    ],
)
def test_days(at, provider, due):
    assert payout_time(at, provider) == PayoutTime(due)


def test_the_day_is_serang_s_not_greenwich_s():
    # 17.30 UTC on Sunday is half past midnight on Monday.
    assert payout_time(datetime(2026, 11, 22, 17, 30, tzinfo=UTC), NEXT_DAY).on == TUESDAY


def test_holidays_are_passed_over():
    assert payout_time(wib(20, 9), NEXT_DAY, {MONDAY}) == PayoutTime(TUESDAY)
    assert payout_time(wib(20, 9), AGGREGATOR, {MONDAY, TUESDAY}).on == date(2026, 11, 26)


def test_after_closing_counts_for_the_next_day():
    provider = Provider("tutup 21", 1, closes_at=time(21))
    assert payout_time(wib(23, 20, 59), provider).on == TUESDAY
    assert payout_time(wib(23, 21), provider).on == WEDNESDAY


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (wib(20, 7), PayoutTime(FRIDAY, time(10))),
        (wib(20, 9, 59), PayoutTime(FRIDAY, time(10))),
        (wib(20, 19), PayoutTime(FRIDAY, time(20))),
        (wib(20, 20), PayoutTime(SATURDAY, time(7))),
        (wib(20, 23), PayoutTime(SATURDAY, time(7))),
    ],
)
def test_batches(at, due):
    assert payout_time(at, BATCHES) == due


def test_a_week_of_payments_becomes_a_calendar_of_payouts():
    week = [
        Payment(wib(23, 8), 600_000),  # 0,3% = 1.800
        Payment(wib(20, 19), 25_000),
        Payment(wib(21, 10), 1_000_000),  # 3.000
    ]
    tuesday, wednesday = payouts(week, AGGREGATOR, FEES)
    assert tuesday.when == PayoutTime(TUESDAY)
    assert [payment.amount for payment in tuesday.payments] == [25_000, 1_000_000]
    assert (tuesday.gross, tuesday.mdr, tuesday.payout_fee) == (1_025_000, 3_000, 4_900)
    assert tuesday.net == 1_017_100
    assert wednesday.when == PayoutTime(WEDNESDAY)
    assert wednesday.net == 600_000 - 1_800 - 4_900


def test_a_payout_smaller_than_its_fee_is_below_zero():
    (payout,) = payouts([Payment(wib(23, 8), 3_000)], AGGREGATOR, FEES)
    assert payout.net == -1_900


def test_no_payments_no_payouts():
    assert payouts([], NEXT_DAY, FEES) == ()


def test_a_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        payout_time(datetime(2026, 11, 20, 9), NEXT_DAY)  # noqa: DTZ001


@pytest.mark.parametrize(
    "wrong",
    [{"days": -1}, {"days": 0, "payout_fee": -1}, {"days": 0, "batches": (time(9), time(7))}],
)
def test_a_provider_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"days|batches"):
        Provider("salah", **wrong)
