"""The price list as a PDF, large enough to hang beside the till."""

from collections.abc import Sequence
from typing import Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from umkm_tools.base.pdf import plain

_WIDE: Final = 120
_NARROW: Final = 54


def price_list(business_name: str, products: Sequence[tuple[str, str]]) -> bytes:
    """Return the PDF's bytes. Signs that its font lacks, such as emoji, are left out."""
    paper = FPDF(format="A4")
    paper.set_title(f"Daftar harga {plain(business_name)}")
    paper.set_lang("id")
    paper.set_margins(18, 18)
    paper.add_page()
    paper.set_font("helvetica", "B", 26)
    paper.multi_cell(0, 13, "Daftar harga", align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.set_font("helvetica", size=16)
    paper.multi_cell(0, 9, plain(business_name), align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(6)
    for name, price in products:
        paper.set_font("helvetica", size=16)
        top = paper.get_y()
        if top > 265:
            paper.add_page()
            top = paper.get_y()
        paper.multi_cell(
            _WIDE, 10, plain(name) or "-", align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )
        below = paper.get_y()
        # A long name may have run over to the next page; its price stands beside its last line.
        paper.set_xy(18 + _WIDE, top if below > top else below - 10)
        paper.set_font("helvetica", "B", 16)
        paper.cell(_NARROW, 10, plain(price), align="R")
        paper.set_y(below)
        paper.line(18, below + 1, 192, below + 1)
        paper.ln(3)
    return bytes(paper.output())
