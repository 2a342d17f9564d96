"""Write a backup while classes run."""

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from umkm_grading.backup.databases import (
    PEOPLE,
    dump_server,
    snapshot_sqlite,
)
from umkm_grading.backup.encryption import encrypt
from umkm_grading.backup.manifest import DUMP, GRADEBOOK, NAME, RECORDS, Manifest
from umkm_grading.backup.names import OUT, SECRETS, may_hold
from umkm_grading.errors import BackupRefused, StorageTrouble
from umkm_records.database.storage import as_url

#: Not needed: locks, staging folders, runtime files, logs.
_LEFT_OUT = {SECRETS, "locks", "staging", "exchange", "log", "__pycache__", ".ipynb_checkpoints"}
_DATABASES = (".db", ".db-wal", ".db-shm", ".db-journal")
#: The grading history comes first: see the package.
_FIRST = ("/.umkm/ledger/", "/.umkm/failed/")


def back_up(
    data_dir: Path,
    database: str,
    target: Path,
    on_progress: Callable[[str], None] = lambda name: None,
    password: str = "",
) -> Manifest:
    """Write everything of a programme into one new file that only its owner can read.

    Args:
        data_dir: the data folder.
        database: the records' address; on a server gradebooks are there too.
        target: the file to make.
        on_progress: told of each part.
        password: encrypts the file; empty leaves it an ordinary ZIP.

    Raises:
        BackupRefused: the file exists; a database is damaged; no `pg_dump` here.
        StorageTrouble: a file cannot be read or written.
    """
    if data_dir in target.parents and target.parent != data_dir / OUT:
        raise BackupRefused(
            f"Simpan cadangan di luar folder data ({data_dir}): hilang foldernya, hilang cadangannya."
        )
    if target.exists():
        raise BackupRefused(f"Berkas {target} sudah ada. Pilih nama lain; tidak ada yang ditimpa.")
    part = target.with_name(f".{target.name}.sebagian")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with tempfile.TemporaryDirectory(prefix=".cadangan-", dir=target.parent) as folder:
            packed = Path(folder) / "isi.zip" if password else part
            manifest = _write(data_dir, database, packed, Path(folder), on_progress)
            if password:
                on_progress("dengan kata sandi")
                encrypt(packed, part, password)
        # Never over another file, not even one made meanwhile.
        os.link(part, target)
    except FileExistsError as error:
        raise BackupRefused(f"Berkas {target} sudah ada. Pilih nama lain.") from error
    except OSError as error:
        raise StorageTrouble(error) from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _write(
    data_dir: Path, database: str, part: Path, scratch: Path, tell: Callable[[str], None]
) -> Manifest:
    url = as_url(database)
    on_server = url.get_backend_name() == "postgresql"
    manifest = Manifest("postgresql" if on_server else "sqlite", datetime.now(UTC).isoformat())
    with ZipFile(part, "w", ZIP_DEFLATED) as archive:

        def put(name: str, file: Path) -> None:
            manifest.files[name] = _put(archive, name, file)

        tell("berkas kelas")
        for name, file in _files(data_dir):
            if (found := _put_if_there(archive, name, file)) is not None:
                manifest.files[name] = found
        copy = scratch / "salinan"
        for cohort, file in _gradebooks(data_dir):
            if not on_server:
                tell(f"buku nilai {cohort}")
                manifest.tables[cohort] = snapshot_sqlite(file, copy)
                put(f"angkatan/{cohort}/{GRADEBOOK}", copy)
                copy.unlink()
        tell("data peserta")
        if on_server:
            manifest.tables = dump_server(database, copy)
            put(DUMP, copy)
        else:
            records = Path(url.database or "")
            manifest.tables[PEOPLE] = snapshot_sqlite(records, copy)
            put(RECORDS, copy)
        archive.writestr(NAME, manifest.to_json())
    return manifest


def _files(data_dir: Path) -> Iterable[tuple[str, Path]]:
    walked = [(path.relative_to(data_dir).as_posix(), path) for path in _walk(data_dir)]
    found = [(name, path) for name, path in walked if may_hold(name)]
    return sorted(found, key=lambda one: (not any(mark in one[0] for mark in _FIRST), one[0]))


def _walk(folder: Path) -> Iterator[Path]:
    for root, names, files in os.walk(folder):
        names[:] = [
            name
            for name in names
            if name not in _LEFT_OUT and not name.startswith((".pulih-", ".cadangan-"))
        ]
        for name in files:
            path = Path(root, name)
            if not name.endswith(_DATABASES) and not path.is_symlink():
                yield path


def left_out(data_dir: Path) -> list[str]:
    """Return the trainer's own files that no backup holds: programs, and what has no known ending."""
    found = (path.relative_to(data_dir).as_posix() for path in _walk(data_dir))
    return sorted(name for name in found if not may_hold(name) and not _is_backup(name))


def _is_backup(name: str) -> bool:
    return name.startswith(f"{OUT}/") and PurePosixPath(name).suffix in {".zip", ".age"}


def _gradebooks(data_dir: Path) -> list[tuple[str, Path]]:
    files = sorted((data_dir / "angkatan").glob(f"*/{GRADEBOOK}"))
    return [(file.parent.name, file) for file in files]


def _put_if_there(archive: ZipFile, name: str, file: Path) -> str | None:
    for last in (False, True):
        try:
            return _put(archive, name, file) if file.is_file() else None
        except FileNotFoundError:
            # Whole folders are replaced by new ones; a moment later the new one is there.
            if last:
                return None
            time.sleep(0.05)
    return None


def _put(archive: ZipFile, name: str, file: Path) -> str:
    """Write a file to the archive as it is read now, and return its hash."""
    found = sha256()
    with file.open("rb") as source:
        info = ZipInfo.from_file(file, name)
        info.compress_type = ZIP_DEFLATED
        with archive.open(info, "w", force_zip64=True) as packed:
            while part := source.read(1 << 20):
                found.update(part)
                packed.write(part)
    return found.hexdigest()
