"""Copy a programme from SQLite files to a PostgreSQL server, in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from nbgrader.api import Base as GradebookBase
from sqlalchemy import Connection, NullPool, create_engine, inspect, select, table, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateSchema

from umkm.identity import PARTICIPANT_CODE
from umkm_grading.class_folder.gradebook_url import schema_of
from umkm_grading.gradebook.gradebook import gradebook_head, make_gradebook_tables
from umkm_records import open_records
from umkm_records.database.failures import explain
from umkm_records.database.fingerprints import Fingerprint, copy_table, is_empty
from umkm_records.database.storage import as_url
from umkm_records.database.upgrade import make_tables, schema_version
from umkm_records.errors import CopyRefused
from umkm_records.tables import HEAD
from umkm_records.tables import Base as RecordsBase

RECORDS = "data peserta"


@dataclass(frozen=True)
class CopiedTable:
    """A table that was copied to the server; `place` is the records, or a class."""

    place: str
    table: Fingerprint


def migrate_programme(
    source: str | Path,
    target: str,
    on_progress: Callable[[CopiedTable], None] = lambda moved: None,
) -> list[CopiedTable]:
    """Copy records and gradebooks from SQLite files to an empty PostgreSQL database.

    Nobody can write to the files meanwhile. Each table is counted and hashed on both sides; the
    server keeps everything or, whatever happens before the end, nothing.

    Args:
        source: the records' file or address; gradebooks lie in `angkatan/` beside it.
        target: the address of a database.
        on_progress: called with each table.

    Raises:
        CopyRefused: not such a source or target, a target that holds data, a table that differs.
        StorageError: one of them cannot be opened.
    """
    file = _file_of(source)
    if as_url(target).get_backend_name() != "postgresql":
        raise CopyRefused("Tujuan harus alamat PostgreSQL, misalnya postgresql://umkm@server/umkm")
    moved = []
    try:
        # The files stay locked until the server has committed.
        with ExitStack() as files, _on_server(target) as there:
            records = _move_records(file, there, files)
            for one in chain(records, _move_gradebooks(file.parent, there, files)):
                moved.append(one)
                on_progress(one)
    except DBAPIError as error:
        if (known := explain(error)) is None:
            raise
        raise known from error
    return moved


def gradebook_files(data_dir: Path) -> dict[str, Path]:
    """Return the SQLite gradebook of every class in a data folder that has one."""
    files = sorted((data_dir / "angkatan").glob("*/gradebook.db"))
    return {file.parent.name: file for file in files if PARTICIPANT_CODE.match(file.parent.name)}


def _file_of(source: str | Path) -> Path:
    url = as_url(source)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise CopyRefused("Asal harus berkas SQLite, misalnya ~/.local/share/…/umkm.db")
    file = Path(url.database)
    if not file.is_file():
        raise CopyRefused(f"Berkas {file} tidak ada. Periksa UMKM_DATA.")
    return file


@contextmanager
def _on_server(target: str) -> Iterator[Connection]:
    engine = create_engine(as_url(target), poolclass=NullPool)
    with engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def _locked(file: Path) -> Iterator[Connection]:
    """Open a SQLite file and lock it against other writers."""
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        connection.rollback()


def _move_records(file: Path, there: Connection, files: ExitStack) -> Iterator[CopiedTable]:
    # Opening brings the file to the newest migration, whichever version wrote it.
    open_records(file).close()
    tables = RecordsBase.metadata.sorted_tables
    version = schema_version(there)
    if version is None and not inspect(there).get_table_names():
        make_tables(there)
    elif version != HEAD or not is_empty(there, tables):
        raise CopyRefused(
            "Basis data tujuan sudah berisi data. Pilih basis data yang kosong; tidak ada yang diubah."
        )
    here = files.enter_context(_locked(file))
    _refuse_unknown(here, {one.name for one in tables})
    for one in tables:
        yield CopiedTable(RECORDS, copy_table(here, there, one))


def _refuse_unknown(here: Connection, known: set[str]) -> None:
    """Raise CopyRefused for a table with rows that would not be copied."""
    for name in sorted({*inspect(here).get_table_names()} - known - {"alembic_version"}):
        if here.execute(select(text("1")).select_from(table(name)).limit(1)).first() is not None:
            raise CopyRefused(
                f"Tabel {name} berisi data yang tidak dikenal versi ini. Tidak ada yang disalin; "
                "simpan cadangan, kosongkan tabel itu, lalu ulangi."
            )


def _move_gradebooks(data_dir: Path, there: Connection, files: ExitStack) -> Iterator[CopiedTable]:
    schemas = set(inspect(there).get_schema_names())
    for cohort, file in gradebook_files(data_dir).items():
        if schema_of(cohort) in schemas:
            raise CopyRefused(
                f"Buku nilai kelas {cohort} sudah ada di tujuan. Pilih basis data yang kosong; "
                "tidak ada yang diubah."
            )
        here = files.enter_context(_locked(file))
        _check_revision(here, cohort)
        there.execute(CreateSchema(schema_of(cohort)))
        there.execute(text(f"SET LOCAL search_path TO {schema_of(cohort)}"))
        make_gradebook_tables(there)
        for one in GradebookBase.metadata.sorted_tables:
            yield CopiedTable(cohort, copy_table(here, there, one))
        there.execute(text("SET LOCAL search_path TO DEFAULT"))


def _check_revision(here: Connection, cohort: str) -> None:
    names = inspect(here).get_table_names()
    found = here.scalar(text("SELECT version_num FROM alembic_version")) if names else None
    if found != gradebook_head():
        raise CopyRefused(
            f"Buku nilai kelas {cohort} dibuat oleh versi nbgrader yang lain. Perbarui dulu di "
            "foldernya dengan: nbgrader db upgrade"
        )
