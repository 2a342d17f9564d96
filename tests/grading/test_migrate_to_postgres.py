"""A programme moved from SQLite to PostgreSQL: everything arrives, or nothing does."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import create_engine, func, inspect, select, text
from tests.grading.classes import COHORT, TASK, Class, copy_class, open_class

from umkm_grading import ClassFolder, deliver, grade, migrate_programme, publish_feedback
from umkm_records import (
    latest_submission,
    list_audit,
    load_drafts,
    open_records,
    result_of,
    write_audit,
)
from umkm_records.errors import CopyRefused, StorageLocked, StorageUnreachable
from umkm_records.tables import Base

RIGHT = {"seragam-sekolah": "pindah-catat", "laba-bengkel": "350000"}


@pytest.fixture(scope="module")
def lived_once(tmp_path_factory, catalogue):
    """A class with sent, graded and published answers, and texts no ASCII holds."""
    one = open_class(tmp_path_factory.mktemp("sekali") / "data", catalogue)
    for code in one.codes[:4]:
        one.send(code, RIGHT)
    one.send(one.codes[4], {"rencana-dua-laci": "Dua kaleng ☕ “satu” \u0000 ' \\ %s"})
    deliver(one.class_folder, one.records)
    grade(one.class_folder, one.assignment)
    one.staff_gives(one.codes[4], "rencana-dua-laci", 2, "Bagus — teruskan")
    publish_feedback(one.class_folder, one.records, one.assignment)
    write_audit(one.records, "uji", "dicoba", "srg-aaaaa", {"a": [1, 2.5, None]})
    return one


@pytest.fixture
def lived(tmp_path, lived_once):
    return copy_class(lived_once, tmp_path)


def counts(url, schema="public"):
    engine = create_engine(url)
    with engine.connect() as connection:
        names = sorted(inspect(engine).get_table_names())
        found = {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar()
            for name in names
            if name != "alembic_version"
        }
    engine.dispose()
    return found


def test_everything_arrives_and_the_class_goes_on_there(lived, postgres, tmp_path):
    target = postgres.new_database()
    source = tmp_path / "umkm.db"
    moved = migrate_programme(source, target)
    class_folder = ClassFolder(tmp_path, COHORT, target)
    # Counted by nobody of ours: plain SQL on both sides.
    assert counts(f"sqlite:///{source}") == counts(target)
    assert counts(lived.class_folder.gradebook_url) == counts(class_folder.gradebook_url)
    rows = {(one.place, one.table.table): one.table.rows for one in moved}
    assert rows["data peserta", "participant"] == len(lived.codes)
    assert rows[COHORT, "grade"] > 0
    with open_records(target) as there:
        for code in lived.codes[:5]:
            assert result_of(there, code, TASK) == result_of(lived.records, code, TASK)
            assert load_drafts(there, code, TASK) == load_drafts(lived.records, code, TASK)
            sent = latest_submission(lived.records, code, TASK)
            assert latest_submission(there, code, TASK) == sent
        assert list_audit(there) == list_audit(lived.records)
        # Rows are added after the last ones, and grading knows what it graded.
        after = Class(class_folder, there, lived.catalogue, lived.sample)
        receipt = after.send(lived.codes[5], RIGHT)
        assert deliver(class_folder, there) == [receipt.code]
        (outcome,) = grade(class_folder, TASK)
        assert (outcome.participant, outcome.points) == (lived.codes[5], 5)
        assert after.scores(lived.codes[4])["rencana-dua-laci"].comment == "Bagus — teruskan"


def test_every_number_goes_on_after_the_last_one(lived, postgres, tmp_path):
    target = postgres.new_database()
    migrate_programme(tmp_path / "umkm.db", target)
    engine = create_engine(target)
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            keys = list(table.primary_key.columns)
            if [key.name for key in keys] != ["id"] or keys[0].type.python_type is not int:
                continue
            last = connection.scalar(select(func.max(keys[0]))) or 0
            sequence = connection.scalar(
                text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name}
            )
            assert connection.scalar(select(func.nextval(sequence))) == last + 1
    engine.dispose()


def test_a_target_with_data_is_left_as_it_was(lived, postgres, tmp_path):
    target = postgres.new_database()
    with open_records(target, upgrade=True) as records:
        write_audit(records, "lama", "dicoba", "srg-bbbbb")
    with pytest.raises(CopyRefused, match="sudah berisi data"):
        migrate_programme(tmp_path / "umkm.db", target)
    with open_records(target) as records:
        assert [entry.actor for entry in list_audit(records)] == ["lama"]
    assert counts(target)["participant"] == 0


def test_tables_made_at_deploy_are_no_data(lived, postgres, tmp_path):
    target = postgres.new_database()
    open_records(target, upgrade=True).close()
    migrate_programme(tmp_path / "umkm.db", target)
    with pytest.raises(CopyRefused):  # a second time would double everything
        migrate_programme(tmp_path / "umkm.db", target)
    assert counts(target)["participant"] == len(lived.codes)


def test_a_table_that_nobody_would_copy_is_not_left_behind(lived, postgres, tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'umkm.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE certificate (number VARCHAR(40))"))
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO certificate VALUES ('S-1')"))
    engine.dispose()
    target = postgres.new_database()
    with pytest.raises(CopyRefused, match="certificate"):
        migrate_programme(tmp_path / "umkm.db", target)
    assert counts(target) == {}


def test_whatever_ends_it_the_target_stays_empty(lived, postgres, tmp_path):
    target = postgres.new_database()

    def die(moved):
        if moved.place == COHORT:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrate_programme(tmp_path / "umkm.db", target, die)
    assert counts(target) == {}
    with pytest.raises(StorageUnreachable):
        migrate_programme(tmp_path / "umkm.db", target, lambda moved: postgres.stop())
    postgres.start()
    assert counts(target) == {}
    assert migrate_programme(tmp_path / "umkm.db", target)


def test_nobody_writes_to_the_files_meanwhile(lived, postgres, tmp_path):
    refused = []

    def write(moved):
        if moved.place == "data peserta" and not refused:
            with open_records(tmp_path / "umkm.db", busy_seconds=0.05) as hasty:
                with pytest.raises(StorageLocked):
                    write_audit(hasty, "uji", "telat", "srg-aaaaa")
                refused.append(moved)

    migrate_programme(tmp_path / "umkm.db", postgres.new_database(), write)
    assert refused


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("tidak-ada.db", "postgresql://umkm@localhost/umkm", "tidak ada"),
        ("postgresql://umkm@localhost/umkm", "postgresql://umkm@localhost/lain", "berkas SQLite"),
        ("umkm.db", "sqlite:///lain.db", "alamat PostgreSQL"),
    ],
)
def test_what_is_no_source_or_no_target_is_told(lived, tmp_path, source, target, told):
    place = source if "://" in source else tmp_path / source
    with pytest.raises(CopyRefused, match=told):
        migrate_programme(place, target)


def test_the_command_says_what_lies_there_and_what_to_do_next(lived, postgres, tmp_path):
    target = postgres.new_database().replace("postgres@", "postgres:rahasia@")
    command = [sys.executable, "-m", "umkm_cli", "db", "copy", str(tmp_path / "umkm.db"), target]
    environment = os.environ | {"UMKM_DATA": str(tmp_path), "COLUMNS": "120"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "UMKM_DATABASE" in done.stdout
    assert "participant" in done.stdout
    assert "rahasia" not in done.stdout + done.stderr
