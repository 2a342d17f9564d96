"""The trainer's day over the JupyterLab that is laid out for a class: open, teach, watch, break, go on."""

import json
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import expect
from tests.browser.test_staff_pages import look
from tests.support.open_workshop import Workshop, server_of
from tests.support.patience import PATIENCE_MS
from tests.support.visitor import Visitor

pytestmark = pytest.mark.browser

SITI, PIN, SHEET = "srg-siti1", "246813", "pembukuan-dua-laci"
LESSON = "pelajaran/pembukuan/01-dua-laci.ipynb"
#: What the screen must say within ten seconds; more than that here is a busy machine.
SOON = 60_000
#: JupyterLab, its page and a kernel start anew.
AGAIN = 180_000


@pytest.fixture(scope="module")
def class_day(tmp_path_factory):
    opened = Workshop(tmp_path_factory.mktemp("hari") / "data").start()
    yield opened
    opened.stop()


@pytest.fixture
def screen(new_phone, class_day):
    """The trainer's laptop, 1366 px wide, at JupyterLab's address as the terminal shows it."""
    phone = new_phone(1366)
    address = f"{class_day.lab_url}/login?token={class_day.token}"
    assert address in class_day.output.replace("\n", "")
    phone.page.goto(address)
    yield phone.page
    assert phone.outside(f"127.0.0.1:{class_day.lab_port}") == []


def shown(page):
    """What JupyterLab shows of the notebook in front."""
    return page.frame_locator(".lm-DockPanel-widget:not(.lm-mod-hidden) iframe")


def monitor_of(page):
    return shown(page).locator(".umkm-pantau")


def open_file(page, class_day, path):
    page.goto(f"{class_day.lab_url}/lab/tree/{path}?reset")


def jupyterlab_of(class_day):
    children = psutil.Process(class_day.process.pid).children(recursive=True)
    return next(child for child in children if "jupyterlab" in child.cmdline())


def kernels_of(class_day):
    """The kernels of an open class, of JupyterLab and of trainees: forks of one template, some waiting for a page."""
    family = psutil.Process(class_day.process.pid).children(recursive=True)
    template = {each.pid for each in family if "umkm_kernels.template" in each.cmdline()}
    return [each for each in family if each.pid in template and each.ppid() in template]


def cut_off(page):
    """What covers JupyterLab while nothing is connected."""
    return page.locator("#umkm-terputus")


def assert_its_kernel_speaks_over_sockets(page):
    about = json.loads(shown(page).locator("#jupyter-config-data").text_content())
    sockets = Path(tempfile.gettempdir()).glob(f"umkm-lab-*/kernel-{about['kernelId']}-ipc-*")
    assert len(list(sockets)) == 5  # shell, iopub, stdin, control, heartbeat


def test_jupyterlab_opens_with_the_class_and_without_anything_confidential(screen, class_day):
    expect(monitor_of(screen)).to_be_visible(timeout=AGAIN)
    assert "token" not in screen.url
    assert_its_kernel_speaks_over_sockets(screen)
    files = screen.locator(".jp-DirListing-itemText")
    expect(files.filter(has_text="Pantau kelas.ipynb")).to_be_visible()
    for hidden in ("angkatan", "umkm.db", "gradebook.db", "log"):
        expect(files.filter(has_text=hidden)).to_have_count(0)
    for path in ("angkatan", f"../../angkatan/{class_day.class_id}/source", "../../umkm.db"):
        status = screen.evaluate(
            "path => fetch(`/api/contents/${encodeURIComponent(path)}`).then(r => r.status)", path
        )
        assert status == 404
    assert screen.evaluate("fetch('/api/terminals', {method: 'POST'}).then(r => r.status)") in (
        403, 404, 405, 503,
    )  # fmt: skip
    screen.get_by_role("button", name="Launcher Baru", exact=True).click()
    cards = screen.locator(".jp-LauncherCard")
    expect(cards.filter(has_text="Simulasi kasir")).to_be_visible()
    expect(cards.filter(has_text="Terminal")).to_have_count(0)
    look(screen, "lab-kartu")


def test_a_lesson_runs_on_the_projector_without_code_and_notes(screen, class_day):
    open_file(screen, class_day, LESSON)
    lesson = shown(screen)
    expect(lesson.locator(".umkm-question").first).to_be_visible(timeout=AGAIN)
    text = lesson.locator("body").inner_text()
    assert "Bu Siti" in text
    for never in ("Catatan pelatih", "practice(", "Traceback", "Error"):
        assert never not in text
    expect(screen.locator(".jp-Dialog")).to_have_count(0)  # no question about trust
    look(screen, "lab-pelajaran")


@pytest.fixture
def as_notebooks(class_day):
    """JupyterLab opens notebooks with their cells, as for a trainer who chooses so."""
    folder = class_day.data_dir / ".rahasia/jupyter-config/lab/user-settings/@jupyterlab"
    settings = folder / "docmanager-extension/plugin.jupyterlab-settings"
    before = settings.read_text()
    settings.write_text("{}")
    yield
    settings.write_text(before)


def run_all(screen, notebook):
    """Click until a cell begins: on a busy machine the menu can close before it takes the click."""
    busy = screen.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]')
    begun = busy.or_(notebook.locator(".jp-OutputArea-output"))
    until = time.monotonic() + AGAIN / 1000
    while begun.count() == 0:
        assert time.monotonic() < until, "no cell began to run"
        screen.get_by_role("menuitem", name="Run", exact=True).click()
        screen.locator('[data-command="runmenu:run-all"]').click()
        with suppress(AssertionError):
            expect(begun).not_to_have_count(0, timeout=PATIENCE_MS)


