"""Tables to take home, as CSV or XLSX: a text stays a text, also one that begins like a formula."""

import csv
import io
from collections.abc import Sequence
from typing import Final

Row = Sequence[str | int]

# A spreadsheet takes a cell that begins with one of these for a formula (owasp.org, CSV injection).
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(headings: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Return the bytes of a CSV with semicolons, as an Indonesian Excel opens it."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";")
    for row in (headings, *rows):
        writer.writerow([_harmless(cell) for cell in row])
    # With the mark, Excel reads the file as UTF-8.
    return written.getvalue().encode("utf-8-sig", "replace")


def as_workbook(title: str, headings: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Return the bytes of an XLSX with one sheet."""
    # Loaded for the first export.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place in range(len(headings)):
        widest = max(len(str(row[place])) for row in [headings, *rows[:200]])
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(widest + 2, 50)
    for number, row in enumerate((headings, *rows)):
        cells = []
        for value in row:
            text = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
            cell = WriteOnlyCell(sheet, text)
            if isinstance(value, str):
                # openpyxl makes a formula of "=…"; here it is somebody's name.
                cell.data_type = "s"
                cell.quotePrefix = value.startswith(_FORMULA_STARTS)
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _harmless(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
