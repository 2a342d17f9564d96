"""Lists that people bring along, as rows of cells: CSV or XLSX, by whatever program made them.

Total over any bytes: what is no list is refused with what to do instead.
"""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from umkm.errors import InputError

LARGEST_FILE: Final = 2_000_000
LARGEST_UNPACKED: Final = 60_000_000
#: Tags in all parts of a workbook. 5,000 rows of 30 columns have 1.2 million; 112 KB can hold 15
#: million, which openpyxl reads for two minutes and keeps in 1.7 GB.
MOST_TAGS: Final = 2_000_000
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 80
_LOOKED_AT: Final = 50


def read_rows(content: bytes) -> list[Sequence[Any]]:
    """Return the rows of a CSV (`;`, `,`, tab, `|`; any usual encoding) or of an XLSX's sheet.

    Raises:
        InputError: it is no list at all; the message says what to choose instead.
    """
    if not content.strip():
        raise InputError("Berkas ini kosong. Pilih berkas lain.")
    if len(content) > LARGEST_FILE:
        raise InputError("Berkas ini terlalu besar. Paling besar 2 MB. Bagi dulu menjadi dua.")
    if content[:5] == b"%PDF-":
        raise InputError("Ini berkas PDF, walau namanya lain. Pilih berkas Excel (.xlsx) atau CSV.")
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise InputError("Ini Excel lama (.xls). Buka di Excel, lalu simpan sebagai .xlsx.")
    if content[:2] == b"PK":
        return _workbook(content)
    if content[:4] in {b"\x89PNG", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1"}:
        raise InputError("Ini foto. Pilih berkas Excel (.xlsx) atau CSV.")
    return _csv(content)


def _workbook(content: bytes) -> list[Sequence[Any]]:
    # Loaded when first needed: most people never bring a list.
    from openpyxl import load_workbook  # noqa: PLC0415

    broken = InputError("Berkas Excel ini rusak atau bukan daftar. Simpan ulang, lalu pilih lagi.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED or (
                _count_tags(packed) > MOST_TAGS
            ):
                raise InputError("Berkas ini terlalu besar setelah dibuka. Bagi dulu menjadi dua.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        named = [book["Buku kas"]] if "Buku kas" in book.sheetnames else book.worksheets
        # A report may begin with a sheet that is empty.
        sheets = map(_sheet_rows, named)
        return next((rows for rows in sheets if any(map(any, rows))), [])
    except InputError:
        raise
    except Exception:
        # openpyxl has no error of its own for the many ways in which a file can be broken.
        raise broken from None


def _count_tags(packed: zipfile.ZipFile) -> int:
    """Return how many tags all parts have, read piece by piece; stops above `MOST_TAGS`."""
    tags = 0
    for part in packed.infolist():
        with packed.open(part) as opened:
            while tags <= MOST_TAGS and (piece := opened.read(1_000_000)):
                tags += piece.count(b"<")
    return tags


def _sheet_rows(sheet: Any) -> list[Sequence[Any]]:
    rows = sheet.iter_rows(max_row=MOST_ROWS + 50, max_col=MOST_COLUMNS, values_only=True)
    return [tuple(row) for row in rows]


def _csv(content: bytes) -> list[Sequence[Any]]:
    # Its mark begins as the one of UTF-16 does.
    if content[:4] in {b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"}:
        text = content.decode("utf-32", "replace")
    elif content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = content.decode("utf-16", "replace")
    elif (order := _two_bytes_a_letter(content)) is not None:
        text = content.decode(order, "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    if "\x00" in text:
        raise InputError("Berkas ini bukan daftar. Pilih berkas Excel (.xlsx) atau CSV.")
    lines = text.splitlines()[:_LOOKED_AT]
    mark = max(";,\t|", key=lambda mark: _evenness(lines, mark))
    try:
        rows: list[Sequence[Any]] = []
        for row in csv.reader(io.StringIO(text, newline=None), delimiter=mark):
            rows.append(row[:MOST_COLUMNS])
            if len(rows) > MOST_ROWS + 50:
                break
        return rows
    except csv.Error:
        raise InputError("Berkas ini tidak terbaca. Simpan ulang sebagai CSV.") from None


def _evenness(lines: Sequence[str], mark: str) -> tuple[int, int]:
    """Return how many of the first rows have equally many cells, and how many these are.

    Counting marks would not do: notes hold commas, and a report begins with lines of words.
    """
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1)
    except csv.Error:
        return (0, 0)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _two_bytes_a_letter(content: bytes) -> str | None:
    """Return whether bytes are UTF-16 without its mark: every other byte at the beginning is zero."""
    odd, even = content[1:40:2], content[0:40:2]
    if odd and not any(odd) and all(even):
        return "utf-16-le"
    return "utf-16-be" if even and not any(even) and all(odd) else None


def cell_text(cell: Any) -> str:
    """Return a cell as one line of text of 200 characters at the most; empty for an empty cell."""
    return " ".join(str(cell).split())[:200] if cell is not None else ""
