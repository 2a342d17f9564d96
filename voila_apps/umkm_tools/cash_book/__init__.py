"""The cash book (Buku kas): a widget, its screens, its import and its exports."""

from umkm_tools.base.rates import final_tax
from umkm_tools.base.tool import Tool

from .consent import BOOK_CONSENT

TOOL = Tool(
    __name__,
    name="buku-kas",
    title="Buku kas",
    detail="Catat uang usaha, bon, dan stok. Laporannya jadi sendiri.",
    order=10,
    rates=final_tax,
    keeps=True,
    consent=BOOK_CONSENT,
)
