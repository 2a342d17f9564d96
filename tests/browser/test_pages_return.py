"""Reload, back and a woken phone find the page they left, with its widgets; nobody else does."""

import re
import threading
import time
from datetime import UTC, datetime

import psutil
import pytest
import websocket
from playwright.sync_api import expect
from tests.frontend.conftest import HOLD_THE_LINE
from tests.support.open_pages import (
    IN_PROCESS,
    WITH_KERNELS,
    count_pages,
    kernels_of,
    make_server,
    wait_for_pages,
)
from tests.support.patience import PATIENCE, wait_until
from tests.support.visitor import Visitor

from umkm_apps.runtime.status import is_silent, read_status

LESSON = "/pelajaran/pembukuan/01-dua-laci"
ASSIGNMENT = "/tugas/pembukuan-dua-laci"


@pytest.fixture(scope="module", params=[WITH_KERNELS, IN_PROCESS], ids=["kernel", "in-process"])
def opened(tmp_path_factory, request):
    server = make_server(tmp_path_factory.mktemp("kelas") / "data", request.param).start()
    yield server
    server.stop()


#: For what only a kernel process can suffer.
with_kernels = pytest.mark.parametrize("opened", [WITH_KERNELS], ids=["kernel"], indirect=True)


@pytest.fixture
def siti(opened):
    visitor = Visitor(opened.url)
    assert visitor.log_in("srg-siti1", "246813").status_code == 303
    yield visitor
    visitor.post("/keluar")
    wait_for_pages(opened, 0)


def test_reloads_find_the_same_kernel_and_leave_one(opened, siti):
    first = siti.open_page(ASSIGNMENT)
    assert {siti.open_page(ASSIGNMENT) for _ in range(40)} == {first}
    assert count_pages(opened) == 1


def test_requests_at_once_share_one_kernel(opened, siti):
    found = []
    requests = [
        threading.Thread(target=lambda: found.append(siti.open_page(ASSIGNMENT))) for _ in range(5)
    ]
    for request in requests:
        request.start()
    for request in requests:
        request.join()
    assert len(found) == 5
    assert len(set(found)) == 1
    assert count_pages(opened) == 1


def test_a_reader_who_broke_off_in_the_middle_joins_the_page(opened, siti):
    with siti.get(ASSIGNMENT, stream=True) as broken:
        next(broken.iter_content(64))
    whole = siti.get(ASSIGNMENT).text
    assert whole.rstrip().endswith("</html>")
    assert count_pages(opened) == 1


def test_ulang_starts_anew_at_the_clean_address(opened, siti):
    first = siti.open_page(ASSIGNMENT)
    again = siti.get(ASSIGNMENT + "?ulang=1", allow_redirects=False)
    assert (again.status_code, again.headers["Location"]) == (302, ASSIGNMENT)
    assert siti.open_page(ASSIGNMENT) != first
    assert count_pages(opened) == 1


@with_kernels
def test_a_killed_kernel_is_not_returned_to(opened, siti):
    first = siti.open_page(ASSIGNMENT)
    (kernel,) = kernels_of(opened)
    psutil.Process(kernel["pid"]).kill()
    wait_for_pages(opened, 0)
    # Nobody waits for a dead page longer than the server needs to see that its kernel is gone.
    wait_until(lambda: siti.open_page(ASSIGNMENT) != first)
    assert count_pages(opened) == 1


def test_two_phones_of_one_person_have_pages_of_their_own(opened, siti):
    second = Visitor(opened.url)
    second.log_in("srg-siti1", "246813")
    assert siti.open_page(ASSIGNMENT) != second.open_page(ASSIGNMENT)
    assert count_pages(opened) == 2
    second.post("/keluar")
    wait_for_pages(opened, 1)


def open_with_an_answer(opened, page):
    """Return the field of an amount that was answered on a page whose line then breaks."""
    page.goto(opened.url)
    page.get_by_label("Nomor HP atau kode peserta").fill("srg-siti1")
    page.get_by_label("PIN").fill("246813")
    page.get_by_role("button", name="Masuk").click()
    page.goto(f"{opened.url}{ASSIGNMENT}#soal-2")
    amount = page.locator(".umkm-amount input").first
    amount.fill("350rb")
    card = page.locator(".umkm-question", has=page.locator(".umkm-amount")).first
    expect(card).to_have_attribute("data-save", "saved")
    page.add_init_script(HOLD_THE_LINE)
    return amount


def go_on_and_log_out(page, amount):
    page.evaluate("window.letThrough = true; window.dispatchEvent(new Event('online'))")
    expect(amount).to_be_visible()
    assert amount.input_value() == "350rb"
    page.get_by_role("link", name="Beranda").click()
    page.get_by_role("button", name="Keluar").click()


