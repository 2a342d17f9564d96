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
from .outputs import output_path
from .paths import Paths, find_paths
from .terminal import plain

#: Letters and digits that are not confused when read from a screen.
CLEAR = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def _records() -> Records:
    return open_records(find_paths().database)


def new_class(
    class_id: str, title: str, courses: Sequence[str], venue: str, console: Console
) -> None:
    """Create a class and print the code its participants type.

    Raises:
        CliError: the id is taken, or there is no such course.
        FormError: no course, a course twice, or no valid title.
    """
    paths = find_paths()
    records = open_records(paths.database)
    check_identifier(class_id)
    _check_courses(paths, courses)
    if find_cohort(records, class_id) is not None:
        raise CliError(f"Kelas {class_id} sudah ada. Pilih kode lain.")
    join_code = "".join(secrets.choice(CLEAR) for _ in range(6))
    today = day_in_wib(datetime.now(UTC))
    create_cohort(records, CohortForm(class_id, title, join_code, venue, today, tuple(courses)))
    console.print(f"Kelas {class_id} siap. Kode kelas untuk peserta:", plain(join_code, "bold"))
    console.print(f"Buka dengan: umkm workshop {class_id}")


def change_courses(class_id: str, courses: Sequence[str], console: Console) -> None:
    """Set the courses of a class.

    Raises:
        CliError: there is no such course.
        FormError: there is no such class, no course, or a course twice.
    """
    paths = find_paths()
    _check_courses(paths, courses)
    cohort = offer_courses(open_records(paths.database), class_id, courses)
    console.print(f"Materi kelas {class_id}: {', '.join(cohort.courses)}.")
    console.print(f"Buka kelasnya, atau buka ulang: umkm workshop {class_id}")


def _check_courses(paths: Paths, courses: Sequence[str]) -> None:
    known = load_catalogue(paths.courses).courses
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


def _find_code(records: Records, code: str) -> str:
    participant = get_participant(records, code.strip().lower())
    if participant is None:
        raise CliError(f"Peserta {code} tidak ada. Periksa kodenya di halaman Pantau kelas.")
    return participant.code


def reset_pin_of(code: str, console: Console) -> None:
    """Reset a PIN and print the new one."""
    records = _records()
    pin = reset_pin(records, _find_code(records, code), by="terminal")
    console.print(
        f"PIN baru untuk {code}:", plain(pin, "bold"), " Berikan langsung kepada orangnya."
    )


def write_person(code: str, output: Path | None, console: Console) -> None:
    """Write all data of a participant as JSON, to a file that only its owner can read."""
    records = _records()
    data = export_person(records, _find_code(records, code), by="terminal")
    target = output_path(find_paths(), output, f"data-{code}.json")
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
    """Erase the personal data of a participant, after asking."""
    records = _records()
    known = _find_code(records, code)
    if not yes and not typer.confirm(
        f"Hapus semua data pribadi {known}? Ini tidak bisa dibatalkan."
    ):
        raise CliError("Tidak jadi dihapus.")
    from umkm_grading import ClassFolder, erase_from_class  # noqa: PLC0415 - nbgrader takes a second to import

    # The records first: an open workshop would deliver the answers to the class folder again.
    erase_person(records, known, by="terminal")
    for cohort in list_cohorts(records):
        erase_from_class(ClassFolder(find_paths().data_dir, cohort.id), known)
    console.print(f"Data pribadi {known} sudah dihapus.")
