"""Writes a table as CSV or XLSX: numbers as numbers, and no text that a spreadsheet would run."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from umkm_grading.errors import GradingError
from umkm_grading.files import write_file

Value = str | float | None

#: A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Gradesheet:
    """Column headings and rows; an amount of points not known yet is None, never 0."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def write_spreadsheet(sheet: Gradesheet, path: Path) -> Path:
    """Write a table to `path`, as CSV or XLSX by its ending.

    Raises:
        GradingError: another ending.
        OSError: the file cannot be written.
    """
    writers: dict[str, Callable[[Gradesheet], bytes]] = {".csv": _csv, ".xlsx": _xlsx}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise GradingError(f"Berkas nilai harus berakhiran .csv atau .xlsx, bukan {path.name}.")
    write_file(path, write(sheet))
    return path


def _csv(sheet: Gradesheet) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in (sheet.headings, *sheet.rows):
        writer.writerow([_whole(_harmless(value)) for value in row])
    # With the mark, Excel reads the file as UTF-8.
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _harmless(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _xlsx(sheet: Gradesheet) -> bytes:
    book = Workbook()
    page = book.active
    page.title = "Nilai"
    for number, row in enumerate((sheet.headings, *sheet.rows), start=1):
        for column, value in enumerate(row, start=1):
            _fill(page.cell(number, column), value)
    for column, heading in enumerate(sheet.headings, start=1):
        page.cell(1, column).font = Font(bold=True)
        widest = max(
            len(str(row[column - 1] or ""))
            for row in ((heading,) * len(sheet.headings), *sheet.rows)
        )
        page.column_dimensions[get_column_letter(column)].width = min(widest + 2, 40)
    page.freeze_panes = "C2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


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
