"""`umkm formgrader` and its pages in Chromium: formgrader, the queue of texts, the table of grades."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import psutil
import pytest
from playwright.sync_api import expect
from tests.grading.classes import TASK, open_class
from tests.support.open_workshop import ROOT, Workshop, free_port
from tests.support.patience import PATIENCE

from umkm_courses import load_catalogue
from umkm_grading import grade

pytestmark = pytest.mark.browser

CLASS = "contoh-serang"
TEXT = "rencana-dua-laci"
NAUGHTY = "<img src=x onerror=alert(1)>Kaleng merah untuk warung."


class Staff:
    """`umkm formgrader` over a class with three texts that wait."""

    def __init__(self, folder):
        self.cli = Workshop(folder / "data")
        self.one_class = open_class(self.cli.data_dir, load_catalogue(ROOT / "courses"))
        for place, code in enumerate(self.one_class.codes[:3]):
            self.one_class.put(code, {TEXT: f"{NAUGHTY} {place}"}, attempt=place + 1)
        grade(self.one_class.class_folder, TASK)
        self.port = free_port()
        self.terminal = folder / "staf.txt"

    def start(self):
        command = [sys.executable, "-m", "umkm_cli", "formgrader", CLASS, "--port", str(self.port)]
        with self.terminal.open("wb") as terminal:
            self.process = subprocess.Popen(
                command, env=self.cli.environment, cwd=ROOT, stdout=terminal,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + 300
        while "Ctrl-C" not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.1)
        return self

    @property
    def said(self):
        return self.terminal.read_text(encoding="utf-8")

    def address(self, label):
        return re.search(rf"{label}: (http\S+)", self.said)[1]

    def stop(self):
        family = [psutil.Process(self.process.pid)]
        family += family[0].children(recursive=True)
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(PATIENCE) == 0
        assert psutil.wait_procs(family, timeout=PATIENCE)[1] == []
        assert "Traceback" not in self.said


@pytest.fixture(scope="module")
def staff(tmp_path_factory):
    opened = Staff(tmp_path_factory.mktemp("staf")).start()
    yield opened
    opened.stop()


@pytest.fixture
def screen(new_phone, staff):
    """A laptop's screen; at the end nothing had asked another host for anything."""
    phone = new_phone(1280)
    yield phone.page
    assert phone.outside(f"127.0.0.1:{staff.port}") == []


