"""Backups that are damaged, or made by somebody else: no program is restored, and nothing by halves."""

import hashlib
import json
import sqlite3
import stat
import zipfile

import nbformat
import pytest
from tests.grading.backups import address, made
from tests.grading.classes import COHORT, TASK

from umkm_grading import (
    BackupRefused,
    ClassFolder,
    NotPrepared,
    grade,
    prepare,
    repair_submissions,
)
from umkm_grading.backup import (
    restore,
)
from umkm_records import open_records


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
