"""Restore a backup: compare every file and row, all of it or nothing, never over data."""

import shutil
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from umkm_grading.backup.databases import (
    PEOPLE,
    hash_sqlite,
    restore_server,
    scratch_database,
)
from umkm_grading.backup.encryption import decrypt, is_encrypted
from umkm_grading.backup.manifest import DUMP, GRADEBOOK, NAME, RECORDS, Manifest, read_manifest
from umkm_grading.backup.names import may_hold
from umkm_grading.class_folder.released_assignment import RELEASED, require_new_release
from umkm_grading.errors import BackupRefused, StorageTrouble
from umkm_records.database.fingerprints import Fingerprint
from umkm_records.database.storage import as_url


def restore(file: Path, data_dir: Path, database: str, password: str = "") -> Manifest:
    """Restore a backup into an empty data folder and, on a server, an empty database.

    Only data is restored; the manifest's `refused` names what else was in the file. The code that
    grades comes from this computer's courses: each class is released again when it is opened.

    Raises:
        BackupRefused: there is data already; the backup is damaged or of another kind.
        PasswordNeeded: it is encrypted, and there is no password.
        StorageTrouble: a file cannot be read or written.
    """
    url = as_url(database)
    own = data_dir / "umkm.db" if url.get_backend_name() != "sqlite" else Path(url.database or "")
    _refuse_data(data_dir, own)
    try:
        with _open(file, password) as archive:
            manifest = read_manifest(archive)
            _refuse_other_kind(manifest, url.get_backend_name())
            with tempfile.TemporaryDirectory(prefix=".pulih-", dir=data_dir) as folder:
                staged = Path(folder)
                _unpack(archive, manifest, staged)
                if manifest.kind == "postgresql":
                    dump = staged / DUMP
                    _compare(manifest, restore_server(database, dump))
                    dump.unlink()
                else:
                    _compare(manifest, _hash_files(manifest, staged))
                for released in staged.glob(f"angkatan/*/{RELEASED}/*.json"):
                    require_new_release(released)
                _move_in(staged, data_dir, own)
    except OSError as error:
        raise StorageTrouble(error) from error
    return manifest


def check_backup(file: Path, database: str, password: str = "") -> bool:
    """Restore a backup to a temporary place, and compare everything.

    Returns False where its database could not be tried out, since we may not make one on the server.

    Raises:
        BackupRefused: something is missing or differs.
    """
    with (
        _open(file, password) as archive,
        tempfile.TemporaryDirectory(prefix="umkm-uji-") as folder,
    ):
        manifest, staged = read_manifest(archive), Path(folder)
        _unpack(archive, manifest, staged)
        if manifest.kind == "sqlite":
            _compare(manifest, _hash_files(manifest, staged))
            return True
        with scratch_database(database) as scratch:
            if scratch is not None:
                _compare(manifest, restore_server(scratch, staged / DUMP))
            return scratch is not None


@contextmanager
def _open(file: Path, password: str) -> Iterator[ZipFile]:
    with tempfile.TemporaryDirectory(prefix="umkm-sandi-") as folder:
        plain = file
        if is_encrypted(file):
            plain = Path(folder) / "isi.zip"
            decrypt(file, plain, password)
        try:
            archive = ZipFile(plain)
        except FileNotFoundError as error:
            raise BackupRefused(f"Berkas {file} tidak ada.") from error
        except BadZipFile as error:
            raise BackupRefused(f"Berkas {file} bukan cadangan, atau terpotong.") from error
        with archive:
            yield archive


def _refuse_data(data_dir: Path, own: Path) -> None:
    classes = data_dir / "angkatan"
    if own.exists() or (classes.is_dir() and any(classes.iterdir())):
        raise BackupRefused(
            f"Di {data_dir} sudah ada data, jadi tidak ada yang dipulihkan. Pilih folder kosong: "
            "UMKM_DATA=/folder/baru umkm restore …"
        )


def _refuse_other_kind(manifest: Manifest, here: str) -> None:
    if manifest.kind == here:
        return
    raise BackupRefused(
        "Cadangan ini dari server PostgreSQL. Arahkan UMKM_DATABASE ke basis data kosong di sana."
        if manifest.kind == "postgresql"
        else "Cadangan ini dari berkas SQLite. Pulihkan tanpa UMKM_DATABASE, lalu pindahkan: umkm db copy"
    )


def _unpack(archive: ZipFile, manifest: Manifest, folder: Path) -> None:
    names = set(archive.namelist()) - {NAME}
    if names != set(manifest.files):
        raise BackupRefused("Isi cadangan ini tidak sama dengan daftarnya. Pakai cadangan lain.")
    manifest.refused = tuple(sorted(name for name in names if not may_hold(name)))
    for name in manifest.refused:
        del manifest.files[name]
    size = sum(archive.getinfo(name).file_size for name in manifest.files)
    if size > shutil.disk_usage(folder).free:
        raise BackupRefused(f"Isi cadangan ini {size >> 20} MB, lebih dari sisa ruang di disk ini.")
    for name, expected in manifest.files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        found = sha256()
        try:
            with archive.open(name) as packed, target.open("wb") as file:
                while part := packed.read(1 << 20):
                    found.update(part)
                    file.write(part)
        except (BadZipFile, zlib.error, EOFError) as error:
            raise BackupRefused(f"{name} di cadangan ini rusak. Pakai cadangan lain.") from error
        if found.hexdigest() != expected:
            raise BackupRefused(f"{name} di cadangan ini rusak. Pakai cadangan lain.")
        # Never a program, and for its owner alone, whatever the file says.
        target.chmod((archive.getinfo(name).external_attr >> 16) & 0o600 or 0o600)


def _hash_files(manifest: Manifest, folder: Path) -> dict[str, list[Fingerprint]]:
    found = {}
    for place in manifest.tables:
        if place == PEOPLE:
            found[place] = hash_sqlite(folder / RECORDS)
        elif may_hold(book := f"angkatan/{place}/{GRADEBOOK}"):
            found[place] = hash_sqlite(folder / book)
    return found


def _compare(manifest: Manifest, found: Mapping[str, list[Fingerprint]]) -> None:
    for place, expected in manifest.tables.items():
        known = {table.table: table for table in found.get(place, [])}
        for table in expected:
            if known.get(table.table) != table:
                raise BackupRefused(
                    f"Tabel {table.table} ({place}) tidak sama setelah dipulihkan. Pakai cadangan lain."
                )


def _move_in(staged: Path, data_dir: Path, own: Path) -> None:
    if (staged / RECORDS).exists():
        (staged / RECORDS).chmod(0o600)
        # Last: without the records' file, the folder is no programme.
        records = staged / RECORDS
    else:
        records = None
    for entry in sorted(staged.iterdir()):
        if entry != records:
            _put_beside(entry, data_dir / entry.name)
    if records is not None:
        own.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(records, own)


def _put_beside(entry: Path, target: Path) -> None:
    if not target.exists():
        entry.replace(target)
    elif entry.is_dir() and target.is_dir():
        for inner in sorted(entry.iterdir()):
            _put_beside(inner, target / inner.name)
