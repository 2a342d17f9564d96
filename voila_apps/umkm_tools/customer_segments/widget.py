"""Customer segments as a widget: three groups of buyers from a list of sales, and a message to each.

The list stays in the page's memory and ends with it. The phone remembers which column was what, by
the headings of the list, and nothing of the people in it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Final

from umkm.errors import InputError
from umkm.marketing import Group
from umkm.marketing.metrics import average_order, repeat_rate
from umkm_tools.base.clock import today_in_serang
from umkm_tools.base.form_tool import File, FormTool
from umkm_tools.base.page import Apart, at_once
from umkm_tools.base.scripts import script
from umkm_tools.base.spreadsheet_import.files import LARGEST_FILE
from umkm_tools.base.spreadsheet_import.headings import usable
from umkm_tools.base.spreadsheet_import.packed import PackedList, is_small_file
from umkm_tools.customer_segments.messages import GROUPS, buyers_file, written
from umkm_tools.customer_segments.reading import FIELDS, missing
from umkm_tools.customer_segments.sample import sample_sales
from umkm_tools.customer_segments.sorting import Sorted, sort_buyers, take_sales

_PAGE: Final = 20
_FEW: Final = 6


class CustomerSegments(FormTool):
    """Sorts buyers and writes to them.

    Args:
        business_name: stands in the messages.
        today: gives the present day.
        apart: calls what takes long.
    """

    _esm = script(Path(__file__).parent)
    most_bytes: ClassVar[int] = LARGEST_FILE

    def __init__(
        self,
        business_name: str = "Usaha saya",
        today: Callable[[], date] = today_in_serang,
        *,
        apart: Apart = at_once,
    ) -> None:
        super().__init__(
            {
                "business": business_name,
                "fields": [[name, label] for name, label in FIELDS.labels.items()],
                "groups": [[about.name, group.value, about.meaning, about.message] for group, about in GROUPS.items()],
            },
            apart,
        )  # fmt: skip
        self._today = today
        self._listed: PackedList | None = None
        self._read: tuple[Mapping[str, int], Sorted] | None = None

    def import_file(self, content: bytes, form: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a list comes to, with the columns remembered for its like."""
        take = at_once if is_small_file(content) else self._apart
        listed = take(take_sales, content)
        known = form.get("known")
        remembered = known.get(listed.signature) if isinstance(known, Mapping) else None
        columns = usable(listed.headings, FIELDS, remembered) or dict(listed.guess)
        self._listed, self._read = listed, None
        return self.calculate({**form, "source": "list", "columns": columns})

    def calculate(self, form: Mapping[str, Any]) -> dict[str, Any]:
        """Return the groups, as far as the columns of the list are known."""
        source = form.get("source")
        if source not in {"list", "sample"}:
            self._listed = self._read = None
            return {"source": ""}
        listed, columns = self._list(form)
        result = {
            "source": source,
            "columns": dict(columns),
            "headings": list(listed.headings),
            "example": list(listed.example),
            "signature": listed.signature,
            "missing": missing(columns),
        }
        if result["missing"]:
            return result
        read = self._sorted(listed, columns)
        return result | {
            "count": read.count,
            "notes": [*read.notes, *_advice(read)],
            "refused": [[f"Baris {row}", reason] for row, reason in read.refused],
            "refused_count": read.refused_count,
            "facts": _facts(read),
            "groups": {about.name: self._group(group, read, form) for group, about in GROUPS.items()},
        }  # fmt: skip

    def export_file(self, what: str, form: Mapping[str, Any]) -> File:
        """Return all buyers with their group and message, as XLSX or CSV."""
        listed, columns = self._list(form)
        if missing(columns) or not (read := self._sorted(listed, columns)).customers:
            raise InputError("Belum ada pelanggan untuk diunduh.")
        # A workbook takes openpyxl, which is loaded where workbooks are made.
        make = at_once if what == "csv" and listed.is_small else self._apart
        content = make(buyers_file, what, read, dict(form))
        if what == "csv":
            return File("pelanggan.csv", "text/csv", content)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return File("pelanggan.xlsx", kind, content)

    def _list(self, form: Mapping[str, Any]) -> tuple[PackedList, Mapping[str, int]]:
        if form.get("source") == "sample":
            listed = take_sales(sample_sales(self._today()))
            return listed, listed.guess
        if self._listed is None:
            raise InputError("Daftarnya sudah tidak ada di halaman ini. Pilih sekali lagi.", "file")
        return self._listed, usable(self._listed.headings, FIELDS, form.get("columns"))

    def _sorted(self, listed: PackedList, columns: Mapping[str, int]) -> Sorted:
        # A person who types a message asks for the same list many times.
        if listed is self._listed and self._read is not None and self._read[0] == columns:
            return self._read[1]
        sort = at_once if listed.is_small else self._apart
        read = sort(sort_buyers, listed, columns, self._today())
        if listed is self._listed:
            self._read = (dict(columns), read)
        return read

    def _group(self, group: Group, read: Sorted, form: Mapping[str, Any]) -> dict[str, Any]:
        name = GROUPS[group].name
        more = form.get("more")
        pages = more.get(name, 1) if isinstance(more, Mapping) else 1
        most = _PAGE * pages if type(pages) is int and pages > 0 else _PAGE
        mine = sum(one.group is group for one in read.customers)
        people = written(group, read, form)
        return {
            "count": mine,
            "rest": max(mine - most, 0),
            "people": [
                {"name": person.shown, "reason": one.reason, "message": text, "link": link}
                for _, (one, person, text, link) in zip(range(most), people, strict=False)
            ],
        }


def _facts(read: Sorted) -> list[list[str]]:
    everybody = read.customers
    spent, orders = sum(one.spent for one in everybody), sum(one.orders for one in everybody)
    returned = sum(one.orders > 1 for one in everybody)
    return [
        ["Pelanggan", str(len(everybody))],
        ["Membeli lagi", repeat_rate(returned, len(everybody)).written],
        ["Rata-rata sekali belanja", average_order(spent, orders).written],
    ]


def _advice(read: Sorted) -> list[str]:
    if not read.customers:
        return ["Belum ada pelanggan di daftar ini."]
    if len(read.customers) < _FEW:
        return [
            "Pelanggannya masih sedikit. Pembagian ini baru berarti kalau ada enam orang atau lebih."
        ]
    return []
