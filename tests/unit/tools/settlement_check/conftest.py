"""The settlement check with the rates of our courses."""

from pathlib import Path

import pytest

from umkm_courses import load_catalogue
from umkm_tools.base.rates import qris_fees
from umkm_tools.qris_fees.rates import rates_from


@pytest.fixture(scope="module")
def rates():
    courses = Path(__file__).parents[4] / "courses"
    return rates_from(qris_fees(load_catalogue(courses)))
