"""Hitung marketplace: what is left of a sale on each marketplace, and the price that keeps a target."""

from umkm_tools.base.rates import marketplaces
from umkm_tools.base.tool import Tool

TOOL = Tool(
    __name__,
    name="hitung-marketplace",
    title="Hitung marketplace",
    detail="Harga yang perlu dipasang supaya untung Anda tetap.",
    order=90,
    rates=marketplaces,
)
