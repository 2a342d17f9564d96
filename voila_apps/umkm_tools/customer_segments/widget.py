"""Customer segments as a widget: three groups of buyers from a list of sales, and a message to each.

The list stays in the page's kernel and ends with it. The phone remembers which column was what, by
the headings of the list, and nothing of the people in it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Final

from umkm.calendar import long_day
from umkm.errors import InputError
from umkm.marketing import Customer, Group, Template, chat_link, customers_of
from umkm.marketing.metrics import average_order, repeat_rate
from umkm_tools.base.clock import today_in_serang
from umkm_tools.base.form_tool import File, FormTool
from umkm_tools.base.scripts import script
from umkm_tools.base.spreadsheet_export import as_csv, as_workbook
from umkm_tools.base.spreadsheet_import.files import LARGEST_FILE
from umkm_tools.base.spreadsheet_import.headings import Listed, usable
from umkm_tools.customer_segments.people import Person, visits
from umkm_tools.customer_segments.reading import FIELDS, Rows, missing, open_sales, rows_of
from umkm_tools.customer_segments.sample import sample_sales

_GAPS: Final = {"nama", "usaha"}
_NAMELESS: Final = "Kak"
_PAGE: Final = 20
_FEW: Final = 6
_LONGEST: Final = 600


@dataclass(frozen=True)
class _About:
    """The words of a group, and its default message."""

    name: str
    meaning: str
    message: str


_GROUPS: Final[Mapping[Group, _About]] = {
    Group.LOYAL: _About(
        "loyal",
        "Membeli lebih dari sekali, dan belum lama ini. Ucapkan terima kasih, kabari yang baru lebih dulu.",
        "Halo {nama}, terima kasih sudah sering belanja di {usaha}. Minggu ini ada yang baru. "
        "Mau saya sisihkan?",
    ),
    Group.NEW: _About(
        "new",
        "Baru sekali membeli, belum lama ini. Tanyakan kabar barangnya, supaya kembali.",
        "Halo {nama}, terima kasih sudah belanja di {usaha}. Barangnya sudah dicoba? "
        "Kalau ada yang kurang, kabari saya ya.",
    ),
    Group.SLEEPING: _About(
        "sleeping",
        "Sepertiga yang paling lama tidak membeli. Sapa sekali saja, jangan mendesak.",
        "Halo {nama}, lama tidak jumpa. {usaha} masih buka seperti biasa. Ada yang bisa saya bantu?",
    ),
}


@dataclass(frozen=True)
class _Read:
    """A list as it was read with certain columns."""

    rows: Rows
    customers: list[Customer]
    people: Mapping[str, Person]


class CustomerSegments(FormTool):
    """Sorts buyers and writes to them.

    Args:
        business_name: stands in the messages.
        today: gives the present day.
    """

    _esm = script(Path(__file__).parent)
    most_bytes: ClassVar[int] = LARGEST_FILE

    def __init__(
        self, business_name: str = "Usaha saya", today: Callable[[], date] = today_in_serang
    ) -> None:
        super().__init__(
            {
                "business": business_name,
                "fields": [[name, label] for name, label in FIELDS.labels.items()],
                "groups": [[about.name, group.value, about.meaning, about.message] for group, about in _GROUPS.items()],
            }
        )  # fmt: skip
        self._today = today
        self._listed: Listed | None = None
        self._read: tuple[Mapping[str, int], _Read] | None = None

    def import_file(self, content: bytes, form: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a list comes to, with the columns remembered for its like."""
        listed = open_sales(content)
        known = form.get("known")
        remembered = known.get(listed.signature) if isinstance(known, Mapping) else None
        columns = usable(listed, FIELDS, remembered) or dict(listed.guess)
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
            "example": listed.example,
            "signature": listed.signature,
            "missing": missing(columns),
        }
        if result["missing"]:
            return result
        read = self._sorted(listed, columns)
        return result | {
            "count": len(read.rows.bought),
            "notes": [*read.rows.notes, *_advice(read)],
            "refused": [[f"Baris {row}", reason] for row, reason in read.rows.refused[:100]],
            "refused_count": len(read.rows.refused),
            "facts": _facts(read),
            "groups": {about.name: self._group(group, read, form) for group, about in _GROUPS.items()},
        }  # fmt: skip

    def export_file(self, what: str, form: Mapping[str, Any]) -> File:
        """Return all buyers with their group and message, as XLSX or CSV."""
        listed, columns = self._list(form)
        if missing(columns) or not (read := self._sorted(listed, columns)).customers:
            raise InputError("Belum ada pelanggan untuk diunduh.")
        headings = ("Kelompok", "Nama", "Nomor HP", "Berapa kali membeli", "Terakhir membeli",
                    "Jumlah belanja", "Pesan", "Tautan WhatsApp")  # fmt: skip
        rows = [
            (group.value, person.name, person.dialled, one.orders, long_day(one.last), one.spent, text, link)
            for group in _GROUPS
            for one, person, text, link in self._written(group, read, form)
        ]  # fmt: skip
        if what == "csv":
            return File("pelanggan.csv", "text/csv", as_csv(headings, rows))
        content = as_workbook("Pelanggan", headings, rows)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return File("pelanggan.xlsx", kind, content)

    def _list(self, form: Mapping[str, Any]) -> tuple[Listed, Mapping[str, int]]:
        if form.get("source") == "sample":
            listed = open_sales(sample_sales(self._today()))
            return listed, listed.guess
        if self._listed is None:
            raise InputError("Daftarnya sudah tidak ada di halaman ini. Pilih sekali lagi.", "file")
        return self._listed, usable(self._listed, FIELDS, form.get("columns"))

    def _sorted(self, listed: Listed, columns: Mapping[str, int]) -> _Read:
        # A person who types a message asks for the same list many times.
        if listed is self._listed and self._read is not None and self._read[0] == columns:
            return self._read[1]
        today = self._today()
        rows = rows_of(listed, columns, today)
        orders, people = visits(rows.bought)
        read = _Read(rows, customers_of(orders, today), people)
        if listed is self._listed:
            self._read = (dict(columns), read)
        return read

    def _group(self, group: Group, read: _Read, form: Mapping[str, Any]) -> dict[str, Any]:
        name = _GROUPS[group].name
        more = form.get("more")
        pages = more.get(name, 1) if isinstance(more, Mapping) else 1
        most = _PAGE * pages if type(pages) is int and pages > 0 else _PAGE
        mine = sum(one.group is group for one in read.customers)
        written = self._written(group, read, form)
        return {
            "count": mine,
            "rest": max(mine - most, 0),
            "people": [
                {"name": person.shown, "reason": one.reason, "message": text, "link": link}
                for _, (one, person, text, link) in zip(range(most), written, strict=False)
            ],
        }

    def _written(
        self, group: Group, read: _Read, form: Mapping[str, Any]
    ) -> Iterator[tuple[Customer, Person, str, str]]:
        """Return a group's buyers, each with their message and the link that sends it."""
        about = _GROUPS[group]
        template = _template(form, about)
        for one in read.customers:
            if one.group is not group:
                continue
            person = read.people[one.name]
            text = template.filled({"nama": person.name or _NAMELESS, "usaha": _business(form)})
            sample = form.get("source") == "sample"
            link = chat_link("" if sample else person.phone, text) if person.phone else ""
            yield one, person, text, link


