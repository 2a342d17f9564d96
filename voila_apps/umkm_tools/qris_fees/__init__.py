"""Biaya QRIS: what arrives of a payment, when, and what a month of sales comes to."""

from umkm_tools.base.rates import qris_fees
from umkm_tools.base.tool import Tool

TOOL = Tool(
    __name__,
    name="biaya-qris",
    title="Biaya QRIS",
    detail="Berapa yang Anda terima, dan kapan. Sebulan dengan dan tanpa QRIS.",
    order=40,
    rates=qris_fees,
)
