"""A sheet of a workbook, written from top to bottom; values, headings and formulas with their looks."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

DAY: Final = "dd/mm/yyyy"
_MONEY: Final = "#,##0;[Red]-#,##0"
_BOLD: Final = Font(bold=True)
_HEAD: Final = PatternFill("solid", fgColor="DCEBE8")


class _Head(str):
    """A text that is printed bold."""


class Sheet:
    """A sheet that is written from top to bottom; `row` is the number of the last row."""

    def __init__(self, book: Workbook, title: str, widths: Sequence[int]) -> None:
        self.sheet: WriteOnlyWorksheet = book.create_sheet(title)
        for place, width in enumerate(widths):
            self.sheet.column_dimensions["ABCDEFGHIJKLMN"[place]].width = width
        self.row = 0
        self._looks: dict[_Look, Any] = {}

    def add(self, *values: Any) -> int:
        """Write a row and give its number."""
        self.sheet.append([self._cell(value) for value in values])
        self.row += 1
        return self.row

    def _cell(self, value: Any) -> Any:
        if value in {"", None}:
            return None
        cell = WriteOnlyCell(self.sheet)
        if isinstance(value, str) and not isinstance(value, _Formula):
            # Set by hand: a note that begins with "=" is a note, never a formula.
            cell._value, cell.data_type = value, "s"  # noqa: SLF001
        else:
            cell.value = value if isinstance(value, date | int) else str(value)
        # Setting a format looks it up among all others; one lookup a kind is enough.
        kind = _look_of(value)
        if kind not in self._looks:
            cell.number_format = kind.shown_as
            if kind.bold:
                cell.font = _BOLD
            if kind.filled:
                cell.fill = _HEAD
            self._looks[kind] = cell._style  # noqa: SLF001
        cell._style = self._looks[kind]  # noqa: SLF001
        return cell


class _Look(NamedTuple):
    """The format of a cell."""

    shown_as: str
    bold: bool = False
    filled: bool = False


def _look_of(value: Any) -> _Look:
    if isinstance(value, _Formula):
        return _Look(value.shown_as, value.bold)
    if isinstance(value, str):
        head = isinstance(value, _Head)
        return _Look("General", head, head)
    return _Look(DAY if isinstance(value, date) else _MONEY)


class _Formula(str):
    """A formula, how its value is shown, and whether it is a sum."""

    bold = False
    shown_as = _MONEY


def heading(text: str) -> _Head:
    """Return a text that is printed bold."""
    return _Head(text)


def formula(text: str, *, bold: bool = False, shown_as: str = _MONEY) -> _Formula:
    """Return a formula and how its value is shown."""
    made = _Formula(text)
    made.bold, made.shown_as = bold, shown_as
    return made
