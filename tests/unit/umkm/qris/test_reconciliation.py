"""The cash book beside a settlement list; each case as a shopkeeper would settle it by hand."""

from collections import Counter
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.umkm.qris.rates import TARIFF

from umkm.qris import BookEntry, FeeGroup, Outcome, SettlementLine, Terms, reconcile

DAY = date(2026, 11, 20)
NEXT = DAY + timedelta(1)
CHECKED = Terms(tariff=TARIFF, group=FeeGroup.MICRO)


def outcomes(book, settled, terms=CHECKED):
    return [
        (item.outcome.value, item.entry and item.entry.id, item.line and item.line.id)
        for item in reconcile(book, settled, terms).items
    ]


def sale(entry_id, amount, on=DAY, reference=""):
    return BookEntry(entry_id, on, amount, reference)


def paid(line_id, amount, on=DAY, **more):
    return SettlementLine(line_id, on, amount, **more)


def test_a_day_at_the_stall():
    book = [
        sale("b1", 25_000, reference="R1"),
        sale("b2", 600_000, reference="R2"),
        sale("b3", 40_000, reference="R3"),
        sale("b4", 15_000, reference="R4"),
    ]
    settled = [
        paid("s1", 25_000, reference="R1", fee=0, net=25_000),
        paid("s2", 600_000, reference="R2", fee=4_200, net=595_800),  # 0,7% taken from a micro shop
        paid("s3", 10_000, reference="R9", fee=0, net=10_000),
        paid("s4", 25_000, reference="R1", fee=0, net=25_000),
        paid("s5", 15_000, reference="R4", fee=0, net=15_000),
        paid("s6", 15_000, reference="R4", refund=True),
    ]
    assert sorted(outcomes(book, settled)) == sorted([
        ("matched", "b1", "s1"),
        ("fee-wrong", "b2", "s2"),
        ("missing", "b3", None),
        ("unbooked", None, "s3"),
        ("double", None, "s4"),
        ("matched", "b4", "s5"),
        ("refunded", None, "s6"),
    ])  # fmt: skip


def test_a_wrong_fee_says_both_fees():
    (item,) = reconcile([sale("b", 600_000)], [paid("s", 600_000, fee=4_200)], CHECKED).items
    assert "Rp4.200" in item.message
    assert "Rp1.800" in item.message


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        (paid("s", 600_000, fee=1_800, net=598_200), "matched"),
        (paid("s", 600_000, fee=1_801), "matched"),  # nobody says how a Rupiah is rounded
        (paid("s", 600_000, fee=1_802), "fee-wrong"),
        (paid("s", 600_000, net=598_200), "matched"),
        (paid("s", 600_000, net=595_800), "fee-wrong"),
        (paid("s", 600_000, fee=1_800, net=590_000), "fee-wrong"),
        (paid("s", 600_000), "matched"),
    ],
)
def test_fees(line, outcome):
    assert outcomes([sale("b", 600_000)], [line]) == [(outcome, "b", "s")]


def test_without_a_tariff_only_the_sum_is_checked():
    lines = [paid("s", 600_000, fee=4_200, net=595_800), paid("t", 600_000, fee=4_200, net=1)]
    book = [sale("b", 600_000), sale("c", 600_000)]
    assert outcomes(book, lines, Terms()) == [("matched", "b", "s"), ("fee-wrong", "c", "t")]


def test_the_same_reference_with_another_amount():
    book, settled = [sale("b", 52_000, reference="r 7")], [paid("s", 25_000, reference="R 7 ")]
    assert outcomes(book, settled) == [("amount-wrong", "b", "s")]


def test_of_two_lines_with_one_number_the_one_with_the_amount_is_taken():
    settled = [paid("s1", 25_000, reference="R1"), paid("s2", 52_000, reference="R1")]
    assert outcomes([sale("b", 52_000, reference="R1")], settled) == [
        ("matched", "b", "s2"),
        ("unbooked", None, "s1"),
    ]


