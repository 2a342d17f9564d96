"""`umkm db`: create or upgrade the tables, and copy a programme to a PostgreSQL server."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from umkm_grading import ClassFolder, CopiedTable, create_gradebook, migrate_programme
from umkm_records import list_cohorts, open_records
from umkm_records.database.storage import as_url

from .paths import find_paths


def run_upgrade(console: Console) -> None:
    """Create or upgrade the tables of the records, and the gradebook of every class.

    Raises:
        StorageError: the database cannot be reached, or refuses to create tables.
    """
    paths = find_paths()
    with open_records(paths.database, upgrade=True) as records:
        cohorts = [cohort.id for cohort in list_cohorts(records)]
        for cohort in cohorts:
            create_gradebook(ClassFolder(paths.data_dir, cohort))
    console.print(f"Basis data siap. Kelas: {len(cohorts)}.")


def run_copy(source: str, target: str, console: Console) -> None:
    """Copy a programme to a PostgreSQL server, and print what was copied and what to do next.

    Raises:
        CopyRefused: nothing was copied; the message says why.
        StorageError: one of the two databases cannot be opened.
    """
    with console.status("Menyalin…") as status:

        def show(moved: CopiedTable) -> None:
            status.update(f"Menyalin {moved.place}: {moved.table.table}, {moved.table.rows} baris")

        moved = migrate_programme(source, target, show)
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
