"""The folders of the checkout and of a laptop's data."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from .errors import CliError


@dataclass(frozen=True)
class Paths:
    """The folders that a run of `umkm` works with."""

    home: Path
    data_dir: Path

    @property
    def database(self) -> str:
        """The URL of the records: `UMKM_DATABASE`, or a SQLite file in the data folder."""
        return os.environ.get("UMKM_DATABASE") or f"sqlite:///{self.data_dir / 'umkm.db'}"

    @property
    def courses(self) -> Path:
        """The folder of course content."""
        return self.home / "courses"


def find_home() -> Path:
    """Return the checkout: `UMKM_HOME`, or a parent of this file or of the working folder.

    Raises:
        CliError: none of them has `courses/` and `voila_apps/pages/`.
    """
    named = os.environ.get("UMKM_HOME")
    tries = (
        [Path(named)]
        if named
        else [*Path(__file__).resolve().parents, Path.cwd(), *Path.cwd().parents]
    )
    for folder in tries:
        if (folder / "courses").is_dir() and (folder / "voila_apps" / "pages").is_dir():
            return folder
    raise CliError(
        "Folder materi (courses/) tidak ditemukan. Jalankan perintah ini dari folder UMKM Naik Kelas."
    )


def keep_private(data_dir: Path) -> str:
    """Close a data folder to other users; return what to print where that fails, otherwise "".

    A folder that its group may write to is shared on purpose: its group keeps its permissions.
    """
    try:
        mode = stat.S_IMODE(data_dir.stat().st_mode)
        others = mode & (0o007 if mode & 0o020 else 0o077)
        if others:
            data_dir.chmod(mode & ~others)
    except OSError:
        return (
            f"Orang lain di mesin ini bisa membaca {data_dir}. Minta pemilik folder itu menjalankan: "
            f"chmod 700 {data_dir}"
        )
    return ""


def find_paths() -> Paths:
    """Return the folders of this run; the data folder is created if it does not exist.

    Raises:
        CliError: the data folder cannot be written.
    """
    named = os.environ.get("UMKM_DATA")
    data_dir = (
        Path(named)
        if named
        else Path(platformdirs.user_data_dir("umkm-naik-kelas", appauthor=False))
    )
    data_dir = data_dir.expanduser().absolute()
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = data_dir / ".bisa-tulis"
        probe.write_bytes(b"1")
        probe.unlink()
    except OSError as error:
        raise CliError(
            f"Folder data {data_dir} tidak bisa ditulisi ({error.strerror}). "
            "Pilih folder lain: UMKM_DATA=/folder/lain make workshop"
        ) from error
    return Paths(find_home(), data_dir)
