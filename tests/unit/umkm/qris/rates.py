"""A tariff of the tests' own: rates of QRIS as they were reported, with their days, fixed here.

`umkm.qris` gets its rates as data, so its tests state theirs: a rate that changes by decree changes a
course's facts.toml, never an expected value of these tests. Worked out by hand, MICRO:

    600.000 on 24 November 2026   above 500.000, 0,3 % of the whole: 600.000 x 3 / 1000 = 1.800
    500.000 on 30 November 2024   above 100.000, 0,3 % of the whole: 500.000 x 3 / 1000 = 1.500
    500.000 on  1 December 2024   up to and with 500.000: 0
    100.000 on 31 August 2023     0,3 % from the first Rupiah: 100.000 x 3 / 1000 = 300
    100.000 on  1 September 2023  up to and with 100.000: 0

and of the other groups: REGULAR 50.000 x 7 / 1000 = 350, EDUCATION 1.000.000 x 6 / 1000 = 6.000,
FUEL 200.000 x 4 / 1000 = 800, PUBLIC_SERVICE 100.000 x 7 / 1000 = 700, from June 2021 x 4 = 400.
"""

from datetime import date
from fractions import Fraction

from umkm.qris import FeeGroup, FeeRule, Rounding, Step, Tariff

_DETIK = "Detik Finance (finance.detik.com/moneter/d-4669758)"
_THEPHRASE = "ThePhrase (thephrase.id, jelang Lebaran BI naikkan limit)"


#: Payments up to so many Rupiah cost nothing, larger ones 0,3 % of the whole.
_UP_TO_100_000 = (Step(Fraction(0), up_to=100_000), Step(Fraction(3, 10)))
_UP_TO_500_000 = (Step(Fraction(0), up_to=500_000), Step(Fraction(3, 10)))


def _flat(percent: str) -> tuple[Step, ...]:
    return (Step(Fraction(percent)),)


TARIFF = Tariff(
    (
        FeeRule(FeeGroup.MICRO, date(2021, 6, 1), _flat("0"), _THEPHRASE, date(2021, 1, 1)),
        FeeRule(
            FeeGroup.MICRO,
            date(2023, 7, 1),
            _flat("0.3"),
            "Fortune Indonesia (fortuneidn.com, berikut biaya MDR)",
            date(2023, 7, 1),
        ),
        FeeRule(
            FeeGroup.MICRO,
            date(2023, 9, 1),
            _UP_TO_100_000,
            "Bisnis.com (finansial.bisnis.com/read/20230727/90/1678934)",
            date(2023, 7, 27),
        ),
        FeeRule(
            FeeGroup.MICRO,
            date(2024, 12, 1),
            _UP_TO_500_000,
            "ANTARA (antaranews.com/berita/4402101)",
            date(2026, 1, 1),
        ),
        FeeRule(FeeGroup.REGULAR, date(2020, 1, 1), _flat("0.7"), _DETIK, date(2025, 5, 20)),
        FeeRule(FeeGroup.EDUCATION, date(2020, 1, 1), _flat("0.6"), _DETIK, date(2023, 7, 14)),
        FeeRule(FeeGroup.FUEL, date(2020, 1, 1), _flat("0.4"), _DETIK, date(2023, 7, 1)),
        FeeRule(FeeGroup.PUBLIC_SERVICE, date(2020, 1, 1), _flat("0.7"), _DETIK, date(2019, 1, 1)),
        FeeRule(
            FeeGroup.PUBLIC_SERVICE, date(2021, 6, 1), _flat("0.4"), _THEPHRASE, date(2021, 1, 1)
        ),
        FeeRule(FeeGroup.SOCIAL, date(2020, 1, 1), _flat("0"), _DETIK, date(2023, 7, 1)),
    ),
    Rounding.HALF_UP,
)
