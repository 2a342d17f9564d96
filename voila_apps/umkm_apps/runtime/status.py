"""The status of the trainees' server, and what a trainer should do about it.

The server writes a small file into the data folder every few seconds; the trainer's JupyterLab, a
process of its own, reads it. A file needs no address that a trainee could try, and its age tells
when the server no longer answers.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from umkm.wib import clock_time

from .secrets import FOLDER

if TYPE_CHECKING:
    # The balancer writes reports, and is spared the memory of SQLAlchemy.
    from umkm_records import StorageError

NAME = "keadaan-peserta.json"
#: Seconds between two reports, and after which a server that wrote none counts as silent.
REPORT_EVERY = 2.0
SILENT_AFTER = 7.0

LITTLE_MEMORY_MB = 400
LITTLE_DISK_MB = 500
#: Minutes without any new answer, though pages are open.
QUIET_MINUTES = 10


@dataclass(frozen=True)
class ServerStatus:
    """The server's figures at one moment; memory is in MB."""

    at: datetime
    started_at: datetime
    people: int
    pages: int
    most_pages: int
    #: What sets `most_pages`: `setting`, `memory` or `files`.
    limited_by: str
    #: Codes of those who wait, the next one first.
    waiting: tuple[str, ...]
    pages_mb: float
    server_mb: float


@dataclass(frozen=True)
class Concern:
    """Something that is wrong, and what to do about it."""

    what: str
    do: str


@dataclass(frozen=True)
class Laptop:
    """What the laptop has left, in MB, and when an answer was last saved."""

    free_memory: float
    free_disk: float
    last_saved: datetime | None
    #: Why the records cannot be read, if so; nobody knows then when an answer was last saved.
    unread: Concern | None = None


def write_status(data_dir: Path, status: ServerStatus) -> None:
    """Write the report so that a reader finds this one or the last one, never half of one.

    Raises:
        OSError: it cannot be written, as on a full disk.
    """
    target = data_dir / FOLDER / NAME
    fresh = target.with_suffix(".baru")
    # Its name lists who is in the class: for nobody else on this computer.
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(status_to_json(status), file)
    fresh.replace(target)


def status_to_json(status: ServerStatus) -> dict[str, Any]:
    """Return a status as it is written."""
    times = {"at": status.at.isoformat(), "started_at": status.started_at.isoformat()}
    return asdict(status) | times


def status_from_json(stored: dict[str, Any]) -> ServerStatus:
    """Return a status that was written.

    Raises:
        ValueError, TypeError, KeyError: it is none.
    """
    times = {name: datetime.fromisoformat(stored[name]) for name in ("at", "started_at")}
    return ServerStatus(**stored | times | {"waiting": tuple(stored["waiting"])})


def read_status(data_dir: Path) -> ServerStatus | None:
    """Return the server's last report, or None where there is none that can be read."""
    try:
        return status_from_json(json.loads((data_dir / FOLDER / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def is_silent(status: ServerStatus, now: datetime) -> bool:
    """Return whether the server has not reported for longer than it ever takes."""
    return now - status.at > timedelta(seconds=SILENT_AFTER)


def about_records(error: StorageError, since: datetime) -> Concern:
    """Return what a trainer reads about records that cannot be read."""
    phones = "Jawaban peserta menunggu di HP masing-masing dan terkirim sendiri."
    if error.passing:
        return Concern(
            f"Penyimpanan jawaban tidak menjawab sejak {clock_time(since)}.",
            f"{phones} Bila satu menit lagi masih begini, periksa apakah server PostgreSQL menyala. Kelas tanpa "
            "PostgreSQL: tutup dengan Ctrl-C di terminal, lalu ketik make workshop.",
        )
    return Concern(
        f"Penyimpanan jawaban tidak bisa dibaca sejak {clock_time(since)}.",
        f"{error.message} {phones}",
    )


def concerns(status: ServerStatus | None, laptop: Laptop, now: datetime) -> Sequence[Concern]:
    """Return what a trainer should know, the most pressing first; nothing when all is well."""
    found = [laptop.unread] if laptop.unread else []
    if status is None or is_silent(status, now):
        since = f" sejak {clock_time(status.at)}" if status else ""
        found.append(
            Concern(
                f"Halaman peserta tidak menjawab{since}.",
                "Lihat terminal tempat kelas dibuka. Bila sudah tertutup, ketik make workshop. Jawaban peserta "
                "menunggu di HP masing-masing dan terkirim sendiri.",
            )
        )
    if laptop.free_disk < LITTLE_DISK_MB:
        found.append(
            Concern(
                f"Tempat simpan laptop tinggal {laptop.free_disk:.0f} MB.",
                "Hapus berkas yang tidak perlu. Bila penuh, jawaban tidak bisa disimpan.",
            )
        )
    if laptop.free_memory < LITTLE_MEMORY_MB:
        found.append(
            Concern(
                f"Memori laptop tinggal {laptop.free_memory:.0f} MB.",
                "Tutup program dan tab peramban yang tidak dipakai.",
            )
        )
    if status is not None and not is_silent(status, now):
        found += _about_people(status, laptop, now)
    return found


def _about_people(status: ServerStatus, laptop: Laptop, now: datetime) -> list[Concern]:
    found = []
    if status.waiting:
        more = status.most_pages + 10
        found.append(
            Concern(
                f"{len(status.waiting)} orang menunggu giliran.",
                "Minta yang sudah selesai menutup halamannya. Bila memori masih cukup, tutup kelas dengan Ctrl-C, "
                f"lalu buka lagi dengan: umkm workshop --pages {more}",
            )
        )
    quiet = laptop.last_saved is None or now - laptop.last_saved > timedelta(minutes=QUIET_MINUTES)
    open_for_long = now - status.started_at > timedelta(minutes=QUIET_MINUTES)
    if status.pages and quiet and open_for_long and not laptop.unread:
        found.append(
            Concern(
                f"Belum ada jawaban baru selama {QUIET_MINUTES} menit, padahal {status.pages} halaman terbuka.",
                "Bila kelas sedang mengerjakan soal, lihat satu HP: apa tertulis Menunggu sinyal? Periksa hotspot.",
            )
        )
    return found
