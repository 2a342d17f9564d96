"""The price desk (Harga jual): one widget, its reckoning, and the price list on paper."""

from umkm_tools.base.tool import Tool

TOOL = Tool(
    __name__,
    name="harga-jual",
    title="Harga jual",
    detail="Hitung HPP, margin, dan diskon. Bawa pulang daftar harga.",
    order=20,
)