def _template(form: Mapping[str, Any], about: _About) -> Template:
    typed = form.get(about.name)
    template = Template(typed.strip()[:_LONGEST] if isinstance(typed, str) else about.message)
    if not template.text:
        raise InputError("Tulis dulu pesannya.", about.name)
    try:
        strange = set(template.gaps) - _GAPS
    except InputError as error:
        raise InputError(error.message, about.name) from None
    if strange:
        raise InputError(
            f"Tulis {{nama}} atau {{usaha}} saja di dalam kurung, bukan {{{min(strange)}}}.", about.name
        )  # fmt: skip
    return template


def _business(form: Mapping[str, Any]) -> str:
    typed = form.get("business")
    return (" ".join(typed.split())[:80] if isinstance(typed, str) else "") or "toko kami"


def _facts(read: _Read) -> list[list[str]]:
    everybody = read.customers
    spent, orders = sum(one.spent for one in everybody), sum(one.orders for one in everybody)
    returned = sum(one.orders > 1 for one in everybody)
    return [
        ["Pelanggan", str(len(everybody))],
        ["Membeli lagi", repeat_rate(returned, len(everybody)).written],
        ["Rata-rata sekali belanja", average_order(spent, orders).written],
    ]


def _advice(read: _Read) -> list[str]:
    if not read.customers:
        return ["Belum ada pelanggan di daftar ini."]
    if len(read.customers) < _FEW:
        return [
            "Pelanggannya masih sedikit. Pembagian ini baru berarti kalau ada enam orang atau lebih."
        ]
    return []