def test_equal_amounts_without_references_pair_one_by_one():
    book = [sale("b1", 15_000), sale("b2", 15_000), sale("b3", 15_000)]
    settled = [paid("s1", 15_000), paid("s2", 15_000)]
    assert outcomes(book, settled) == [
        ("matched", "b1", "s1"),
        ("matched", "b2", "s2"),
        ("missing", "b3", None),
    ]


def test_the_nearest_day_wins_and_far_days_do_not_meet():
    book = [sale("b1", 15_000, on=NEXT), sale("b2", 15_000)]
    settled = [paid("s1", 15_000), paid("s2", 15_000, on=NEXT)]
    assert sorted(outcomes(book, settled)) == [("matched", "b1", "s2"), ("matched", "b2", "s1")]
    far = [paid("s", 15_000, on=DAY + timedelta(2))]
    assert outcomes([sale("b", 15_000)], far) == [("missing", "b", None), ("unbooked", None, "s")]


def test_numbers_of_two_systems_say_nothing():
    # The shop's own invoice numbers never meet the provider's reference numbers.
    book, settled = [sale("b", 15_000, reference="INV-1")], [paid("s", 15_000, reference="8842")]
    assert outcomes(book, settled) == [("matched", "b", "s")]


def test_numbers_of_one_system_tell_two_payments_apart():
    book = [sale("b1", 15_000, reference="R1"), sale("b2", 15_000, reference="R2")]
    settled = [paid("s1", 15_000, reference="R1"), paid("s3", 15_000, reference="R3")]
    assert outcomes(book, settled) == [
        ("matched", "b1", "s1"),
        ("missing", "b2", None),
        ("unbooked", None, "s3"),
    ]


def test_doubles():
    twice = [sale("b1", 15_000, reference="R1"), sale("b2", 15_000, reference="R1")]
    assert ("double", "b2", None) in outcomes(twice, [paid("s", 15_000, reference="R1")])
    at_once = [paid("s1", 15_000, at=time(9, 5, 7)), paid("s2", 15_000, at=time(9, 5, 7))]
    assert ("double", None, "s2") in outcomes([sale("b", 15_000)], at_once)
    later = [paid("s1", 15_000, at=time(9, 5, 7)), paid("s2", 15_000, at=time(9, 6))]
    assert ("unbooked", None, "s2") in outcomes([sale("b", 15_000)], later)


def test_a_double_says_whose_it_is():
    twice = [sale("b1", 15_000, reference="R1"), sale("b2", 15_000, reference="R1")]
    (booked,) = reconcile(twice, []).of(Outcome.DOUBLE)
    assert "Hapus satu" in booked.message
    lines = [paid("s1", 15_000, reference="R1"), paid("s2", 15_000, reference="R1")]
    (settled,) = reconcile([], lines).of(Outcome.DOUBLE)
    assert "penyedia" in settled.message


def test_refunds():
    refund = paid("s", -15_000, reference="R1")
    assert outcomes([sale("b", -15_000)], [refund]) == [("refunded", "b", "s")]
    # A list may show the sale only as given back: it is not missing.
    assert outcomes([sale("b", 15_000, reference="R1")], [refund]) == [("refunded", "b", "s")]
    assert outcomes([], [refund]) == [("refunded", None, "s")]
    (noted,) = reconcile([sale("b", -15_000)], [refund]).items
    (unnoted,) = reconcile([], [refund]).items
    assert "Sudah tercatat" in noted.message
    assert "Catat" in unnoted.message


def test_a_refund_belongs_to_the_payment_of_its_number_not_to_a_missing_sale():
    book = [sale("b1", 15_000, reference="R1"), sale("b2", 15_000, reference="R2")]
    settled = [paid("s1", 15_000, reference="R1"), paid("s2", -15_000, reference="R1")]
    assert sorted(outcomes(book, settled), key=str) == [
        ("matched", "b1", "s1"),
        ("missing", "b2", None),
        ("refunded", None, "s2"),
    ]


def test_nothing_to_compare():
    assert reconcile([], []).items == ()


