"""Paths of files that commands write: never in the checkout, never in the mount point of a missing stick."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from umkm.wib import in_wib

from .errors import CliError
from .paths import Paths

#: Where Linux mounts USB sticks and cards (Debian, Ubuntu, Fedora, and by hand).
_STICKS = ("/media", "/run/media", "/mnt")


def output_path(paths: Paths, asked: Path | None, name: str) -> Path:
    """Return the absolute path of a file to write.

    Args:
        paths: the folders of this run.
        asked: the file or folder named by the user; None for *Berkas kelas* in the data folder.
        name: the file's name where the user named none.

    Raises:
        CliError: the named path is on a USB stick that is not mounted.
    """
    if asked is None:
        from umkm_grading.backup import OUT  # noqa: PLC0415 - nbgrader takes a second to import

        folder = paths.data_dir / OUT
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / name
    target = asked.expanduser().absolute()
    _refuse_missing_stick(target)
    wants_folder = target.is_dir() or str(asked).endswith("/")
    return target / name if wants_folder else target


def stamp() -> str:
    """Return the present date and time in WIB for a file name, as `2026-11-30-001805`."""
    return f"{in_wib(datetime.now(UTC)):%Y-%m-%d-%H%M%S}"


def _refuse_missing_stick(target: Path) -> None:
    root = next((root for root in _STICKS if Path(root) in target.parents), None)
    if root is None:
        return
    above = [path for path in (target, *target.parents) if Path(root) in path.parents]
    if any(os.path.ismount(path) for path in (*above, Path(root))):
        return
    raise CliError(
        f"Tidak ada flashdisk atau disk di {above[-1]}, jadi tidak ada yang ditulis. Pasang "
        "flashdisknya, buka di pengelola berkas, lalu ulangi. Atau tulis nama folder lain."
    )
