"""Opening the records: what is made, what is promised, what is refused in plain words."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

import umkm_records
import umkm_records.errors
import umkm_records.tools.errors
from umkm import UmkmError
from umkm_records import Records, StorageError, list_cohorts, open_records, write_audit
from umkm_records.database.failures import explain
from umkm_records.errors import SchemaTooNew, StorageDamaged, StorageLocked, StorageUnwritable


def pragma(records: Records, name: str) -> object:
    with records.transaction() as session:
        return session.execute(text(f"PRAGMA {name}")).scalar()


def test_every_connection_keeps_its_promises(database: Path, records: Records) -> None:
    assert pragma(records, "journal_mode") == "wal"
    assert pragma(records, "synchronous") == 2  # FULL, https://sqlite.org/pragma.html
    assert pragma(records, "foreign_keys") == 1
    assert pragma(records, "secure_delete") == 1
    assert pragma(records, "busy_timeout") == 10_000


@pytest.mark.slow
def test_files_and_their_folder_are_for_their_owner_alone(tmp_path: Path) -> None:
    with open_records(tmp_path / "data" / "umkm.db") as records:
        list_cohorts(records)
        files = list((tmp_path / "data").iterdir())
        assert {file.name for file in files} == {"umkm.db", "umkm.db-wal", "umkm.db-shm"}
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_a_url_opens_the_same_records(database: Path, records: Records) -> None:
    write_audit(records, "uji", "dicoba", "srg-aaaaa")
    with open_records(f"sqlite:///{database}") as again:
        assert umkm_records.list_audit(again)[0].action == "dicoba"


@pytest.mark.slow
def test_opening_up_to_date_records_writes_nothing(database: Path) -> None:
    open_records(database).close()
    before = database.read_bytes()
    open_records(database).close()
    assert database.read_bytes() == before


def test_a_failed_transaction_leaves_nothing(records: Records) -> None:
    def fail_half_way() -> None:
        with records.transaction() as session:
            session.execute(
                text("INSERT INTO login_guard VALUES ('x', 1, NULL, '2026-11-02 01:00:00')")
            )
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    with records.read_session() as session:
        assert session.execute(text("SELECT count(*) FROM login_guard")).scalar() == 0


def test_a_statement_alone_is_kept_as_soon_as_it_is_done(records: Records) -> None:
    def fail_afterwards() -> None:
        with records.autocommit() as session:
            session.execute(
                text("INSERT INTO login_guard VALUES ('x', 1, NULL, '2026-11-02 01:00:00')")
            )
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_afterwards()
    for of in (records.autocommit, records.read_session, records.transaction):
        with of() as session:
            assert session.execute(text("SELECT count(*) FROM login_guard")).scalar() == 1


def test_a_forked_process_is_told_to_open_its_own(records: Records) -> None:
    child = os.fork()
    if child == 0:
        try:
            list_cohorts(records)
        except RuntimeError:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


@pytest.mark.slow
def test_later_schema_is_left_alone(database: Path) -> None:
    open_records(database).close()
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaTooNew, match="versi terbaru"):
        open_records(database)
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT * FROM alembic_version").fetchall() == [("9999",)]


@pytest.mark.parametrize(
    "content", [b"bukan basis data " * 500, b"SQLite format 3\0" + b"x" * 5000]
)
def test_something_else_than_a_database_is_not_touched(database: Path, content: bytes) -> None:
    database.write_bytes(content)
    with pytest.raises(StorageDamaged, match="Jangan dihapus"):
        open_records(database)
    assert database.read_bytes() == content


def test_a_place_that_cannot_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x")
    with pytest.raises(StorageUnwritable, match=r"berkas/umkm\.db"):
        open_records(tmp_path / "berkas" / "umkm.db")
    with pytest.raises(StorageUnwritable):
        open_records(tmp_path)


def test_a_database_that_may_only_be_read(database: Path, records: Records) -> None:
    engine = create_engine(f"sqlite:///file:{database}?mode=ro&uri=true")
    with engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text("DELETE FROM event"))
    assert isinstance(explain(caught.value, "umkm.db"), StorageUnwritable)


def test_a_bug_of_ours_is_not_called_a_storage_problem(records: Records) -> None:
    with pytest.raises(DBAPIError) as caught, records.transaction() as session:
        session.execute(text("SELECT * FROM tidak_ada"))
    assert explain(caught.value) is None


def test_waiting_for_another_writer_ends(database: Path, records: Records) -> None:
    with open_records(database, busy_seconds=0.05) as hasty, records.transaction() as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(StorageLocked, match="Coba lagi"):
            write_audit(hasty, "uji", "dicoba", "srg-aaaaa")
        assert list_cohorts(hasty) == []  # reading waits for nobody
    write_audit(records, "uji", "dicoba", "srg-aaaaa")


def test_every_error_is_in_the_tree() -> None:
    public = [getattr(umkm_records.errors, name) for name in umkm_records.errors.__all__]
    of_tools = [
        thing
        for thing in vars(umkm_records.tools.errors).values()
        if isinstance(thing, type) and thing.__module__ == "umkm_records.tools.errors"
    ]
    errors = [*public, *of_tools]
    assert len(of_tools) == 7
    assert all(issubclass(error, umkm_records.RecordsError) for error in errors)
    assert issubclass(umkm_records.RecordsError, UmkmError)
    assert issubclass(StorageLocked, StorageError)
    assert all(error.__name__ in (umkm_records.__doc__ or "") for error in errors)
