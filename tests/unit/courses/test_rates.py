"""Rates leave facts.toml as typed numbers, or not at all."""

from datetime import date
from fractions import Fraction

import pytest

from umkm.qris import FeeGroup, Rounding
from umkm_courses import CourseError, final_tax_rule, qris_tariff

RATES = """
[pph-final-tarif]
value = 0.5
unit = "persen"
valid_from = 2024-01-01
source = "Contoh"
source_date = 2026-06-08
checked_on = 2026-11-29

[pph-final-bebas]
value = 500000000
unit = "Rupiah"
valid_from = 2024-01-01
source = "Contoh"
source_date = 2026-06-07
checked_on = 2026-11-29

[pph-final-batas-omzet]
value = 4800000000
unit = "Rupiah"
valid_from = 2024-01-01
source = "Contoh"
source_date = 2026-06-08
checked_on = 2026-11-29
"""


def test_the_oldest_source_counts(shelf):
    shelf.facts = RATES
    assert final_tax_rule(shelf.load().courses["kas-kecil"]).source_date == date(2026, 6, 7)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[pph-final-tarif]", "[pph-tarif]"),
        ("0.5", '"setengah"'),
        ("0.5", "-1"),
        ("source_date = 2026-06-08\n", ""),
    ],
)
def test_missing_or_senseless_rates_are_refused(shelf, old, new):
    shelf.facts = RATES.replace(old, new, 1)
    with pytest.raises(CourseError, match=r"facts\.toml"):
        final_tax_rule(shelf.load().courses["kas-kecil"])


FEES = """
[mdr-mikro-2024-12]
value = 0.3
unit = "persen"
valid_from = 2024-12-01
source = "Contoh"
source_date = 2026-06-08
checked_on = 2026-11-29

[mdr-mikro-2024-12-bebas]
value = 500000
unit = "Rupiah"
valid_from = 2024-12-01
source = "Contoh"
source_date = 2026-06-05
checked_on = 2026-11-29

[mdr-blu-pso-2021-06]
value = 0.4
unit = "persen"
valid_from = 2021-06-01
source = "Contoh"
source_date = 2026-06-08
checked_on = 2026-11-29
"""


def test_fees_of_qris_are_read_with_their_free_part(shelf):
    shelf.facts = FEES
    tariff = qris_tariff(shelf.load().courses["kas-kecil"], Rounding.DOWN)
    today = date(2026, 11, 23)
    assert tariff.rounding is Rounding.DOWN
    assert [tariff.fee(x, FeeGroup.MICRO, today).fee for x in (500_000, 600_000)] == [0, 1_800]
    assert tariff.fee(1_000_000, FeeGroup.PUBLIC_SERVICE, today).percent == Fraction(2, 5)
    assert tariff.rule(FeeGroup.MICRO, today).source_date == date(2026, 6, 5)


@pytest.mark.parametrize(
    ("old", "new"),
    [("mdr-", "biaya-"), ("0.3", '"nol"'), ("500000", '"banyak"'), ("0.4", "100")],
)
def test_missing_or_senseless_fees_are_refused(shelf, old, new):
    shelf.facts = FEES.replace(old, new)
    with pytest.raises(CourseError, match=r"facts\.toml"):
        qris_tariff(shelf.load().courses["kas-kecil"])
