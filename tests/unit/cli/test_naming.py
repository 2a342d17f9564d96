"""Assignments found by name or title, and usage errors in Indonesian."""

import os
import stat
import subprocess
import sys

import pytest

from umkm_cli.errors import CliError
from umkm_cli.naming import find_task
from umkm_cli.paths import keep_private
from umkm_courses import load_catalogue

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def known(pytestconfig):
    courses = load_catalogue(pytestconfig.rootpath / "courses").courses
    return [one for course in courses.values() for one in course.assignments]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("pembukuan-dua-laci", "pembukuan-dua-laci"),
        ("Dua Laci", "pembukuan-dua-laci"),
        ("dua laci", "pembukuan-dua-laci"),
        ("Tugas: Dua Laci", "pembukuan-dua-laci"),
        ("HPP", "pembukuan-hpp-harga"),
        ("tes pembukuan a", "pembukuan-tes-a"),
        ("Harga, Iklan", "pemasaran-kalender"),
    ],
)
def test_a_task_is_found_by_its_name_its_title_or_a_beginning(known, typed, name):
    assert find_task(known, typed) == name


@pytest.mark.parametrize("typed", ["tes pembukuan", "pembukuan", "tugas"])
def test_a_beginning_of_several_lists_them(known, typed):
    with pytest.raises(CliError, match=r"bisa berarti: .*Tulis lebih lengkap"):
        find_task(known, typed)


@pytest.mark.parametrize("typed", ["laci dua", "", "...", "[/b]"])
def test_what_means_no_task_lists_those_there_are(known, typed):
    with pytest.raises(CliError, match=r"Yang ada: .*Dua Laci \(pembukuan-dua-laci\)"):
        find_task(known, typed)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["feedback"], "CLASS belum ditulis. Kode kelas"),
        (["class", "new", "a-b"], "Pilihan --title belum ditulis."),
        (["feedbak"], "Perintah feedbak tidak ada."),
        (["export", "--formt", "x"], "Pilihan --formt tidak ada."),
        (["export", "--format", "pdf"], "Pilihan --format tidak bisa dipakai begitu."),
        (["workshop", "--port", "satu"], "Pilihan --port tidak bisa dipakai begitu."),
        (["person", "erase", "a", "b"], "Perintahnya tidak bisa dibaca"),
    ],
)
def test_a_mistake_in_a_command_line_is_reported_in_indonesian(words, message):
    done = subprocess.run(
        [sys.executable, "-m", "umkm_cli", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert message in done.stderr
    assert "--help" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(("before", "after"), [(0o755, 0o700), (0o2770, 0o2770), (0o777, 0o770)])
def test_an_open_data_folder_is_closed_to_others(tmp_path, before, after):
    tmp_path.chmod(before)
    assert keep_private(tmp_path) == ""
    assert stat.S_IMODE(tmp_path.stat().st_mode) == after


def test_a_command_writes_for_its_owner_alone(tmp_path):
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    (data / "lama").mkdir(mode=0o755)
    words = ["class", "new", "uji-coba", "--title", "Uji coba"]
    subprocess.run(
        [sys.executable, "-c", "import os; os.umask(0o022); from umkm_cli.main import main; main()", *words],
        env={**os.environ, "UMKM_DATA": str(data)}, check=True, capture_output=True,
    )  # fmt: skip
    made = [path for path in data.rglob("*") if path.name != "lama"]
    assert made
    assert not any(stat.S_IMODE(path.stat().st_mode) & 0o077 for path in made)
