"""`umkm class …` and `umkm person …`."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from umkm.identity import check_identifier
from umkm.wib import day_in_wib
from umkm_courses import load_catalogue
from umkm_records import (
    CohortForm,
    Records,
    create_cohort,
    erase_person,
    export_person,
    find_cohort,
    get_participant,
    list_cohorts,
    open_records,
    reset_pin,
)
from umkm_records.classes import offer_courses

from .errors import CliError
from .outputs import place_for
from .places import Places, find_places
from .terminal import plain

#: Letters and digits nobody mistakes for one another when read from a screen.
CLEAR = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def _records() -> Records:
    return open_records(find_places().database)


def new_class(
    class_id: str, title: str, courses: Sequence[str], venue: str, console: Console
) -> None:
    """Create a class and print the code its participants type.

    Raises:
        CliError: the id is taken, or there is no such course.
        FormError: no course, one twice, or a title that is none.
    """
    places = find_places()
    records = open_records(places.database)
    check_identifier(class_id)
    _check_courses(places, courses)
    if find_cohort(records, class_id) is not None:
        raise CliError(f"Kelas {class_id} sudah ada. Pilih kode lain.")
    join_code = "".join(secrets.choice(CLEAR) for _ in range(6))
    today = day_in_wib(datetime.now(UTC))
    create_cohort(records, CohortForm(class_id, title, join_code, venue, today, tuple(courses)))
    console.print(f"Kelas {class_id} siap. Kode kelas untuk peserta:", plain(join_code, "bold"))
    console.print(f"Buka dengan: umkm workshop {class_id}")


def change_courses(class_id: str, courses: Sequence[str], console: Console) -> None:
    """Say anew what a class is taught.

    Raises:
        CliError: there is no such course.
        FormError: there is no such class, no course, or one twice.
    """
    places = find_places()
    _check_courses(places, courses)
    cohort = offer_courses(open_records(places.database), class_id, courses)
    console.print(f"Materi kelas {class_id}: {', '.join(cohort.courses)}.")
    console.print(f"Buka kelasnya, atau buka ulang: umkm workshop {class_id}")


def _check_courses(places: Places, courses: Sequence[str]) -> None:
    known = load_catalogue(places.courses).courses
    for course in courses:
        if course not in known:
            raise CliError(f"Materi {course} tidak ada. Yang ada: {', '.join(known)}.")


def list_classes(console: Console) -> None:
    """Print the classes on this laptop."""
    table = Table("Kode", "Nama", "Kode untuk peserta", "Materi")
    cohorts = list_cohorts(_records())
    for cohort in cohorts:
        table.add_row(cohort.id, cohort.title, cohort.join_code, ", ".join(cohort.courses))
    console.print(
        table
        if cohorts
        else "Belum ada kelas. Buat dengan: umkm class new KODE --title 'Nama kelas'"
    )


def _known(records: Records, code: str) -> str:
    participant = get_participant(records, code.strip().lower())
    if participant is None:
        raise CliError(f"Peserta {code} tidak ada. Periksa kodenya di halaman Pantau kelas.")
    return participant.code


def give_new_pin(code: str, console: Console) -> None:
    """Reset a PIN and print the new one."""
    records = _records()
    pin = reset_pin(records, _known(records, code), by="terminal")
    console.print(
        f"PIN baru untuk {code}:", plain(pin, "bold"), " Berikan langsung kepada orangnya."
    )


def write_person(code: str, output: Path | None, console: Console) -> None:
    """Write all data of one person as JSON, readable by that person alone."""
    records = _records()
    data = export_person(records, _known(records, code), by="terminal")
    target = place_for(find_places(), output, f"data-{code}.json")
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n"
    try:
        target.touch(mode=0o600)
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CliError(
            f"Berkas {target} tidak bisa ditulis ({error.strerror}). Pilih tempat lain dengan --output."
        ) from error
    console.print(f"Data {code} ditulis ke {target}", soft_wrap=True)


def erase(code: str, yes: bool, console: Console) -> None:
    """Erase a person's data after asking."""
    records = _records()
    known = _known(records, code)
    if not yes and not typer.confirm(
        f"Hapus semua data pribadi {known}? Ini tidak bisa dibatalkan."
    ):
        raise CliError("Tidak jadi dihapus.")
    from umkm_grading import ClassRoom, forget  # noqa: PLC0415 - brings nbgrader, which takes a second

    # The records first: an open workshop would carry the answers back into the class's folder.
    erase_person(records, known, by="terminal")
    for cohort in list_cohorts(records):
        forget(ClassRoom(find_places().data_dir, cohort.id), known)
    console.print(f"Data pribadi {known} sudah dihapus.")
