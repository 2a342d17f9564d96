"""2,500 damaged lists, CSV and Excel: read as rows, or refused in words, within bounded time."""

import io

import pytest
from openpyxl import Workbook
from tests.fuzz.mutations import damaged
from tests.unit.time_limit import limited

from umkm import UmkmError
from umkm_tools.base.spreadsheet_import.files import MOST_ROWS, cell_text, read_rows

LIST = (
    "Tanggal;Nama;Nomor HP;Jumlah;Keterangan\n"
    "2/11/2026;Bu Siti;0840 1111 2222;25.000;lunas\n"
    '3/11/2026;"Pak; Budi";+62 840-3333;1,5 jt;"kirim\nbesok"\n'
)
CSV = [LIST.encode(), LIST.encode("utf-16"), LIST.encode("utf-16-le"), LIST.encode("cp1252")]


def book() -> bytes:
    made = Workbook()
    for line in LIST.splitlines():
        made.active.append(line.split(";"))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize(("name", "whole", "count"), [("a.csv", CSV, 2_000), ("a.xlsx", None, 500)])
def test_damaged_lists(name, whole, count):
    read = 0
    with limited(60):
        for _, content in damaged(whole or [book()], count):
            try:
                rows = read_rows(content)
            except UmkmError:
                continue
            read += 1
            assert len(rows) <= MOST_ROWS + 51
            assert all(len(cell_text(cell)) <= 200 for row in rows for cell in row)
    assert 0 < read <= count
