"""A backup made while people work, put back elsewhere: everything is there, and nothing is laid over."""

import hashlib
import json
import os
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import zipfile

import nbformat
import pytest
from tests.grading.classes import COHORT, TASK, Class, copy_class, open_class

from umkm_grading import (
    BackupRefused,
    ClassFolder,
    NotPrepared,
    deliver,
    grade,
    prepare,
    publish_feedback,
    repair_submissions,
)
from umkm_grading.backup import (
    OUT,
    PasswordNeeded,
    back_up,
    check_backup,
    databases,
    is_encrypted,
    left_out,
    restore,
)
from umkm_grading.backup.names import may_hold
from umkm_records import latest_submission, load_drafts, open_records, result_of

RIGHT = {"seragam-sekolah": "pindah-catat", "laba-bengkel": "350000"}


@pytest.fixture(scope="module")
def lived_once(tmp_path_factory, catalogue):
    """Four people are graded, one of them sees the result, one has sent and waits."""
    one = open_class(tmp_path_factory.mktemp("sekali") / "data", catalogue)
    for code in one.codes[:4]:
        one.send(code, RIGHT)
    deliver(one.class_folder, one.records)
    grade(one.class_folder, one.assignment)
    publish_feedback(one.class_folder, one.records, one.assignment)
    one.send(one.codes[4], RIGHT)
    return one


@pytest.fixture
def lived(tmp_path, lived_once):
    return copy_class(lived_once, tmp_path / "data")


def address(data):
    return f"sqlite:///{data / 'umkm.db'}"


def made(one, tmp_path, name="cadangan.zip"):
    file = tmp_path / name
    back_up(one.class_folder.data_dir, address(one.class_folder.data_dir), file)
    return file


def dump(database):
    """Everything in a SQLite file, by SQLite's own command."""
    with sqlite3.connect(database) as connection:
        return sorted(connection.iterdump())


