"""Pelanggan: a list of sales becomes three groups of buyers, and a message to each of them."""

from umkm_tools.base.tool import Tool

TOOL = Tool(
    __name__,
    name="pelanggan",
    title="Pelanggan",
    detail="Siapa yang perlu disapa hari ini, dan pesannya. Dari daftar penjualan Anda.",
    order=130,
)
