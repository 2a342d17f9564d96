"""`umkm doctor`: each fault is reported with its repair; nothing is changed."""

import json
import os
import socket
import sqlite3
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest
from rich.console import Console

from umkm_cli.checks import Level, machine, storage
from umkm_cli.doctor import run_doctor
from umkm_cli.paths import Paths
from umkm_grading import ClassFolder, create_gradebook
from umkm_records import CohortForm, create_cohort, open_records
from umkm_records.tables import CohortRow, EventRow, ParticipantRow

pytestmark = pytest.mark.slow

NOW = datetime.now(UTC)


@pytest.fixture
def paths(tmp_path, monkeypatch, pytestconfig):
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    monkeypatch.setenv("UMKM_DATA", str(data))
    monkeypatch.delenv("UMKM_DATABASE", raising=False)
    with open_records(data / "umkm.db") as records:
        create_cohort(
            records, CohortForm("kelas-satu", "Satu", "SATU11", "", NOW.date(), ("pembukuan",))
        )
    create_gradebook(ClassFolder(data, "kelas-satu", ""))
    return Paths(pytestconfig.rootpath, data)


def only(findings):
    (found,) = [one for one in findings if one.level is not Level.GOOD]
    return found


def test_a_sound_installation_is_called_sound(paths):
    for check in (storage.check_folder, storage.check_records, storage.check_gradebooks):
        found = list(check(paths))
        assert found
        assert {one.level for one in found} == {Level.GOOD}
    assert {one.level for one in machine.check_versions()} == {Level.GOOD}
    assert machine.check_fork().level is Level.GOOD


def test_it_tells_as_json_and_by_its_exit_code(paths, capsys):
    before = {path: path.stat().st_mtime_ns for path in paths.data_dir.rglob("*")}
    run_doctor(as_json=True, console=Console())
    printed = json.loads(capsys.readouterr().out)
    assert {"name", "level", "said", "mend"} == set(printed[0])
    after = {path: path.stat().st_mtime_ns for path in paths.data_dir.rglob("*")}
    changed = {path for path in after if path.is_file() and after[path] != before.get(path)}
    assert all(path.name.endswith(("-wal", "-shm")) for path in changed)
    (paths.data_dir / "umkm.db").write_bytes(b"bukan basis data " * 400)
    assert run_doctor(as_json=False, console=Console(width=200)) is False
    shown = capsys.readouterr().out
    assert "rusak" in shown
    assert "Semua baik" not in shown


def test_a_folder_others_can_read(paths):
    paths.data_dir.chmod(0o755)
    assert "chmod 700" in only(storage.check_folder(paths)).mend


def test_a_restore_that_was_cut_short(paths):
    (paths.data_dir / ".pulih-abc").mkdir()
    assert ".pulih-abc" in only(storage.check_folder(paths)).said


def test_a_disk_without_room(paths, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(storage.shutil, "disk_usage", lambda folder: usage(10**12, 0, 10**8))
    found = only(storage.check_disk(paths))
    assert (found.level, "0,1 GB" in found.said) == (Level.BAD, True)


def test_records_of_a_later_version(paths):
    with sqlite3.connect(paths.data_dir / "umkm.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "versi terbaru" in only(storage.check_records(paths)).said


def test_a_clock_set_back(paths):
    with open_records(paths.database) as records, records.transaction() as session:
        person = ParticipantRow(
            code="srg-siti1", name="Siti", business_name="W", business_kind="x", kelurahan="x",
            session_version=1, joined_at=NOW,
        )  # fmt: skip
        session.add(person)
        session.add(
            CohortRow(
                id="kelas-1",
                title="x",
                join_code="K",
                join_key="K",
                venue="",
                starts_on=NOW.date(),
                created_at=NOW,
            )
        )
        session.flush()
        later = NOW + timedelta(days=400)
        session.add(
            EventRow(
                participant_id=person.id,
                cohort_id="kelas-1",
                verb="opened",
                object="x",
                detail={},
                at=later,
            )
        )
    found = only(storage.check_records(paths))
    assert (found.name, found.level) == ("jam", Level.BAD)
    assert "jam laptop" in found.mend


@pytest.mark.parametrize(
    "content", [b"bukan basis data " * 500, b"SQLite format 3\0" + b"x" * 9000]
)
def test_a_damaged_gradebook(paths, content):
    file = ClassFolder(paths.data_dir, "kelas-satu", "").gradebook_file
    for path in file.parent.glob("gradebook.db*"):
        path.unlink()
    file.write_bytes(content)
    found = only(storage.check_gradebooks(paths))
    assert (found.name, found.level) == ("buku nilai kelas-satu", Level.BAD)
    assert "umkm restore" in found.mend


def test_a_gradebook_of_another_nbgrader(paths):
    file = ClassFolder(paths.data_dir, "kelas-satu", "").gradebook_file
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'abc'")
    assert "versi nbgrader" in only(storage.check_gradebooks(paths)).said


def test_a_port_that_is_taken(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setattr(machine, "_PORTS", ((port, "halaman peserta", "--port"),))
        assert "--port N" in only(machine.check_ports()).mend


def test_no_sandbox_here(monkeypatch):
    monkeypatch.setattr(machine, "sandbox_trouble", lambda: "Program bubblewrap belum ada.")
    assert "apt install bubblewrap" in machine.check_sandbox().mend


def test_a_package_at_a_wrong_version(monkeypatch):
    monkeypatch.setattr(machine.metadata, "requires", lambda name: ["nbgrader>=99", "tidak-ada"])
    printed = [one.said for one in machine.check_versions() if one.level is Level.BAD]
    assert "nbgrader" in printed[0]
    assert printed[1] == "tidak-ada belum terpasang"


def test_a_server_that_is_not_there_and_one_without_tables(paths, monkeypatch, postgres):
    secret = "postgresql+psycopg://umkm:rahasia@127.0.0.1:9/umkm"
    monkeypatch.setenv("UMKM_DATABASE", secret)
    found = only(storage.check_records(paths))
    assert "tidak bisa dihubungi" in found.said
    assert "rahasia" not in found.mend
    monkeypatch.setenv("UMKM_DATABASE", postgres.new_database())
    assert "umkm db upgrade" in only(storage.check_records(paths)).said
    open_records(os.environ["UMKM_DATABASE"], upgrade=True).close()
    assert all(one.level is Level.GOOD for one in storage.check_records(paths))
