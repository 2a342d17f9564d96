"""Write tables as CSV or XLSX: numbers as numbers, and no text that becomes a formula."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from umkm_grading.class_folder.atomic_files import write_file
from umkm_grading.errors import GradingError

Value = str | float | None

#: A spreadsheet reads a cell that begins with one of these as a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


#: What the name of a sheet may not hold.
_NO_TITLE = re.compile(r"[\[\]:*?/\\]")
#: More columns than these on one sheet of paper cannot be read.
_COLUMNS_A_PAGE = 20


@dataclass(frozen=True)
class GradeTable:
    """Column headings and rows; an amount of points not known yet is None, never 0."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    #: What its sheet in a workbook is called.
    title: str = "Nilai"


def write_spreadsheet(sheets: Sequence[GradeTable], path: Path) -> Path:
    """Write tables to `path`: a CSV takes the last of them, a workbook a sheet for each.

    Raises:
        GradingError: another ending.
        OSError: the file cannot be written.
    """
    writers: dict[str, Callable[[Sequence[GradeTable]], bytes]] = {".csv": _csv, ".xlsx": _xlsx}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise GradingError(f"Berkas nilai harus berakhiran .csv atau .xlsx, bukan {path.name}.")
    write_file(path, write(sheets))
    return path


def _csv(sheets: Sequence[GradeTable]) -> bytes:
    sheet = sheets[-1]
    text = io.StringIO(newline="")
    # As Excel and LibreOffice with Indonesian settings read and write it.
    writer = csv.writer(text, delimiter=";")
    for row in (sheet.headings, *sheet.rows):
        writer.writerow([_decimal(_whole(_harmless(value))) for value in row])
    # With the mark, Excel reads the file as UTF-8.
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _decimal(value: Value) -> Value:
    return str(value).replace(".", ",") if isinstance(value, float) else value


def _harmless(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _xlsx(sheets: Sequence[GradeTable]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _add_page(book, sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _add_page(book: Workbook, sheet: GradeTable) -> None:
    page = book.create_sheet(_NO_TITLE.sub(" ", sheet.title)[:31])
    for number, row in enumerate((sheet.headings, *sheet.rows), start=1):
        for column, value in enumerate(row, start=1):
            _fill(page.cell(number, column), value)
    for column in range(1, len(sheet.headings) + 1):
        heading = page.cell(1, column)
        heading.font = Font(bold=True)
        heading.alignment = Alignment(wrap_text=True, vertical="top")
        # The heading takes as many lines as it needs, beside what stands below it.
        widest = max((len(str(row[column - 1] or "")) for row in sheet.rows), default=0)
        page.column_dimensions[get_column_letter(column)].width = min(max(widest + 2, 11), 26)
    # LibreOffice leaves the row at one line, and cuts the rest.
    longest = max((len(heading) for heading in sheet.headings), default=0)
    page.row_dimensions[1].height = 15 * (longest // 9 + 2)
    page.freeze_panes = "C2"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToWidth = -(-len(sheet.headings) // _COLUMNS_A_PAGE)
    # As many pages downwards as there are people for.
    page.page_setup.fitToHeight = 0
    page.print_title_rows = "1:1"
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top = page.page_margins.bottom = 0.5
    page.oddFooter.center.text = "&A, halaman &P dari &N"


def _fill(cell: Any, value: Value) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        # openpyxl makes a formula of "=…"; this one is a name.
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA_STARTS)
    else:
        cell.value = _whole(value)


def _whole(value: Value) -> Value:
    return int(value) if isinstance(value, float) and value.is_integer() else value
