"""The month's plan on paper, with a box to tick for each post."""

from collections.abc import Sequence
from datetime import date

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from umkm.calendar import month_name, short_day
from umkm.marketing.content import Post
from umkm_tools.base.pdf import plain


def content_sheet(business_name: str, month: date, posts: Sequence[Post]) -> bytes:
    """Return the PDF's bytes. Signs that its font lacks, such as emoji, are left out."""
    paper = FPDF(format="A4")
    paper.set_title(f"Kalender konten {month_name(month)}")
    paper.set_lang("id")
    paper.set_margins(16, 16)
    paper.add_page()
    paper.set_font("helvetica", "B", 20)
    paper.multi_cell(
        0, 10, f"Kalender konten {month_name(month)}", new_x=XPos.LMARGIN, new_y=YPos.NEXT
    )
    paper.set_font("helvetica", size=12)
    paper.multi_cell(0, 7, plain(business_name), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(3)
    with paper.table(
        col_widths=(8, 18, 40, 112), line_height=6, borders_layout="HORIZONTAL_LINES"
    ) as table:
        head = table.row()
        for title in ("", "Hari", "Apa, di mana", "Isi"):
            head.cell(title)
        for post in posts:
            row = table.row()
            row.cell("[  ]")
            row.cell(short_day(post.on))
            row.cell(plain(f"{post.kind.value}, {post.channel}"))
            row.cell(plain(post.idea))
    return bytes(paper.output())
