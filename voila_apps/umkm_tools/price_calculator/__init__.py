"""The price calculator (Harga jual): a widget, its calculation, and the price list as a PDF."""

from umkm_tools.base.tool import Tool

TOOL = Tool(
    __name__,
    name="harga-jual",
    title="Harga jual",
    detail="Hitung HPP, margin, dan diskon. Bawa pulang daftar harga.",
    order=20,
)
