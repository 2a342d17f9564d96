"""`umkm backup` and `umkm restore`."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console

from umkm_grading.backup import (
    SHORTEST,
    back_up,
    check_backup,
    is_encrypted,
    left_out,
    restore,
)
from umkm_records import open_records

from .errors import CliError
from .outputs import output_path, stamp
from .paths import find_paths
from .terminal import printable

_MOST_NAMES = 5


def run_backup(file: Path | None, with_password: bool, console: Console) -> None:
    """Write a backup, test it by restoring it to a temporary folder, and print what is in it.

    Raises:
        BackupRefused: no backup was made; the message says why.
        CliError: the target is a USB stick that is not mounted, or the password is too short.
        StorageError: the database cannot be opened.
    """
    paths = find_paths()
    ending = "zip.age" if with_password else "zip"
    target = output_path(paths, file, f"cadangan-{stamp()}.{ending}")
    password = _new_password() if with_password else ""
    open_records(paths.database).close()
    with console.status("Mencadangkan…") as status:
        manifest = back_up(
            paths.data_dir,
            paths.database,
            target,
            lambda part: status.update(f"Mencadangkan {part}…"),
            password,
        )
        status.update("Menguji dengan memulihkannya ke tempat sementara…")
        tested = check_backup(target, paths.database, password)
    size = f"{target.stat().st_size / 1_000_000:.1f}".replace(".", ",")
    console.print(
        f"Cadangan: {target} ({size} MB), {len(manifest.files)} berkas, {manifest.rows} baris.",
        soft_wrap=True,
    )
    console.print(
        "Sudah diuji: dipulihkan, lalu setiap berkas dan tabel sama."
        if tested
        else "Berkasnya utuh. Basis datanya belum diuji: akun ini tidak boleh membuat basis data "
        "(ALTER ROLE … CREATEDB)."
    )
    if others := left_out(paths.data_dir):
        console.print(f"Tidak ikut, karena bukan data kelas: {_names(others)}.")
    if file is None:
        console.print(
            "Cadangan ini masih di laptop ini: salin ke flashdisk. Hilang laptopnya, hilang cadangannya."
        )
    console.print(
        "Kata sandinya tidak disimpan di mana pun: tanpa kata sandi itu, cadangan tidak bisa dibuka."
        if with_password
        else "Berisi data pribadi: simpan di luar laptop ini, di tempat yang terkunci."
    )


def run_restore(file: Path, console: Console) -> None:
    """Restore a backup into an empty data folder.

    Raises:
        BackupRefused: nothing was restored; the message says why.
    """
    paths = find_paths()
    console.print(
        "Pulihkan hanya cadangan dari orang yang Anda percaya: cadangan itu sama seperti program."
    )
    password = typer.prompt("Kata sandi cadangan", hide_input=True) if is_encrypted(file) else ""
    with console.status("Memulihkan…"):
        manifest = restore(file.absolute(), paths.data_dir, paths.database, password)
        open_records(paths.database, upgrade=True).close()
    console.print(
        f"Dipulihkan ke {paths.data_dir}: {len(manifest.files)} berkas, {manifest.rows} baris, "
        "semuanya sama dengan saat dicadangkan."
    )
    # Hidden files are secrets of older backups, which are left out by design.
    if others := [name for name in manifest.refused if not name.startswith(".")]:
        console.print(f"Tidak dipulihkan, karena bukan data kelas: {_names(others)}.")
    console.print(
        "Peserta masuk sekali lagi dengan PIN yang sama, dan alamat JupyterLab pelatih berubah: "
        "kunci laptop dibuat baru."
    )
    console.print("Berikutnya: umkm grade, lalu umkm workshop.")


def _new_password() -> str:
    password: str = typer.prompt(
        "Kata sandi cadangan (tidak terlihat saat diketik)",
        hide_input=True,
        confirmation_prompt="Ketik sekali lagi",
    )
    if len(password) < SHORTEST:
        raise CliError(f"Kata sandi cadangan paling sedikit {SHORTEST} huruf. Ulangi.")
    return password


def _names(names: list[str]) -> str:
    shown = ", ".join(printable(name) for name in names[:_MOST_NAMES])
    rest = len(names) - _MOST_NAMES
    return f"{shown}, dan {rest} berkas lain" if rest > 0 else shown
