"""The month's three statements as a PDF of two or three pages, A4."""

from collections.abc import Iterable
from typing import Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from umkm.bookkeeping import Ledger, Row, Statements
from umkm.bookkeeping.notes import notes
from umkm.calendar import long_day
from umkm.money import format_rupiah

_WIDE: Final = 125
_NARROW: Final = 55


class _Paper(FPDF):
    """A4 with the page's number below."""

    def footer(self) -> None:
        """Print the page's number, and who made this."""
        self.set_y(-14)
        self.set_font("helvetica", size=8)
        self.cell(
            0, 8, f"Dibuat dengan Buku Kas UMKM Naik Kelas. Halaman {self.page_no()}", align="C"
        )


def printed(ledger: Ledger, made: Statements, business_name: str) -> bytes:
    """Return the PDF's bytes. Signs that its font lacks, such as emoji, are left out."""
    paper = _Paper(format="A4")
    paper.set_title(f"Laporan keuangan {plain(business_name)}")
    paper.set_lang("id")
    paper.set_margins(18, 16)
    since, until = long_day(made.income.since), long_day(made.income.until)
    paper.add_page()
    _heading(paper, "Laporan laba rugi", business_name, f"{since} sampai {until}")
    _table(paper, made.income.rows)
    paper.add_page()
    _heading(paper, "Laporan posisi keuangan", business_name, f"Pada {until}")
    _table(paper, made.position.rows)
    paper.add_page()
    _heading(paper, "Catatan atas laporan keuangan", business_name, f"{since} sampai {until}")
    for note in notes(ledger, made, business_name, named=False):
        paper.set_font("helvetica", "B", 11)
        _line(paper, note.title)
        paper.set_font("helvetica", size=10)
        for line in note.lines:
            _line(paper, line)
        paper.ln(2)
    return bytes(paper.output())


def plain(text: str) -> str:
    """Return a text as far as the PDF's own font has it."""
    return text.encode("cp1252", "ignore").decode("cp1252").strip()


def _heading(paper: FPDF, title: str, business_name: str, period: str) -> None:
    paper.set_font("helvetica", "B", 16)
    _line(paper, title, 9)
    paper.set_font("helvetica", size=11)
    _line(paper, business_name)
    _line(paper, period)
    paper.ln(4)


def _table(paper: FPDF, rows: Iterable[Row]) -> None:
    for row in rows:
        paper.set_font("helvetica", "" if row.level == "account" else "B", 10)
        if row.level == "heading":
            paper.ln(2)
        indent = 6 if row.level == "account" else 0
        paper.set_x(paper.l_margin + indent)
        paper.cell(_WIDE - indent, 7, plain(row.label), border="T" if row.level == "total" else 0)
        amount = "" if row.amount is None else format_rupiah(row.amount)
        paper.cell(
            _NARROW - 6, 7, amount, border="T" if row.level == "total" else 0, align="R",
            new_x=XPos.LMARGIN, new_y=YPos.NEXT,
        )  # fmt: skip


def _line(paper: FPDF, text: str, height: float = 6) -> None:
    paper.multi_cell(0, height, plain(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
