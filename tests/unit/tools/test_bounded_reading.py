"""Lists, cells and forms of the practice tools are read in bounded time, whatever stands in them."""

import importlib
import io
import pkgutil
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given, settings
from openpyxl import Workbook
from tests.unit.time_limit import PIECES, hostile_texts, limited

import umkm_tools
from umkm import UmkmError
from umkm.errors import InputError
from umkm_tools.base.form_tool import FormTool
from umkm_tools.base.spreadsheet_import.cells import (
    amount_of,
    hour_of,
    moment_of,
    month_comes_first,
)
from umkm_tools.base.spreadsheet_import.files import LARGEST_FILE, MOST_ROWS, cell_text, read_rows
from umkm_tools.cash_book.importing import read_list
from umkm_tools.customer_segments.reading import open_sales, rows_of
from umkm_tools.qr_inspector.widget import QrInspector
from umkm_tools.settlement_check.reading import lines_of, open_list

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 2)
#: A file may hold thousands of rows; what grows with a power of their length takes far longer.
FILE_LIMIT = 20
HEADING = "Tanggal;Nama;Nomor HP;Jumlah;Masuk;Keluar;Keterangan;Status\n"


def attempt(reader, *what, seconds=2):
    with limited(seconds), suppress(UmkmError):
        reader(*what)


def sales(content):
    listed = open_sales(content)
    rows_of(listed, {"on": 0, "name": 1, "phone": 2, "amount": 3, "status": 7}, TODAY)


def settlements(content):
    listed = open_list(content)
    lines_of(listed, {"on": 0, "amount": 3, "reference": 6, "status": 7})


def old_book(content):
    read_list(content, TODAY)


IMPORTERS = {"sales": sales, "settlements": settlements, "old_book": old_book}
CELLS = {
    "amount_of": amount_of,
    "moment_of": moment_of,
    "hour_of": hour_of,
    "cell_text": cell_text,
    "month_comes_first": lambda text: month_comes_first([text] * 10),
}


@pytest.mark.parametrize("name", CELLS)
@settings(max_examples=30)
@given(text=hostile_texts(5_000))
def test_a_cell_is_read_in_bounded_time(name, text):
    attempt(CELLS[name], text)


@pytest.mark.parametrize("name", IMPORTERS)
@pytest.mark.parametrize("piece", ["1m", "1 ", "12", "T1:", "\ufdfa", '"', "UMKM"])
def test_a_list_of_such_cells_is_read_in_bounded_time(name, piece):
    row = ";".join(["2/11/2026", *[(piece * 200)[:200]] * 7])
    content = (HEADING + f"{row}\n" * MOST_ROWS).encode()[:LARGEST_FILE]
    attempt(IMPORTERS[name], content, seconds=FILE_LIMIT)


@pytest.mark.parametrize("name", IMPORTERS)
@pytest.mark.parametrize(
    "piece", [b";", b",", b"\n", b"\r", b'"', b'";\n', b"1", b"a\n", b"\t|", b"\xff\xfe1;", b"=1;"]
)
def test_a_file_that_repeats_itself_is_read_in_bounded_time(name, piece):
    content = (piece * LARGEST_FILE)[:LARGEST_FILE]
    attempt(IMPORTERS[name], content, seconds=FILE_LIMIT)


@settings(max_examples=30)
@example(text="1,5\n" * 600)  # the headings of a list that has fewer columns than were named
@given(text=hostile_texts(20_000))
def test_any_file_is_read_in_bounded_time(text):
    content = text.encode("utf-8", "surrogatepass")
    attempt(read_rows, content)
    attempt(read_rows, text.encode("utf-16", "surrogatepass"))
    for importer in IMPORTERS.values():
        attempt(importer, HEADING.encode() + content, seconds=FILE_LIMIT)


def workbook(sheet):
    """An XLSX that a program made, with its sheet replaced."""
    made, changed = io.BytesIO(), io.BytesIO()
    book = Workbook()
    book.save(made)
    with zipfile.ZipFile(made) as whole, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in whole.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else whole.read(name))
    return changed.getvalue()


@pytest.mark.parametrize(
    "rows", [b'<row r="1">' + b"<c><v>1</v></c>" * 3_000_000 + b"</row>", b"<row/>" * 9_000_000]
)
def test_a_small_workbook_of_millions_of_cells_is_refused(rows):
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    content = workbook(b"<worksheet %b><sheetData>%b</sheetData></worksheet>" % (space, rows))
    assert len(content) < LARGEST_FILE
    with limited(FILE_LIMIT), pytest.raises(InputError, match="terlalu besar"):
        read_rows(content)


def test_a_workbook_as_full_as_a_list_may_be_is_read():
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(MOST_ROWS):
        sheet.append(["2/11/2026", "Bu Ani", 25_000])
    made = io.BytesIO()
    book.save(made)
    assert len(read_rows(made.getvalue())) == MOST_ROWS


def form_tools():
    """Return every form tool, so that a new one is tested too."""
    for module in pkgutil.walk_packages(umkm_tools.__path__, "umkm_tools."):
        importlib.import_module(module.name)
    return sorted(FormTool.__subclasses__(), key=lambda one: one.__name__)


class Form(dict):
    """A form that has every field anybody asks for, with the same in each."""

    def __init__(self, text, choice=None):
        super().__init__()
        self._text, self._choice = text, choice or {}

    def get(self, name, default=None):
        return self._choice.get(name, self._text)

    def __getitem__(self, name):
        return self.get(name)

    def __contains__(self, name):
        return True


def fill(tool, text):
    for filled in (text, [text] * 20, [Form(text)] * 20, {"a": text}):
        with limited(FILE_LIMIT):
            tool.on_message({"type": "reckon", "number": 1, "form": Form(filled)})
            tool.on_message({"type": "make", "what": text, "form": Form(filled)})


@pytest.mark.parametrize("tool", form_tools(), ids=lambda one: one.__name__)
def test_a_form_is_reckoned_in_bounded_time(tool):
    shown = tool()
    for piece in PIECES[:20]:
        fill(shown, (piece * 5_000)[:5_000])
        fill(shown, (piece * 200)[:200])


@settings(max_examples=20)
@given(text=hostile_texts(7_089))
def test_a_code_is_explained_in_bounded_time(text):
    reader = QrInspector()
    with limited(FILE_LIMIT):
        reader.on_message({"type": "read", "text": text, "number": 1})
