"""`umkm db`: the tables of a programme's database, made at deploy, and its move to a server."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from umkm_grading import ClassRoom, Moved, create_gradebook, move_programme
from umkm_records import list_cohorts, open_records
from umkm_records.database.storage import as_url

from .places import find_places


def run_upgrade(console: Console) -> None:
    """Make or upgrade the records' tables, and the gradebook of every class.

    Raises:
        StorageError: the database cannot be reached, or does not let us make tables.
    """
    places = find_places()
    with open_records(places.database, upgrade=True) as records:
        cohorts = [cohort.id for cohort in list_cohorts(records)]
        for cohort in cohorts:
            create_gradebook(ClassRoom(places.data_dir, cohort))
    console.print(f"Basis data siap. Kelas: {len(cohorts)}.")


def run_copy(source: str, target: str, console: Console) -> None:
    """Move a programme to a PostgreSQL server, and say what lies there and what to do next.

    Raises:
        CopyRefused: nothing was copied; the message says why.
        StorageError: one of the two cannot be opened.
    """
    with console.status("Menyalin…") as status:

        def tell(moved: Moved) -> None:
            status.update(f"Menyalin {moved.place}: {moved.table.table}, {moved.table.rows} baris")

        moved = move_programme(source, target, tell)
    table = Table(title="Tersalin dan sama isinya di kedua sisi")
    for heading in ("Bagian", "Tabel", "Baris", "Hash"):
        table.add_column(heading, justify="right" if heading == "Baris" else "left")
    for one in moved:
        if one.table.rows:
            table.add_row(one.place, one.table.table, str(one.table.rows), one.table.digest[:12])
    console.print(table)
    console.print(
        f"Selesai: {len(moved)} tabel. Tutup kelas yang masih terbuka, lalu di setiap mesin:\n"
        f"export UMKM_DATABASE='{as_url(target).render_as_string()}'\n"
        "Berkas SQLite yang lama tidak diubah; simpan sebagai cadangan."
    )