def test_run_all_leaves_no_traceback_in_the_notebook_itself(as_notebooks, screen, class_day):
    open_file(screen, class_day, LESSON)
    idle = screen.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').first
    expect(idle).to_be_attached(timeout=AGAIN)
    notebook = screen.locator(".jp-Notebook").first
    run_all(screen, notebook)
    expect(notebook.locator(".umkm-question").first).to_be_visible(timeout=AGAIN)
    expect(screen.locator(".jp-InputPrompt").filter(has_text="[*]")).to_have_count(0, timeout=AGAIN)
    expect(notebook.locator(".jp-OutputArea")).not_to_have_count(0)
    assert "Traceback" not in notebook.inner_text()
    assert "Error" not in notebook.inner_text()


def test_what_breaks_is_told_and_comes_back_by_itself(screen, class_day):
    open_file(screen, class_day, "Pantau kelas.ipynb")
    row = monitor_of(screen).locator("tr").filter(has_text=SITI)
    expect(row).to_contain_text("Belum mulai", timeout=AGAIN)
    visitor = Visitor(class_day.url)
    assert visitor.log_in(SITI, PIN).status_code == 303
    visitor.open_page(f"/tugas/{SHEET}")
    expect(row).to_contain_text("Tugas: Dua Laci", timeout=SOON)

    # The page is loaded anew as soon as it has said why, which may be sooner than anybody looks.
    shown(screen).locator("body").evaluate("""body => new MutationObserver(() => {
        const told = document.getElementById("umkm-terputus")?.textContent;
        if (told) sessionStorage.setItem("told", told);
    }).observe(body, {childList: true, subtree: true, characterData: true})""")
    for kernel in kernels_of(class_day):
        with suppress(psutil.NoSuchProcess):  # its family goes with the first of them
            kernel.kill()
    told = screen.wait_for_function("sessionStorage.getItem('told')", timeout=SOON).json_value()
    assert "Terputus sejak" in told
    expect(row).to_contain_text("Tugas: Dua Laci", timeout=AGAIN)
    # JupyterLab itself. It is stopped first: an idle machine has a new one up before anything is told.
    jupyterlab = jupyterlab_of(class_day)
    jupyterlab.suspend()
    expect(cut_off(screen)).to_contain_text("Terputus sejak", timeout=SOON)
    look(screen, "lab-terputus")
    jupyterlab.kill()
    expect(row).to_contain_text("Tugas: Dua Laci", timeout=AGAIN)
    expect(cut_off(screen)).to_be_hidden(timeout=SOON)

    # The trainees' server: stopped, it does not even answer.
    health = shown(screen).locator(".umkm-sehat")
    expect(health).to_contain_text("Semua berjalan baik", timeout=SOON)
    server = server_of(class_day)
    server.send_signal(signal.SIGSTOP)
    expect(health).to_contain_text("Halaman peserta tidak menjawab", timeout=SOON)
    expect(health).to_contain_text("Semua berjalan baik", timeout=AGAIN)
    assert server_of(class_day).pid != server.pid
    assert "Halaman peserta tidak menjawab selama 30 detik" in class_day.output.replace("\n", " ")


def test_a_page_that_stands_still_says_so_and_goes_on(screen, class_day):
    """When exactly it says so is tested with times given (tests/unit/cli/test_watch.py)."""
    open_file(screen, class_day, "Pantau kelas.ipynb")
    expect(monitor_of(screen)).to_be_visible(timeout=AGAIN)
    stamp = shown(screen).locator("[data-umkm-refreshed]")
    before = stamp.get_attribute("data-umkm-refreshed")
    expect(stamp).not_to_have_attribute("data-umkm-refreshed", before, timeout=SOON)
    cut_off_page = shown(screen).locator("#umkm-terputus")
    kernels = kernels_of(class_day)
    try:
        for kernel in kernels:
            kernel.suspend()
        expect(cut_off_page).to_contain_text("Terputus sejak", timeout=SOON)
        expect(cut_off_page).to_contain_text("menyambung lagi sendiri")
        look(screen, "lab-diam")
    finally:
        for kernel in kernels:
            kernel.resume()
    expect(cut_off_page).to_be_hidden(timeout=SOON)
    expect(monitor_of(screen)).to_be_visible()


def test_after_another_class_was_opened_the_old_one_is_not_shown(screen, class_day):
    open_file(screen, class_day, "Pantau kelas.ipynb")
    expect(shown(screen).get_by_role("heading", name="Kelas contoh Serang")).to_be_visible(
        timeout=AGAIN
    )
    assert class_day.umkm("class", "new", "kasemen", "--title", "Kelas Kasemen").returncode == 0
    class_day.stop()
    expect(cut_off(screen)).to_contain_text("Terputus sejak", timeout=SOON)
    class_day.class_id = "kasemen"
    class_day.start()
    heading = shown(screen).get_by_role("heading", name="Kelas Kasemen")
    expect(heading).to_be_visible(timeout=AGAIN)
    assert "Serang" not in shown(screen).locator("body").inner_text()
    assert (
        class_day.token not in (class_day.data_dir / ".rahasia/jupyter-contoh-serang").read_text()
    )
