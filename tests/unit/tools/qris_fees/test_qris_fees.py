"""QRIS fees with the course's own rates; sums by hand."""

from datetime import date

import pytest

from umkm_courses import Catalogue
from umkm_tools.base.rates import final_tax, qris_fees
from umkm_tools.qris_fees.rates import rates_from
from umkm_tools.qris_fees.widget import QrisFees

WEDNESDAY = date(2026, 11, 25)


@pytest.fixture
def calculate(catalogue):
    tool = QrisFees(rates_from(qris_fees(catalogue)), today=lambda: WEDNESDAY)

    def ask(**form):
        tool.on_message({"type": "reckon", "number": 5, "form": form})
        assert tool.result["number"] == 5
        return tool.result

    ask.tool = tool
    return ask


def test_one_payment_of_a_micro_business(calculate):
    said = calculate(**{"class": "UMI", "amount": "600rb"})
    # 0,3 % of the whole amount (Fortune's example counts so), next working day.
    assert (said["one"]["fee"], said["one"]["net"]) == ("Rp1.800", "Rp598.200")
    assert said["one"]["rate"] == "0,3%"
    assert said["one"]["since"] == "1 Desember 2024"
    assert "ANTARA" in said["one"]["source"]
    assert said["one"]["dated"] == "1 Januari 2026"
    assert said["payout"] == "Kamis, 26 November 2026"
    assert calculate(**{"class": "UMI", "amount": "500rb"})["one"]["fee"] == "Rp0"


def test_every_rate_shown_has_its_day_and_source(calculate):
    for name in ("UMI", "UKE", "UME", "sekolah", "spbu", "sosial", "BLU"):
        said = calculate(**{"class": name, "amount": "100000"})
        rates = [said["one"], *said["history"]]
        shown = [*rates, *calculate.tool.setup["facts"]]
        assert all(one["since"] and one["source"] for one in shown), name
        assert all(one["dated"] for one in rates), name
        assert [rule["now"] for rule in said["history"]].count(True) == 1
    assert "Periksa sebelum mengajar" in said["one"]["note"]


def test_a_month(calculate):
    said = calculate(
        **{"class": "UKE", "a_day": "20", "basket": "25rb", "days": "26", "would_leave": "1"}
    )
    month = said["month"]
    assert month["with"][0] == ["Penjualan", "Rp13.000.000"]
    assert month["with"][1] == ["Biaya MDR", "Rp91.000"]
    assert month["with"][3] == ["Diterima", "Rp12.909.000"]
    assert month["without"][3] == ["Diterima", "Rp11.700.000"]
    assert "menjaga penjualan Rp1.300.000" in month["said"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"amount": "banyak"}, "amount"),
        ({"amount": "500"}, "amount"),
        ({"amount": "-5000"}, "amount"),
        ({"amount": "9" * 200}, "amount"),
        ({"a_day": "2,5", "basket": "5rb", "days": "3"}, "a_day"),
        ({"a_day": "5", "basket": "", "days": "3"}, "basket"),
        ({"a_day": "5", "basket": "5rb", "days": "99"}, "days"),
        ({"a_day": "5", "basket": "5rb", "days": ""}, "days"),
        ({"a_day": "5", "basket": "5rb", "days": "3", "would_leave": "11"}, "would_leave"),
    ],
)
def test_what_cannot_be_read_is_asked_back(calculate, form, field):
    said = calculate(**form)
    assert not said["ok"]
    assert said["field"] == field
    assert said["message"]


def test_forged_messages_and_no_rates(calculate):
    for message in (None, 3, {"type": "x"}, {"type": "make"}, {"type": "reckon", "form": 3}):
        calculate.tool.on_message(message)
    assert calculate(**{"class": ["UMI"], "days_to": 99, "working": None})["ok"]
    bare = QrisFees(rates_from(""))
    bare.on_message({"type": "reckon", "form": {}})
    assert bare.setup["known"] is False
    assert bare.result["message"] == "Tarif QRIS belum ada di laptop ini. Beri tahu pelatih Anda."


def test_a_course_that_states_no_rates_is_no_obstacle(catalogue):
    empty = Catalogue(courses={})
    assert (qris_fees(empty), final_tax(empty)) == ("", "")
    assert '"exempt"' in final_tax(catalogue)
