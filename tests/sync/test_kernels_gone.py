"""A page with a kernel process goes on storing answers when that has ended or hangs."""

import contextlib

import psutil
import pytest
from playwright.sync_api import expect
from tests.support.accessibility import check
from tests.support.open_pages import WITH_KERNELS
from tests.support.phone import PLAN, PROFIT
from tests.support.trainee_server import SHEET, TraineeServer
from tests.sync.conftest import STRANGER_PIN

from umkm_records import load_drafts, open_records

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kernel") / "data"
    opened = TraineeServer(folder, extra=WITH_KERNELS).start()
    yield opened
    opened.stop()


def kept(server, code):
    with open_records(server.database) as records:
        return load_drafts(records, code, SHEET)


@pytest.fixture
def code(new_person):
    return new_person().code


@pytest.fixture
def siti(phone, code):
    """A phone that is logged in, with the assignment open."""
    return phone().log_in(code, STRANGER_PIN).open_sheet()


def test_answers_need_no_kernel(server, siti, code):
    siti.type(PROFIT, "350rb")
    siti.stands(PROFIT, "saved")
    for process in psutil.Process(server.process.pid).children(recursive=True):
        process.kill()
    siti.type(PLAN, "Kernelnya sudah tidak ada.")
    siti.stands(PLAN, "saved")
    assert kept(server, code)[PLAN] == "Kernelnya sudah tidak ada."
    expect(siti.banner).to_contain_text("Halaman ini sudah ditutup. Muat ulang.")
    check(siti.page, "kernel-berakhir", "#sambungan")


@pytest.mark.parametrize("signal", ["SIGSTOP", "SIGKILL"])
def test_a_page_that_comes_back_shows_its_questions_without_its_kernel(server, siti, code, signal):
    """It holds them back until the kernel says what has changed, but not for ever."""
    siti.type(PROFIT, "350rb")
    siti.stands(PROFIT, "saved")
    kernels = [
        process
        for process in psutil.Process(server.process.pid).children(recursive=True)
        if process.status() != psutil.STATUS_ZOMBIE
    ]
    for process in kernels:
        process.suspend()
    try:
        siti.page.reload()
        expect(siti.question(PROFIT)).to_be_attached()
        if signal == "SIGKILL":
            for process in kernels:
                process.kill()
        expect(siti.question(PROFIT)).to_be_visible()
        siti.shows(PROFIT, "350rb")
        siti.type(PLAN, "Kernelnya diam.")
        siti.stands(PLAN, "saved")
        assert kept(server, code) == {PROFIT: "350rb", PLAN: "Kernelnya diam."}
    finally:
        for process in kernels:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
