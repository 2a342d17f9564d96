"""Where commands write files for people: never into the program's own folder, never beside a missing stick."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from umkm.wib import in_wib

from .errors import CliError
from .paths import Paths

#: Where Linux shows sticks and cards (Debian, Ubuntu, Fedora, and what people mount by hand).
_STICKS = ("/media", "/run/media", "/mnt")


def output_path(paths: Paths, asked: Path | None, name: str) -> Path:
    """Return the absolute path of a file to write.

    Args:
        paths: the folders of this run.
        asked: a file or a folder somebody named; None for the folder *Berkas kelas* of the data.
        name: the file's name where none was given.

    Raises:
        CliError: the named place is a stick that is not there.
    """
    if asked is None:
        from umkm_grading.backup import OUT  # noqa: PLC0415 - brings nbgrader, which takes a second

        folder = paths.data_dir / OUT
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / name
    target = asked.expanduser().absolute()
    _refuse_missing_stick(target)
    wants_folder = target.is_dir() or str(asked).endswith("/")
    return target / name if wants_folder else target


def stamp() -> str:
    """Return now as file names tell it: the date and time in Serang (WIB), `2026-11-30-0018`."""
    return f"{in_wib(datetime.now(UTC)):%Y-%m-%d-%H%M%S}"


def _refuse_missing_stick(target: Path) -> None:
    root = next((root for root in _STICKS if Path(root) in target.parents), None)
    if root is None:
        return
    above = [place for place in (target, *target.parents) if Path(root) in place.parents]
    if any(os.path.ismount(place) for place in (*above, Path(root))):
        return
    raise CliError(
        f"Tidak ada flashdisk atau disk di {above[-1]}, jadi tidak ada yang ditulis. Pasang "
        "flashdisknya, buka di pengelola berkas, lalu ulangi. Atau tulis nama folder lain."
    )