def test_everything_is_there_after_a_restore_and_the_class_goes_on(lived, tmp_path):
    file = made(lived, tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert check_backup(file, address(lived.class_folder.data_dir))
    fresh = tmp_path / "lain"
    fresh.mkdir()
    restore(file, fresh, address(fresh))
    assert dump(fresh / "umkm.db") == dump(lived.class_folder.data_dir / "umkm.db")
    class_folder = ClassFolder(fresh, COHORT, "")
    assert dump(class_folder.gradebook_file) == dump(lived.class_folder.gradebook_file)
    code = lived.codes[0]
    for folder in ("submitted", "autograded", "feedback"):
        there = getattr(class_folder, folder)(code, TASK)
        here = getattr(lived.class_folder, folder)(code, TASK)
        assert {p.name: p.read_bytes() for p in there.iterdir()} == {
            p.name: p.read_bytes() for p in here.iterdir()
        }
    with open_records(fresh / "umkm.db") as records:
        assert result_of(records, code, TASK) == result_of(lived.records, code, TASK)
        assert load_drafts(records, code, TASK) == load_drafts(lived.records, code, TASK)
        prepare(class_folder, [lived.assignment], lived.sample.participants)
        repair_submissions(class_folder, records)
        (outcome,) = grade(class_folder, TASK)
        assert (outcome.participant, outcome.points) == (lived.codes[4], 5)


def test_it_is_consistent_while_people_send_and_are_graded(lived, tmp_path, catalogue):
    """Whatever moment each part is of: nothing counts as graded whose rows are missing."""
    stop = threading.Event()

    def work():
        data = lived.class_folder.data_dir
        with open_records(data / "umkm.db") as records:
            mine = Class(ClassFolder(data, COHORT, ""), records, catalogue, lived.sample)
            for number in range(200):
                code = lived.codes[5 + number % 5]
                mine.send(code, {"laba-bengkel": str(350_000 + number // 5)})
                deliver(mine.class_folder, records)
                grade(mine.class_folder, TASK)
                if stop.is_set():
                    return

    thread = threading.Thread(target=work)
    thread.start()
    try:
        files = [made(lived, tmp_path, f"{number}.zip") for number in range(2)]
    finally:
        stop.set()
        thread.join()
    for number, file in enumerate(files):
        data = tmp_path / f"pulih-{number}"
        data.mkdir()
        restore(file, data, address(data))
        class_folder = ClassFolder(data, COHORT, "")
        with open_records(data / "umkm.db") as records:
            back = Class(class_folder, records, catalogue, lived.sample)
            prepare(class_folder, [lived.assignment], lived.sample.participants)
            repair_submissions(class_folder, records)
            deliver(class_folder, records)
            assert all(one.ok for one in grade(class_folder, TASK))
            for code in lived.codes:
                sent = latest_submission(records, code, TASK)
                if sent is None:
                    continue
                right = sent.answers["laba-bengkel"] == "350000"
                assert back.scores(code)["laba-bengkel"].points == (3 if right else 0)


def test_files_older_than_the_records_are_delivered_anew(lived, tmp_path):
    code = lived.codes[4]
    deliver(lived.class_folder, lived.records)
    old = tmp_path / "lama"
    shutil.copytree(lived.class_folder.submitted(code, TASK), old)
    lived.send(code, {"laba-bengkel": "1"})
    deliver(lived.class_folder, lived.records)
    shutil.rmtree(lived.class_folder.submitted(code, TASK))
    shutil.copytree(old, lived.class_folder.submitted(code, TASK))
    repair_submissions(lived.class_folder, lived.records)
    ticket = json.loads((lived.class_folder.submitted(code, TASK) / "kiriman.json").read_text())
    assert ticket["attempt"] == 2


def test_nothing_is_ever_laid_over_data(lived, tmp_path):
    file = made(lived, tmp_path)
    with pytest.raises(BackupRefused, match="sudah ada"):
        made(lived, tmp_path)
    with pytest.raises(BackupRefused, match="di luar folder data"):
        made(lived, lived.class_folder.data_dir)
    before = dump(lived.class_folder.data_dir / "umkm.db")
    with pytest.raises(BackupRefused, match="sudah ada data"):
        restore(file, lived.class_folder.data_dir, address(lived.class_folder.data_dir))
    assert dump(lived.class_folder.data_dir / "umkm.db") == before


def change(file, target, name, content):
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for each in old.namelist():
            new.writestr(each, content if each == name else old.read(each))


@pytest.mark.parametrize("damage", ["cut", "bent", "other", "foreign", "outside"])
def test_a_damaged_backup_puts_nothing_back(lived, tmp_path, damage):
    file, bad = made(lived, tmp_path), tmp_path / "rusak.zip"
    if damage == "cut":
        bad.write_bytes(file.read_bytes()[:-2000])
    elif damage == "bent":
        change(file, bad, "umkm.db", b"SQLite format 3\0" + b"x" * 5000)
    elif damage == "other":
        bad.write_text("bukan cadangan")
    elif damage == "foreign":
        with zipfile.ZipFile(bad, "w") as archive:
            archive.writestr("foto.jpg", b"x")
    else:
        with zipfile.ZipFile(file) as old:
            content = json.loads(old.read("isi.json"))
        content["files"]["../umkm.db"] = content["files"]["umkm.db"]
        change(file, bad, "isi.json", json.dumps(content).encode())
    fresh = tmp_path / "lain"
    fresh.mkdir()
    with pytest.raises(BackupRefused) as caught:
        restore(bad, fresh, address(fresh))
    assert caught.value.message.endswith(".")
    assert list(fresh.iterdir()) == []


def test_a_damaged_gradebook_is_told_and_leaves_no_half_a_backup(lived, tmp_path):
    book = lived.class_folder.gradebook_file
    with sqlite3.connect(book) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with book.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(20_000))
    with pytest.raises(BackupRefused, match="rusak"):
        made(lived, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_programme_on_a_server_is_dumped_and_restored(tmp_path, catalogue, postgres):
    data, database = tmp_path / "data", postgres.new_database()
    data.mkdir()
    one = open_class(data, catalogue, database=database)
    one.send(one.codes[0], RIGHT)
    deliver(one.class_folder, one.records)
    grade(one.class_folder, one.assignment)
    file = tmp_path / "cadangan.zip"
    manifest = back_up(data, database, file)
    assert set(manifest.tables) == {databases.PEOPLE, "nilai_contoh_serang"}
    assert check_backup(file, database)
    names = postgres.execute("SELECT datname FROM pg_database WHERE datname LIKE 'umkm_uji%'")
    assert names == []
    fresh, other = tmp_path / "lain", postgres.new_database()
    fresh.mkdir()
    restore(file, fresh, other)
    class_folder = ClassFolder(fresh, COHORT, other)
    with open_records(other) as records:
        back = Class(class_folder, records, catalogue, one.sample)
        prepare(class_folder, [one.assignment], one.sample.participants)
        assert back.scores(one.codes[0]) == one.scores(one.codes[0])
        assert grade(class_folder, TASK) == []
        back.send(one.codes[1], RIGHT)  # numbers go on after the last ones
    empty = tmp_path / "kosong"
    empty.mkdir()
    with pytest.raises(BackupRefused, match="sudah berisi data"):
        restore(file, empty, database)
    with pytest.raises(BackupRefused, match="PostgreSQL"):
        restore(file, empty, address(empty))
    assert list(empty.iterdir()) == []


def test_a_disk_that_fills_up_leaves_no_half_a_backup(lived, tmp_path):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    script = (
        "import sys, pathlib\n"
        "from umkm import UmkmError\n"
        "from umkm_grading.backup import back_up\n"
        "data, target = map(pathlib.Path, sys.argv[1:])\n"
        "try:\n"
        "    back_up(data, f'sqlite:///{data}/umkm.db', target)\n"
        "except UmkmError as error:\n"
        "    sys.exit(error.message)\n"
    )
    words = [sys.executable, "-c", script, lived.class_folder.data_dir, tmp_path / "cadangan.zip"]
    done = subprocess.run(
        [*map(str, words)], preexec_fn=limit, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "Periksa ruang disk" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert made(lived, tmp_path).exists()


def with_more(file, target, more):
    """A backup with more in it than was made: every file is in its list, with the right hash."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        listed = json.loads(old.read("isi.json"))
        for name in old.namelist():
            if name != "isi.json":
                new.writestr(old.getinfo(name), old.read(name))
        for name, content in more.items():
            listed["files"][name] = hashlib.sha256(content).hexdigest()
            new.writestr(name, content)
        new.writestr("isi.json", json.dumps(listed))


PROGRAMS = {
    ".rahasia/jupyter-config/contoh-serang/jupyter_lab_config.py": b"raise SystemExit",
    ".rahasia/cookie": b"known to somebody else",
    ".ipython/profile_default/startup/a.py": b"raise SystemExit",
    "angkatan/contoh-serang/nbgrader_config.py": b"raise SystemExit",
    "angkatan/contoh-serang/source/pembukuan-dua-laci/json.py": b"raise SystemExit",
    "ipywidgets.py": b"raise SystemExit",
    "pelajaran/numpy.so": b"elf",
    "angkatan/.x/source/a.json": b"{}",
}


def test_a_strangers_backup_brings_data_and_no_program(lived, tmp_path):
    bad = tmp_path / "titipan.zip"
    with_more(made(lived, tmp_path), bad, {**PROGRAMS, "pelajaran saya/catatan.ipynb": b"{}"})
    fresh = tmp_path / "lain"
    fresh.mkdir()
    manifest = restore(bad, fresh, address(fresh))
    assert set(manifest.refused) == set(PROGRAMS)
    there = {path.relative_to(fresh).as_posix() for path in fresh.rglob("*") if path.is_file()}
    assert there == set(manifest.files)
    assert "pelajaran saya/catatan.ipynb" in there
    assert not any(name.startswith(".rahasia") or name.endswith((".py", ".so")) for name in there)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in fresh.rglob("*") if path.is_file()}
    assert modes <= {0o600, 0o400}


def test_no_code_of_a_strangers_backup_runs_when_the_class_is_graded(lived, tmp_path):
    marker = tmp_path / "dijalankan"
    code = f"\nopen({str(marker)!r}, 'w').close()"
    for folder in (lived.class_folder.release(TASK), lived.class_folder.source(TASK)):
        path = folder / f"{TASK}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            cell.source += code if cell.cell_type == "code" else ""
        path.chmod(0o600)
        nbformat.write(notebook, path)
    with sqlite3.connect(lived.class_folder.gradebook_file) as gradebook:
        gradebook.execute(
            "UPDATE source_cell SET source = source || ? WHERE cell_type = 'code'", (code,)
        )
    file = made(lived, tmp_path)
    fresh = tmp_path / "lain"
    fresh.mkdir()
    restore(file, fresh, address(fresh))
    class_folder = ClassFolder(fresh, COHORT, "")
    with pytest.raises(NotPrepared):
        grade(class_folder, TASK)
    with open_records(fresh / "umkm.db") as records:
        prepare(class_folder, [lived.assignment], lived.sample.participants)
        repair_submissions(class_folder, records)
        (outcome,) = grade(class_folder, TASK)
    assert (outcome.participant, outcome.points) == (lived.codes[4], 5)
    assert not marker.exists()


@pytest.mark.parametrize("place", ["../../luar", "a/../../b", "/etc"])
def test_a_list_of_contents_leads_to_no_database_elsewhere(lived, tmp_path, place):
    file, bad = made(lived, tmp_path), tmp_path / "titipan.zip"
    with zipfile.ZipFile(file) as old:
        listed = json.loads(old.read("isi.json"))
    listed["tables"][place] = listed["tables"].pop(COHORT)
    change(file, bad, "isi.json", json.dumps(listed).encode())
    fresh = tmp_path / "lain"
    fresh.mkdir()
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(BackupRefused):
        restore(bad, fresh, address(fresh))
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_no_secret_goes_into_a_backup_and_what_was_left_out_is_told(lived, tmp_path):
    data = lived.class_folder.data_dir
    for name in (".rahasia/cookie", "hitung.py", "pelajaran/pembukuan/01.ipynb", "daftar.xlsx"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(b"{}")
    (data / OUT).mkdir()
    first = data / OUT / "cadangan-1.zip"
    back_up(data, address(data), first)
    back_up(data, address(data), data / OUT / "cadangan-2.zip")
    for file in (first, data / OUT / "cadangan-2.zip"):
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist()) - {"isi.json"}
        assert all(map(may_hold, names))
        assert {"daftar.xlsx", "pelajaran/pembukuan/01.ipynb"} <= names
    assert left_out(data) == ["hitung.py"]


def test_a_password_keeps_everybody_else_out(lived, tmp_path):
    data, file = lived.class_folder.data_dir, tmp_path / "cadangan.zip.age"
    manifest = back_up(data, address(data), file, password="dua laci biru")
    assert is_encrypted(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    content = file.read_bytes()
    assert b"umkm.db" not in content
    assert content[:2] != b"PK"
    assert [path.name for path in tmp_path.iterdir() if path != data] == [file.name]
    assert check_backup(file, address(data), "dua laci biru")
    fresh = tmp_path / "lain"
    fresh.mkdir()
    with pytest.raises(PasswordNeeded):
        restore(file, fresh, address(fresh))
    with pytest.raises(BackupRefused, match="salah"):
        restore(file, fresh, address(fresh), "dua laci merah")
    assert list(fresh.iterdir()) == []
    again = restore(file, fresh, address(fresh), "dua laci biru")
    assert (again.files, again.tables) == (manifest.files, manifest.tables)
    assert dump(fresh / "umkm.db") == dump(data / "umkm.db")


def test_a_short_password_leaves_no_file(lived, tmp_path):
    data = lived.class_folder.data_dir
    with pytest.raises(BackupRefused, match="paling sedikit 8"):
        back_up(data, address(data), tmp_path / "c.zip.age", password="pendek")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
