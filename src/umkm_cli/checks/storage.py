"""Checks of the data: folder, disk, databases, clock."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, text

from umkm_cli.paths import Paths
from umkm_grading import ClassFolder, GradingError, gradebook_trouble
from umkm_grading.backup import find_program
from umkm_records import Records, StorageError, list_cohorts, open_records
from umkm_records.database.storage import as_url
from umkm_records.tables import HEAD, EventRow, SubmissionRow

from . import Finding, Level

_RESTORE = "Jangan dihapus. Pulihkan ke folder baru: UMKM_DATA=/folder/baru umkm restore FILE"
_LITTLE, _NEARLY_NOTHING = 2_000_000_000, 200_000_000


def check_folder(paths: Paths) -> Iterator[Finding]:
    """Check that only its owner reads the data folder, and that no restore was interrupted."""
    folder = paths.data_dir
    others = stat.S_IMODE(folder.stat().st_mode) & 0o077
    if others:
        yield Finding(
            "folder data", Level.ODD, f"{folder}: orang lain di mesin ini bisa membacanya",
            f"chmod 700 {folder}",
        )  # fmt: skip
    else:
        yield Finding("folder data", Level.GOOD, str(folder))
    for left in folder.glob(".pulih-*"):
        yield Finding(
            "pemulihan", Level.ODD, f"Pemulihan pernah terhenti: {left.name}",
            f"Hapus folder {left}, lalu ulangi umkm restore di folder kosong.",
        )  # fmt: skip


def check_disk(paths: Paths) -> Iterator[Finding]:
    """Check that the disk has class_folder for a class."""
    free = shutil.disk_usage(paths.data_dir).free
    said = f"sisa {free / 1_000_000_000:.1f} GB".replace(".", ",")
    level = Level.BAD if free < _NEARLY_NOTHING else Level.ODD if free < _LITTLE else Level.GOOD
    yield Finding(
        "disk", level, said, "" if level is Level.GOOD else "Kosongkan ruang sebelum membuka kelas."
    )


def check_records(paths: Paths) -> Iterator[Finding]:
    """Check that the records open, have the right schema, are undamaged and not from the future."""
    try:
        records = open_records(paths.database, busy_seconds=3)
    except StorageError as error:
        url = as_url(paths.database).render_as_string()
        yield Finding("data peserta", Level.BAD, error.message, f"Alamatnya: {url}")
        return
    with records:
        damage = _damage(records)
        if damage:
            yield Finding("data peserta", Level.BAD, f"rusak: {damage}", _RESTORE)
            return
        yield Finding("data peserta", Level.GOOD, f"skema {HEAD}, {records.engine.dialect.name}")
        yield _clock(records)
        if records.engine.dialect.name == "postgresql":
            yield from _server(records)


def check_gradebooks(paths: Paths) -> Iterator[Finding]:
    """Check that each gradebook opens, is undamaged and has the revision that nbgrader expects."""
    try:
        with open_records(paths.database, busy_seconds=3) as records:
            cohorts = [cohort.id for cohort in list_cohorts(records)]
    except StorageError:
        return  # check_records reports it
    wrong = 0
    for cohort in cohorts:
        try:
            trouble = gradebook_trouble(ClassFolder(paths.data_dir, cohort, paths.database))
        except GradingError as error:
            trouble = error.message
        if trouble:
            wrong += 1
            yield Finding(f"buku nilai {cohort}", Level.BAD, trouble, _RESTORE)
    if not wrong:
        yield Finding("buku nilai", Level.GOOD, f"{len(cohorts)} kelas")


def _damage(records: Records) -> str:
    if records.engine.dialect.name != "sqlite":
        return ""
    with records.read_session() as session:
        found = str(session.scalar(text("PRAGMA integrity_check(1)")))
    return "" if found == "ok" else found


def _clock(records: Records) -> Finding:
    with records.read_session() as session:
        known = [
            session.scalar(select(func.max(EventRow.at))),
            session.scalar(select(func.max(SubmissionRow.submitted_at))),
        ]
    newest = max((at for at in known if at is not None), default=None)
    now = datetime.now(UTC)
    if newest is not None and newest > now + timedelta(minutes=5):
        return Finding(
            "jam", Level.BAD,
            f"Jam laptop ini mundur: ada jawaban dari {newest:%d-%m-%Y %H.%M} UTC, sekarang "
            f"{now:%d-%m-%Y %H.%M} UTC",
            "Betulkan tanggal dan jam laptop. Jawaban tetap aman: urutannya tidak memakai jam.",
        )  # fmt: skip
    return Finding("jam", Level.GOOD, f"{now:%d-%m-%Y %H.%M} UTC")


def _server(records: Records) -> Iterator[Finding]:
    with records.read_session() as session:
        apart = abs(session.execute(select(func.now())).scalar_one() - datetime.now(UTC))
        version = str(session.scalar(text("SHOW server_version")))
    if apart > timedelta(minutes=1):
        yield Finding(
            "jam server", Level.ODD, f"Jam server berbeda {apart.total_seconds():.0f} detik",
            "Nyalakan NTP di kedua mesin.",
        )  # fmt: skip
    if find_program("pg_dump") is None:
        yield Finding(
            "cadangan", Level.ODD, "Program pg_dump belum ada, jadi umkm backup tidak bisa dipakai",
            "sudo apt install postgresql-client",
        )  # fmt: skip
    yield Finding("PostgreSQL", Level.GOOD, f"versi {version}")
