"""Messages to buyers: one a group, filled in for each person; and the file of all of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from umkm.calendar import long_day
from umkm.errors import InputError
from umkm.marketing import Customer, Group, Template, chat_link
from umkm_tools.base.spreadsheet_export import as_csv, as_workbook
from umkm_tools.customer_segments.people import Person
from umkm_tools.customer_segments.sorting import Sorted

_GAPS: Final = {"nama", "usaha"}
_NAMELESS: Final = "Kak"
_LONGEST: Final = 600
_HEADINGS: Final = (
    "Kelompok", "Nama", "Nomor HP", "Berapa kali membeli", "Terakhir membeli", "Jumlah belanja", "Pesan",
    "Tautan WhatsApp",
)  # fmt: skip


@dataclass(frozen=True)
class About:
    """The words of a group, and its default message."""

    name: str
    meaning: str
    message: str


GROUPS: Final[Mapping[Group, About]] = {
    Group.LOYAL: About(
        "loyal",
        "Membeli lebih dari sekali, dan belum lama ini. Ucapkan terima kasih, kabari yang baru lebih dulu.",
        "Halo {nama}, terima kasih sudah sering belanja di {usaha}. Minggu ini ada yang baru. "
        "Mau saya sisihkan?",
    ),
    Group.NEW: About(
        "new",
        "Baru sekali membeli, belum lama ini. Tanyakan kabar barangnya, supaya kembali.",
        "Halo {nama}, terima kasih sudah belanja di {usaha}. Barangnya sudah dicoba? "
        "Kalau ada yang kurang, kabari saya ya.",
    ),
    Group.SLEEPING: About(
        "sleeping",
        "Sepertiga yang paling lama tidak membeli. Sapa sekali saja, jangan mendesak.",
        "Halo {nama}, lama tidak jumpa. {usaha} masih buka seperti biasa. Ada yang bisa saya bantu?",
    ),
}


def written(
    group: Group, buyers: Sorted, form: Mapping[str, Any]
) -> Iterator[tuple[Customer, Person, str, str]]:
    """Yield a group's buyers, each with their message and the link that sends it.

    Raises:
        InputError: the message of the form cannot be filled in.
    """
    template = _template(form, GROUPS[group])
    for one in buyers.customers:
        if one.group is not group:
            continue
        person = buyers.people[one.name]
        text = template.filled({"nama": person.name or _NAMELESS, "usaha": _business(form)})
        sample = form.get("source") == "sample"
        link = chat_link("" if sample else person.phone, text) if person.phone else ""
        yield one, person, text, link


def buyers_file(what: str, buyers: Sorted, form: Mapping[str, Any]) -> bytes:
    """Return all buyers with their group and message, as CSV or XLSX.

    Raises:
        InputError: a message of the form cannot be filled in.
    """
    rows = [
        (group.value, person.name, person.dialled, one.orders, long_day(one.last), one.spent, text, link)
        for group in GROUPS
        for one, person, text, link in written(group, buyers, form)
    ]  # fmt: skip
    if what == "csv":
        return as_csv(_HEADINGS, rows)
    return as_workbook("Pelanggan", _HEADINGS, rows)


def _template(form: Mapping[str, Any], about: About) -> Template:
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
