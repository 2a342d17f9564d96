"""Enrolments: `umkm class silent|remove|places|open-registration` and `umkm person merge`."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.table import Table

from umkm.wib import clock_time
from umkm_records import Records, find_cohort, get_participant, open_records
from umkm_records.classes import open_registration, registration_rules, set_most_people
from umkm_records.people import (
    has_ever_sent,
    merge_people,
    put_back_in_class,
    remove_from_class,
    removed_people,
    silent_people,
)

from .errors import CliError
from .paths import find_paths

BY = "terminal"


def _open_records_of(class_id: str) -> Records:
    records = open_records(find_paths().database)
    if find_cohort(records, class_id) is None:
        raise CliError(f"Kelas {class_id} tidak ada. Lihat daftarnya: umkm class list")
    return records


def _confirm(question: str, yes: bool) -> None:
    if not yes and not typer.confirm(question):
        raise CliError("Tidak jadi.")


def list_silent(class_id: str, console: Console) -> None:
    """Print how many may enrol in a class, who has not answered yet, and who was removed."""
    records = _open_records_of(class_id)
    rules = registration_rules(records, class_id)
    console.print(f"{rules.enrolled} dari {rules.most_people} tempat terpakai.")
    table = Table("Kode", "Nama", "Usaha", "Keadaan")
    for one in silent_people(records, class_id):
        who = one.participant
        state = "belum menjawab" if one.has_come else "belum pernah datang"
        table.add_row(who.code, who.name, who.business_name, state)
    for gone in removed_people(records, class_id):
        table.add_row(gone.code, gone.name, "", "sudah dikeluarkan")
    console.print(table if table.row_count else "Semua peserta sudah menjawab.")


def remove(class_id: str, code: str, undo: bool, yes: bool, console: Console) -> None:
    """Remove a participant from a class, or undo that."""
    records, code = _open_records_of(class_id), code.strip().lower()
    if undo:
        put_back_in_class(records, code, class_id, BY)
        console.print(f"{code} ada lagi di kelas {class_id}.")
        return
    _confirm(f"Keluarkan {code} dari kelas {class_id}? Datanya tetap tersimpan.", yes)
    remove_from_class(records, code, class_id, BY)
    if not has_ever_sent(records, code):
        from umkm_grading import ClassFolder, erase_from_class  # noqa: PLC0415 - nbgrader takes a second to import

        erase_from_class(ClassFolder(find_paths().data_dir, class_id), code)
    console.print(
        f"{code} sudah dikeluarkan. Batalkan dengan: umkm class remove {class_id} {code} --undo"
    )


def set_places(class_id: str, most: int, console: Console) -> None:
    """Set how many people may enrol in a class."""
    set_most_people(_open_records_of(class_id), class_id, most, BY)
    console.print(f"Kelas {class_id} menerima sampai {most} orang.")


def open_for_all(class_id: str, console: Console) -> None:
    """Allow many registrations from one address for two hours."""
    until = open_registration(_open_records_of(class_id), class_id, BY)
    console.print(
        f"Sampai pukul {clock_time(until)} satu Wi-Fi boleh mendaftarkan banyak orang "
        f"di kelas {class_id}."
    )


def merge(double: str, into: str, yes: bool, console: Console) -> None:
    """Merge two participants who are the same person into one."""
    records = open_records(find_paths().database)
    codes = double.strip().lower(), into.strip().lower()
    for code in codes:
        if get_participant(records, code) is None:
            raise CliError(f"Peserta {code} tidak ada. Periksa kodenya di halaman Pantau kelas.")
    _confirm(
        f"Pindahkan jawaban {codes[0]} kepada {codes[1]}, lalu hapus {codes[0]}? "
        "Ini tidak bisa dibatalkan.",
        yes,
    )
    merge_people(records, *codes, by=BY)
    console.print(f"{codes[0]} sudah digabung ke {codes[1]}.")