references = st.sampled_from(["", "", "R1", "R2", "r1 ", "X"])
amounts = st.sampled_from([-15_000, 0, 15_000, 25_000, 600_000])
days = st.sampled_from([DAY, NEXT, DAY + timedelta(5)])
entries = st.lists(st.builds(BookEntry, st.uuids().map(str), days, amounts, references), max_size=8)
fees = st.none() | st.sampled_from([0, 1_800])
times = st.sampled_from([None, time(9)])
lines = st.lists(
    st.builds(
        SettlementLine, st.uuids().map(str), days, amounts, fees, fees, references, times, st.booleans()
    ),
    max_size=8,
)  # fmt: skip


@pytest.mark.slow
@given(entries, lines)
def test_every_row_stands_in_exactly_one_result(book, settled):
    items = reconcile(book, settled, CHECKED).items
    assert Counter(item.entry.id for item in items if item.entry) == Counter(e.id for e in book)
    assert Counter(item.line.id for item in items if item.line) == Counter(x.id for x in settled)
    for item in items:
        both = item.entry is not None and item.line is not None
        if item.outcome in {Outcome.MATCHED, Outcome.FEE_WRONG, Outcome.AMOUNT_WRONG}:
            assert both or "jumlah sehari" in item.message or item.outcome is Outcome.FEE_WRONG
        assert item.message


def test_a_day_booked_as_one_sum_agrees():
    settled = [paid("s1", 25_000, fee=0), paid("s2", 600_000, fee=1_800)]
    assert outcomes([sale("b", 625_000)], settled) == [
        ("matched", "b", None), ("matched", None, "s1"), ("matched", None, "s2"),
    ]  # fmt: skip
    # Two sums, as for a morning and an evening; and the day after, one by one.
    book = [sale("b1", 25_000), sale("b2", 600_000), sale("b3", 9_000, on=NEXT)]
    more = [paid("s1", 10_000), paid("s2", 15_000), paid("s3", 600_000), paid("s4", 9_000, on=NEXT)]
    assert {outcome for outcome, *_ in outcomes(book, more)} == {"matched"}
    # A fee that is too high is told also then.
    wrong = [paid("s1", 25_000, fee=0), paid("s2", 600_000, fee=4_200)]
    assert ("fee-wrong", None, "s2") in outcomes([sale("b", 625_000)], wrong)
    # Another sum is no agreement.
    assert sorted(outcomes([sale("b", 620_000)], settled), key=str) == [
        ("missing", "b", None), ("unbooked", None, "s1"), ("unbooked", None, "s2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "settled",
    [
        [paid(f"s{n}", 10_000, at=time(12, 5)) for n in range(3)],
        [paid(f"s{n}", 10_000, at=time(23, 59, 59)) for n in range(2)] + [paid("s2", 7_000, at=time(23, 59, 59))],
        [paid(f"s{n}", 10_000, at=time(12, 5), reference="-") for n in range(3)],
        [paid(f"s{n}", 10_000, reference="6,33E+11") for n in range(3)],
        [paid(f"s{n}", 10_000, reference="N/A") for n in range(3)],
    ],
)  # fmt: skip
def test_equal_payments_of_one_minute_or_without_a_number_are_several(settled):
    book = [sale(f"b{n}", line.amount) for n, line in enumerate(settled)]
    assert {outcome for outcome, *_ in outcomes(book, settled)} == {"matched"}


def test_the_same_second_is_the_same_payment():
    twice = [paid(f"s{n}", 10_000, at=time(12, 5, 31)) for n in range(2)]
    assert [outcome for outcome, *_ in outcomes([sale("b", 10_000)], twice)] == [
        "double",
        "matched",
    ]


def test_one_row_handed_in_twice_is_two_rows():
    row, line = sale("b", 15_000), paid("s", 15_000)
    assert outcomes([row, row], [line, line]) == [("matched", "b", "s")] * 2


@pytest.mark.slow
def test_a_year_of_equal_sales_is_compared_at_once():
    many = 20_000
    book = [sale(str(n), 15_000, on=DAY + timedelta(n % 365)) for n in range(many)]
    settled = [paid(str(n), 15_000, on=DAY + timedelta(n % 365)) for n in range(many)]
    assert len(reconcile(book, settled).of(Outcome.MATCHED)) == many