def test_a_kept_page_shows_what_is_so_now(opened, siti, new_phone):
    page = new_phone().page
    amount = open_with_an_answer(opened, page)
    page.reload()
    # The server has asked the page's session: no line is needed to show it.
    expect(amount).to_be_visible()
    assert amount.input_value() == "350rb"
    go_on_and_log_out(page, amount)


@with_kernels
def test_a_kept_page_waits_for_a_kernel_at_work(opened, siti, new_phone):
    page = new_phone().page
    amount = open_with_an_answer(opened, page)
    (kernel,) = kernels_of(opened)
    psutil.Process(kernel["pid"]).suspend()
    page.reload()
    # Drawn in its place from what the page was told at first, and out of reach.
    expect(amount).to_have_count(1)
    expect(amount).to_be_hidden()
    psutil.Process(kernel["pid"]).resume()
    go_on_and_log_out(page, amount)


def token_of(page):
    return re.search(r'data-leave="([^"]+)"', page).group(1)


def test_a_kept_page_bears_the_token_of_whoever_reads_it(opened, siti):
    kernel = siti.open_page(ASSIGNMENT)
    # As after a restart of the browser: the login is kept, the session's cookie is not.
    del siti.session.cookies["_xsrf"]
    page = siti.get(ASSIGNMENT).text
    assert kernel in page
    told = siti.session.post(
        siti.url + "/selesai-halaman",
        data={"_xsrf": token_of(page), "kernel": kernel},
        timeout=PATIENCE,
    )
    assert told.status_code == 204


def test_a_page_changes_when_what_it_shows_has_changed(opened, siti):
    from umkm_records import ChangeId, DraftKey, open_records, save_draft, submit

    first = siti.open_page(ASSIGNMENT)
    records = open_records(opened.database)
    key = DraftKey("srg-siti1", "pembukuan-dua-laci", "laba-bengkel")
    save_draft(records, key, "350rb", ChangeId("uji", 1))
    receipt = submit(records, "srg-siti1", "pembukuan-dua-laci", ["laba-bengkel"])
    assert siti.open_page(ASSIGNMENT) != first
    assert receipt.code in siti.get(ASSIGNMENT).text
    assert count_pages(opened) == 1


def test_logging_out_closes_what_the_browser_had_open(opened, siti):
    siti.open_page(ASSIGNMENT)
    siti.open_page(LESSON)
    assert count_pages(opened) == 2
    siti.post("/keluar")
    wait_for_pages(opened, 0)
    siti.log_in("srg-siti1", "246813")


def test_a_new_pin_closes_the_pages_opened_with_the_old_one(opened):
    from umkm_records import class_roster, open_records, reset_pin

    records = open_records(opened.database)
    code = next(p.code for p in class_roster(records, "contoh-serang") if p.code != "srg-siti1")
    visitor = Visitor(opened.url)
    visitor.log_in(code, reset_pin(records, code, by="uji"))
    line = visitor.websocket(visitor.open_page(ASSIGNMENT))
    reset_pin(records, code, by="uji")
    wait_for_pages(opened, 0, seconds=PATIENCE)
    line.settimeout(PATIENCE)
    # The server says goodbye: what it still had to say comes before.
    while line.recv_data_frame()[0] != websocket.ABNF.OPCODE_CLOSE:
        pass


def test_the_server_reports_how_full_it_is(opened, siti):
    siti.open_page(ASSIGNMENT)
    siti.open_page(LESSON)
    # A page's kernel owns some megabytes, however it was started; a page without one owns no process.
    least = 5 if opened.extra.get("UMKM_PAGE_KERNELS") else -1
    deadline = time.monotonic() + PATIENCE
    while (
        (said := read_status(opened.data_dir)) is None or said.pages != 2 or said.pages_mb <= least
    ):
        assert time.monotonic() < deadline, said
        time.sleep(0.2)
    assert said.people == 1
    assert said.waiting == ()
    assert said.most_pages >= 4
    assert (said.pages_mb == 0) is (least < 0)
    assert not is_silent(said, datetime.now(UTC))


@pytest.mark.browser
def test_back_and_reload_show_the_page_as_it_was_left(opened, new_phone):
    page = new_phone().page
    page.goto(opened.url)
    page.get_by_label("Nomor HP atau kode peserta").fill("srg-siti1")
    page.get_by_label("PIN").fill("246813")
    page.get_by_role("button", name="Masuk").click()
    page.goto(f"{opened.url}{LESSON}#coba")
    first = page.locator(".umkm-question:visible").first
    first.get_by_role("radio").first.check()
    first.get_by_role("button", name="Periksa").click()
    # What a check has said stands in the page's session alone.
    said = first.locator(".umkm-feedback")
    expect(said).to_contain_text(re.compile(r"\w+"))
    words = said.text_content()
    page.reload()
    expect(said).to_have_text(words)
    page.get_by_role("link", name="Beranda").click()
    expect(page.get_by_role("heading", name="Halo, Siti Rohmah")).to_be_visible()
    page.go_back()
    expect(said).to_have_text(words)
    assert count_pages(opened) == 1
