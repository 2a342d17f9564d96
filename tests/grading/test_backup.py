"""A backup made while people work, put back elsewhere: everything is there, and nothing is laid over."""

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

import pytest
from tests.grading.backups import address, dump, made
from tests.grading.classes import COHORT, TASK, Class, open_class

from umkm_grading import (
    BackupRefused,
    ClassFolder,
    deliver,
    grade,
    prepare,
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
    manifest = json.loads((lived.class_folder.submitted(code, TASK) / "kiriman.json").read_text())
    assert manifest["attempt"] == 2


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
