"""No page is left behind when it is left, however it is left; nor its kernel where it has one."""

import psutil
import pytest
from playwright.sync_api import expect
from tests.support.open_pages import (
    IN_PROCESS,
    WITH_KERNELS,
    kernels_of,
    make_server,
    wait_for_pages,
)
from tests.support.visitor import Visitor

PAGE = "/tugas/pembukuan-dua-laci"


@pytest.fixture(scope="module", params=[WITH_KERNELS, IN_PROCESS], ids=["kernel", "in-process"])
def quick(tmp_path_factory, request):
    """A class whose patience is seconds instead of minutes, and longer than a busy machine opens a page."""
    patience = {
        "UMKM_CLOSED_GRACE": "0.5",
        "UMKM_SILENT_GRACE": "12",
        "UMKM_UNOPENED_GRACE": "20",
        "UMKM_IDLE_LIMIT": "25",
    }
    extra = patience | request.param
    opened = make_server(tmp_path_factory.mktemp("kelas") / "data", extra).start()
    yield opened
    opened.stop()


#: For what only a kernel process can suffer.
with_kernels = pytest.mark.parametrize("quick", [WITH_KERNELS], ids=["kernel"], indirect=True)
#: Where both kinds go through the same lines, and a test waits long.
in_process = pytest.mark.parametrize("quick", [IN_PROCESS], ids=["in-process"], indirect=True)


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


def test_leaving_a_page_ends_it_at_once(quick, siti):
    open_assignment(quick, siti.page)
    wait_for_pages(quick, 1)
    siti.page.get_by_role("link", name="Beranda").click()
    wait_for_pages(quick, 0)


@with_kernels
def test_a_kernel_of_a_page_has_limits_and_gives_way(quick, siti):
    """As the server sets them; that they hold is tested in tests/kernels/test_faults.py."""
    open_assignment(quick, siti.page)
    wait_for_pages(quick, 1)
    (told,) = kernels_of(quick)
    kernel = psutil.Process(told["pid"])
    assert kernel.nice() == 10
    assert kernel.rlimit(psutil.RLIMIT_CPU)[0] == 600
    grown = kernel.rlimit(psutil.RLIMIT_DATA)[0] / 2**20
    assert 0 < grown < 1_000


def test_reloading_leaves_one_page(quick, siti):
    for _ in range(3):
        open_assignment(quick, siti.page)
    wait_for_pages(quick, 1)
    siti.page.close()
    wait_for_pages(quick, 0)


def test_an_idle_page_is_culled_and_says_so(quick, siti):
    open_assignment(quick, siti.page)
    wait_for_pages(quick, 1)
    wait_for_pages(quick, 0)
    expect(siti.page.locator("#sambungan")).to_contain_text("Halaman ini sudah ditutup")
    # A reload brings everything back.
    siti.page.get_by_role("link", name="Muat ulang").click()
    expect(siti.page.locator(".umkm-question").first).to_be_visible()


@in_process
def test_a_line_that_breaks_without_a_word_ends_its_page_later(quick, siti):
    open_assignment(quick, siti.page)
    wait_for_pages(quick, 1)
    # No page says goodbye here: the phone is just gone, as with an empty battery.
    siti.context.set_offline(True)
    siti.context.close()
    wait_for_pages(quick, 0)


@in_process
def test_a_page_that_never_opened_its_line_ends(quick):
    visitor = Visitor(quick.url)
    visitor.log_in("srg-siti1", "246813")
    visitor.open_page(PAGE)
    wait_for_pages(quick, 1)
    wait_for_pages(quick, 0)
