"""Bank Indonesia's QRIS rates as reported, for tests: who said so and when it was looked up.

The rate of BLU and PSO from March 2025 was not found confirmed and is left out.
"""

from datetime import date
from fractions import Fraction

from umkm.qris import FeeGroup, FeeRule, Rounding, Step, Tariff

CHECKED = date(2026, 11, 23)


def rule(group, valid_from, source, *steps):
    limits = tuple(Step(Fraction(percent), up_to) for percent, up_to in steps)
    return FeeRule(group, valid_from, limits, source, CHECKED)


DETIK = "https://finance.detik.com/moneter/d-4669758"
PHRASE = "https://thephrase.id/jelang-lebaran-bi-naikan-limit"
FORTUNE = "https://fortuneidn.com/berikut-biaya-mdr"
BISNIS = "https://finansial.bisnis.com/read/20230727/90/1678934"
ANTARA = "https://antaranews.com/berita/4402101"

TARIFF = Tariff(
    rules=(
        rule(FeeGroup.MICRO, date(2020, 1, 1), DETIK, ("0", None)),
        rule(FeeGroup.MICRO, date(2023, 7, 1), FORTUNE, ("0.3", None)),
        rule(FeeGroup.MICRO, date(2023, 9, 1), BISNIS, ("0", 100_000), ("0.3", None)),
        rule(FeeGroup.MICRO, date(2024, 12, 1), ANTARA, ("0", 500_000), ("0.3", None)),
        rule(FeeGroup.REGULAR, date(2020, 1, 1), DETIK, ("0.7", None)),
        rule(FeeGroup.EDUCATION, date(2020, 1, 1), DETIK, ("0.6", None)),
        rule(FeeGroup.FUEL, date(2020, 1, 1), DETIK, ("0.4", None)),
        rule(FeeGroup.PUBLIC_SERVICE, date(2020, 1, 1), DETIK, ("0.7", None)),
        rule(FeeGroup.PUBLIC_SERVICE, date(2021, 6, 1), PHRASE, ("0.4", None)),
        rule(FeeGroup.SOCIAL, date(2020, 1, 1), DETIK, ("0", None)),
    ),
    rounding=Rounding.HALF_UP,
)
