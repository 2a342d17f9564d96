"""Rates leave facts.toml as typed numbers, or not at all."""

from fractions import Fraction

import pytest

from umkm_courses import CourseError, final_tax_rule, load_catalogue

RATES = """
[pph-final-tarif]
value = 0.5
unit = "persen"
valid_from = 2024-01-01
source = "Contoh"
checked_on = 2026-11-23

[pph-final-bebas]
value = 500000000
unit = "Rupiah"
valid_from = 2024-01-01
source = "Contoh"
checked_on = 2026-11-22

[pph-final-batas-omzet]
value = 4800000000
unit = "Rupiah"
valid_from = 2024-01-01
source = "Contoh"
checked_on = 2026-11-23
"""


def test_the_rates_of_the_course_in_this_repository(request):
    catalogue = load_catalogue(request.config.rootpath / "courses")
    rule = final_tax_rule(catalogue.courses["pembukuan"])
    assert (rule.rate, rule.exempt, rule.ceiling) == (
        Fraction(5, 1000),
        500_000_000,
        4_800_000_000,
    )
    assert "PMK 164/2023" in rule.source


def test_the_oldest_look_counts(shelf):
    shelf.facts = RATES
    assert final_tax_rule(shelf.load().courses["kas-kecil"]).checked_on.day == 22


@pytest.mark.parametrize(
    ("old", "new"),
    [("[pph-final-tarif]", "[pph-tarif]"), ("0.5", '"setengah"'), ("0.5", "-1")],
)
def test_missing_or_senseless_rates_are_refused(shelf, old, new):
    shelf.facts = RATES.replace(old, new, 1)
    with pytest.raises(CourseError, match=r"facts\.toml"):
        final_tax_rule(shelf.load().courses["kas-kecil"])
