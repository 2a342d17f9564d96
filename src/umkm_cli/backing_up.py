"""`umkm backup` and `umkm restore`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from umkm_grading.backup import back_up, check_backup, restore
from umkm_records import open_records

from .places import find_places


def run_backup(file: Path | None, console: Console) -> None:
    """Write a backup, restore it to a place that is thrown away, and say what is in it.

    Raises:
        BackupRefused: it was not made; the message says why.
        StorageError: the database cannot be opened.
    """
    places = find_places()
    target = file or Path(f"cadangan-{datetime.now(UTC):%Y%m%dT%H%M%S}.zip")
    open_records(places.database).close()
    with console.status("Mencadangkan…") as status:
        manifest = back_up(
            places.data_dir,
            places.database,
            target.absolute(),
            lambda part: status.update(f"Mencadangkan {part}…"),
        )
        status.update("Menguji dengan memulihkannya ke tempat sementara…")
        tried = check_backup(target, places.database)
    size = target.stat().st_size / 1_000_000
    console.print(
        f"Cadangan: {target} ({size:.1f} MB), {len(manifest.files)} berkas, {manifest.rows} baris."
    )
    console.print(
        "Sudah diuji: dipulihkan, lalu setiap berkas dan tabel sama."
        if tried
        else "Berkasnya utuh. Basis datanya belum diuji: akun ini tidak boleh membuat basis data "
        "(ALTER ROLE … CREATEDB)."
    )
    console.print("Berisi data pribadi: simpan di luar laptop ini, di tempat yang terkunci.")


def run_restore(file: Path, console: Console) -> None:
    """Put a backup back into an empty place.

    Raises:
        BackupRefused: nothing was put back; the message says why.
    """
    places = find_places()
    with console.status("Memulihkan…"):
        manifest = restore(file.absolute(), places.data_dir, places.database)
        open_records(places.database, upgrade=True).close()
    console.print(
        f"Dipulihkan ke {places.data_dir}: {len(manifest.files)} berkas, {manifest.rows} baris, "
        "semuanya sama dengan saat dicadangkan."
    )
    console.print("Berikutnya: umkm grade, lalu umkm workshop.")
