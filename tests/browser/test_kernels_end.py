"""No kernel is left behind when its page is left, however it is left."""

import time

import psutil
import pytest
from playwright.sync_api import expect
from tests.support.open_workshop import Workshop, server_of
from tests.support.visitor import Visitor

from umkm_kernels import environ
from umkm_kernels.server import status

PAGE = "/tugas/pembukuan-dua-laci"


@pytest.fixture(scope="module")
def quick(tmp_path_factory):
    """A class whose patience is seconds instead of minutes, and longer than a busy machine opens a page."""
    patience = {
        "UMKM_CLOSED_GRACE": "0.5",
        "UMKM_SILENT_GRACE": "12",
        "UMKM_UNOPENED_GRACE": "20",
        "UMKM_IDLE_LIMIT": "25",
    }
    opened = Workshop(tmp_path_factory.mktemp("kelas") / "data", extra=patience).start()
    yield opened
    opened.stop()


def kernels(workshop):
    """Kernels that pages use, as the template that forked them knows."""
    running = status(server_of(workshop).environ()[environ.SOCKET]).kernels
    return [kernel for kernel in running if psutil.pid_exists(kernel["pid"])]


def wait_for(workshop, count, seconds):
    deadline = time.monotonic() + seconds
    while len(kernels(workshop)) != count:
        assert time.monotonic() < deadline, f"{len(kernels(workshop))} kernels"
        time.sleep(0.1)


@pytest.fixture
def siti(quick, new_phone):
    phone = new_phone()
    phone.page.goto(quick.url)
    phone.page.get_by_label("Nomor HP atau kode peserta").fill("srg-siti1")
    phone.page.get_by_label("PIN").fill("246813")
    phone.page.get_by_role("button", name="Masuk").click()
    expect(phone.page.get_by_role("heading", name="Halo, Siti Rohmah")).to_be_visible()
    return phone


def open_assignment(quick, page):
    page.goto(quick.url + PAGE)
    expect(page.locator(".umkm-question").first).to_be_visible()


def test_leaving_a_page_ends_its_kernel_at_once(quick, siti):
    open_assignment(quick, siti.page)
    wait_for(quick, 1, 10)
    siti.page.get_by_role("link", name="Beranda").click()
    wait_for(quick, 0, 11)


def test_a_kernel_of_a_page_has_limits_and_gives_way(quick, siti):
    """As the server sets them; that they hold is tested in tests/kernels/test_faults.py."""
    open_assignment(quick, siti.page)
    wait_for(quick, 1, 10)
    (told,) = kernels(quick)
    kernel = psutil.Process(told["pid"])
    assert kernel.nice() == 10
    assert kernel.rlimit(psutil.RLIMIT_CPU)[0] == 600
    grown = kernel.rlimit(psutil.RLIMIT_DATA)[0] / 2**20
    assert 0 < grown < 1_000


def test_reloading_leaves_one_kernel(quick, siti):
    for _ in range(3):
        open_assignment(quick, siti.page)
    wait_for(quick, 1, 10)
    siti.page.close()
    wait_for(quick, 0, 11)


def test_a_line_that_breaks_without_a_word_ends_its_kernel_later(quick, siti):
    open_assignment(quick, siti.page)
    wait_for(quick, 1, 10)
    # No page says goodbye here: the phone is just gone, as with an empty battery.
    siti.context.set_offline(True)
    siti.context.close()
    wait_for(quick, 0, 60)


def test_a_page_that_never_opened_its_line_ends_its_kernel(quick):
    visitor = Visitor(quick.url)
    visitor.log_in("srg-siti1", "246813")
    visitor.open_page(PAGE)
    wait_for(quick, 1, 10)
    wait_for(quick, 0, 60)


def test_an_idle_page_is_culled_and_says_so(quick, siti):
    open_assignment(quick, siti.page)
    wait_for(quick, 1, 10)
    wait_for(quick, 0, 90)
    expect(siti.page.locator("#sambungan")).to_contain_text("Halaman ini sudah ditutup")
    # A reload brings everything back.
    siti.page.get_by_role("link", name="Muat ulang").click()
    expect(siti.page.locator(".umkm-question").first).to_be_visible()