def look(page, name):
    """Keep a picture where `UMKM_PICTURES` says."""
    if folder := os.environ.get("UMKM_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def first_submission(page, staff):
    page.goto(staff.address("Formgrader"))
    page.goto(f"http://127.0.0.1:{staff.port}/formgrader/gradebook/{TASK}/{TASK}")
    page.get_by_role("link", name=re.compile("Submission #")).first.click()
    return page.locator("input.score").last


def test_one_command_opens_the_class_and_shows_it_again_when_asked_again(staff):
    again = staff.cli.umkm("formgrader", CLASS)
    assert again.returncode == 0, again.stderr
    assert "sudah terbuka" in again.stdout
    assert staff.address("Formgrader") in again.stdout.replace("\n", "")


def test_a_class_that_is_not_there_and_a_port_in_use_are_told(staff, tmp_path):
    missing = staff.cli.umkm("formgrader", "tidak-ada")
    assert missing.returncode == 1
    assert "umkm class list" in missing.stderr
    taken = Workshop(tmp_path / "data").umkm("formgrader", CLASS, "--port", str(staff.port))
    assert taken.returncode == 1
    assert str(staff.port) in taken.stderr


def test_the_list_of_tasks_offers_what_works_here_and_nothing_else(screen, staff):
    screen.goto(staff.address("Formgrader"))
    screen.goto(f"http://127.0.0.1:{staff.port}/formgrader/manage_assignments")
    table = screen.locator("table")
    expect(table.get_by_text(TASK, exact=True)).to_be_visible()
    heads = [name.strip() for name in table.locator("th:visible").all_inner_texts()]
    assert heads == ["Tugas", "Batas waktu", "Ubah", "Kiriman"]
    # Answer keys lie outside of what JupyterLab shows: a link to them leads to an error.
    goals = {link.get_attribute("href") for link in table.locator("tbody a:visible").all()}
    assert all(goal is None or goal == "#" or "/formgrader/" in goal for goal in goals), goals
    expect(screen.get_by_text("Add new assignment")).to_have_count(0)
    look(screen, "formgrader-tugas")
    row = table.locator("tbody tr").filter(has=screen.get_by_text(TASK, exact=True))
    row.locator(".edit a").click()
    box = screen.locator("#edit-assignment-modal")
    box.get_by_role("button", name="Cancel").click()
    expect(box).to_be_hidden()
    row.locator(".num-submissions a").click()
    screen.wait_for_url(f"**/formgrader/manage_submissions/{TASK}")


def test_nothing_can_be_typed_before_formgrader_listens(screen, staff):
    held = []
    screen.route("**/api/grades?*", lambda route: held.append(route))  # noqa: PLW0108 - it marks what it is given
    with screen.expect_request("**/api/grades?*"):  # the form is there before it asks
        score = first_submission(screen, staff)
    expect(screen.get_by_text("Memuat nilai…")).to_be_visible()
    expect(score).to_be_disabled()
    expect(screen.locator("textarea.comment").last).to_be_disabled()
    look(screen, "formgrader-memuat")
    held.pop().continue_()
    expect(score).to_be_enabled()
    expect(screen.get_by_text("Memuat nilai…")).to_be_hidden()
    assert "MathJax" in screen.evaluate("Object.keys(window).join()")  # what its script waits for
    look(screen, "formgrader")


def test_what_formgrader_could_not_save_is_told(screen, staff):
    score = first_submission(screen, staff)
    expect(score).to_be_enabled()
    screen.route("**/api/grade/*", lambda route: route.abort())
    score.fill("3")
    score.press("Tab")
    expect(screen.get_by_text("Belum tersimpan.")).to_be_visible()
    screen.unroute("**/api/grade/*")
    with screen.expect_response(lambda answer: answer.request.method == "PUT") as saved:
        score.fill("4")
        score.press("Tab")
    assert saved.value.ok
    expect(screen.get_by_text("Belum tersimpan.")).to_be_hidden()
    points = [staff.one_class.scores(code)[TEXT].points for code in staff.one_class.codes[:3]]
    assert sorted(points) == [0, 0, 4]


def open_in_jupyterlab(page, address):
    """Return the page that JupyterLab's viewer shows of a notebook."""
    page.goto(address)
    # Without the notebook of the test before, which JupyterLab would open again behind this one.
    page.goto(f"{page.url.partition('?')[0]}?reset")
    return page.frame_locator("iframe")


def test_the_queue_is_worked_through_in_jupyterlab(screen, staff):
    waiting = [
        code for code in staff.one_class.codes[:3] if staff.one_class.scores(code)[TEXT].waiting
    ]
    shown = open_in_jupyterlab(screen, staff.address("Periksa uraian")).locator(".jp-OutputArea")
    expect(shown.get_by_text(f"{len(waiting)} jawaban menunggu")).to_be_visible(timeout=180_000)
    shown.get_by_label("Nama Anda").fill("Bu Ani")
    shown.get_by_label("Nama Anda").press("Tab")
    shown.get_by_role("button", name="Baca berikutnya").click()
    expect(shown.locator(".jawaban")).to_contain_text(NAUGHTY)
    expect(shown.locator(".jawaban img")).to_have_count(0)
    look(screen, "antrean-1280")
    points = shown.get_by_label("Poin")
    points.fill("9")
    points.press("Tab")
    save = shown.get_by_role("button", name="Simpan, lalu berikutnya")
    save.click()
    expect(shown.get_by_role("alert")).to_contain_text("dari 0 sampai 5")
    points.fill("2,5")
    points.press("Tab")
    save.click()
    expect(shown.get_by_text("Tersimpan: 2,5 poin")).to_be_visible()
    given = [staff.one_class.scores(code)[TEXT].points for code in waiting]
    assert 2.5 in given
    look(screen, "antrean-tersimpan")


def test_the_table_of_grades_is_the_one_that_is_exported(screen, staff):
    shown = open_in_jupyterlab(
        screen, staff.address("Periksa uraian").replace("Periksa%2520uraian", "Nilai%2520kelas")
    )
    rows = shown.locator(".jp-OutputArea tbody tr")
    expect(rows).to_have_count(12, timeout=180_000)
    shown.get_by_role("button", name="Simpan sebagai XLSX").click()
    expect(shown.get_by_text("Tersimpan di")).to_be_visible()
    look(screen, "nilai-kelas")
    page = openpyxl.load_workbook(staff.cli.data_dir / "Berkas kelas" / f"nilai-{CLASS}.xlsx")[
        "Semua"
    ]
    assert not list(staff.cli.lab_folder.glob("*.xlsx"))
    written = [
        [_shown(cell) for cell in row] for row in page.iter_rows(min_row=2, values_only=True)
    ]
    shown = rows.evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    assert shown == written


def _shown(value):
    return (
        ""
        if value is None
        else str(value).replace(".", ",")
        if isinstance(value, float)
        else str(value)
    )
