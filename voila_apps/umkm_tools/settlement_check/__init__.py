"""Cocokkan: a provider's settlement list beside the cash book, line by line."""

from umkm_tools.base.rates import qris_fees
from umkm_tools.base.tool import Tool

TOOL = Tool(
    __name__,
    name="cocokkan",
    title="Cocokkan",
    detail="Bandingkan daftar dari penyedia QRIS dengan buku kas Anda.",
    order=60,
    rates=qris_fees,
    keeps=True,
)
