"""The settlement check with the rates of our courses."""

import pytest

from umkm_tools.base.rates import qris_fees
from umkm_tools.qris_fees.rates import rates_from


@pytest.fixture(scope="module")
def rates(catalogue):
    return rates_from(qris_fees(catalogue))
