"""The manifest of a backup: every file with its hash, every table with its rows and hash."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import Any, Literal
from zipfile import ZipFile

from umkm_grading.errors import BackupRefused
from umkm_records.database.fingerprints import Fingerprint

NAME = "isi.json"
RECORDS = "umkm.db"
DUMP = "umkm.dump"
GRADEBOOK = "gradebook.db"
_FORMAT = 1


@dataclass
class Manifest:
    """The contents of a backup; `tables` by place (the records, or a class)."""

    kind: Literal["sqlite", "postgresql"]
    made_at: str
    files: dict[str, str] = field(default_factory=dict)
    tables: dict[str, list[Fingerprint]] = field(default_factory=dict)
    #: Names that were not restored, since a backup may not hold such files.
    refused: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Return the number of rows of all tables together."""
        return sum(table.rows for tables in self.tables.values() for table in tables)

    def to_json(self) -> str:
        """Return the JSON that stands in the backup."""
        return json.dumps({"format": _FORMAT, **self._stored()}, indent=1, sort_keys=True)

    def _stored(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "refused"}


def read_manifest(archive: ZipFile) -> Manifest:
    """Return the manifest of a backup.

    Raises:
        BackupRefused: the file is no backup of ours, or of a later version.
    """
    try:
        stored: Mapping[str, Any] = json.loads(archive.read(NAME))
        if stored["format"] != _FORMAT:
            raise BackupRefused(
                "Cadangan ini dibuat oleh versi program yang lain. Pasang versi itu, lalu ulangi."
            )
        tables = {
            place: [Fingerprint(**one) for one in found]
            for place, found in stored["tables"].items()
        }
        files = {_checked(name): str(found) for name, found in stored["files"].items()}
        return Manifest(stored["kind"], stored["made_at"], files, tables)
    except (KeyError, ValueError, TypeError) as error:
        raise BackupRefused("Berkas ini bukan cadangan UMKM Naik Kelas, atau rusak.") from error


def _checked(name: str) -> str:
    # A file someone else made must not write outside the folder it is put back to.
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in name:
        raise ValueError(name)
    return name
