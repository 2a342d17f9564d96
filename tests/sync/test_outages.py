"""What a phone holds while the line, the tab or the server is gone comes through."""

import time

import psutil
import pytest
from benchmarks.fault_injection.faults import movable_clock
from playwright.sync_api import expect
from tests.support.accessibility import check
from tests.support.patience import PATIENCE_MS
from tests.support.phone import CHOICE, PLAN, PROFIT, Phone
from tests.support.trainee_server import CODE, PIN, SHEET, TraineeServer
from tests.sync.conftest import STRANGER_PIN

from umkm_records import (
    ChangeId,
    DraftKey,
    latest_submission,
    load_drafts,
    open_records,
    save_draft,
    submissions_of,
)

pytestmark = pytest.mark.browser


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


@pytest.fixture
def dated(tmp_path):
    """A server of its own, and the file that says by how many seconds its laptop's date is off."""
    clock = tmp_path / "clock"
    server = TraineeServer(tmp_path / "data", extra=movable_clock(clock)).start()
    yield server, clock
    server.stop()


def test_answers_given_without_signal_come_through_by_themselves(server, proxy, siti, code):
    siti.type(PROFIT, "350rb")
    siti.stands(PROFIT, "saved")
    proxy.drop()
    siti.type(PLAN, "Dua kaleng.")
    siti.question(CHOICE).get_by_role("radio").nth(1).check()
    for name in (PLAN, CHOICE):
        siti.stands(name, "waiting")
    expect(siti.question(PLAN).locator(".umkm-save")).to_contain_text("Menunggu sinyal")
    expect(siti.banner).to_contain_text("2 jawaban menunggu")
    check(siti.page, "menunggu-sinyal", '[data-question="rencana-dua-laci"]')
    siti.stands(PROFIT, "saved")
    assert set(kept(server, code)) == {PROFIT}
    proxy.heal()
    for name in (PLAN, CHOICE):
        siti.stands(name, "saved")
    expect(siti.banner).to_be_hidden()
    assert kept(server, code)[PLAN] == "Dua kaleng."
    assert siti.errors == []


def test_a_line_that_swallows_everything_is_found_out(server, proxy, siti, code):
    """A phone that changed its network: nothing is refused, nothing arrives."""
    proxy.black_hole()
    siti.type(PLAN, "Dua kaleng.")
    siti.stands(PLAN, "waiting")
    proxy.heal()
    # Up to six dead connections, each waited for some seven seconds.
    siti.stands(PLAN, "saved", timeout=PATIENCE_MS)
    assert kept(server, code) == {PLAN: "Dua kaleng."}


def test_a_tab_that_is_closed_without_signal_loses_nothing(server, proxy, siti, code):
    proxy.drop()
    siti.type(PLAN, "Ditulis tanpa sinyal.")
    siti.stands(PLAN, "waiting")
    siti.page.close()
    proxy.heal()
    siti.new_page()
    siti.open_sheet()
    siti.shows(PLAN, "Ditulis tanpa sinyal.")
    siti.stands(PLAN, "saved")
    assert kept(server, code) == {PLAN: "Ditulis tanpa sinyal."}


def test_a_page_that_comes_back_asks_what_is_kept_until_it_hears(server, siti, code, proxy):
    siti.type(PROFIT, "350rb")
    siti.stands(PROFIT, "saved")
    siti.type(PLAN, "Satu kaleng.")
    siti.stands(PLAN, "saved")
    siti.page.reload()  # drawn before the answers: as the server has kept it
    expect(siti.question(PLAN)).to_contain_text("Tersimpan")
    expect(siti.question(PLAN)).not_to_contain_text("HP lain")
    siti.page.goto("about:blank")
    with open_records(server.database) as records:
        save_draft(records, DraftKey(code, SHEET, PROFIT), "375rb", ChangeId("hp-lain", 1))
    unheard = []

    def cut_off(route):
        unheard.append(route.request.url)
        route.abort() if len(unheard) <= 2 else route.continue_()

    siti.page.route("**/jawaban", cut_off)
    siti.open_sheet()
    siti.shows(PROFIT, "375rb")
    expect(siti.question(PROFIT)).to_contain_text("dari HP lain")
    expect(siti.question(PLAN)).not_to_contain_text("HP lain")
    assert len(unheard) == 3


def test_an_old_reply_does_not_undo_what_was_typed_since(siti):
    siti.type(PROFIT, "350rb")
    siti.stands(PROFIT, "saved")
    siti.page.goto("about:blank")
    late = []

    def hold_back(route):
        if route.request.method == "GET":
            late.append((route, route.fetch()))
        else:
            route.continue_()

    siti.page.route("**/jawaban", hold_back)
    siti.open_sheet()
    while not late:
        siti.page.wait_for_timeout(100)
    siti.type(PROFIT, "375rb")
    siti.stands(PROFIT, "saved")
    (route, reply), *_ = late
    with siti.page.expect_response("**/jawaban"):
        route.fulfill(response=reply)
    siti.page.wait_for_timeout(500)
    siti.shows(PROFIT, "375rb")


def test_a_queued_send_survives_its_tab_and_gives_one_receipt(server, proxy, siti, code):
    siti.type(PROFIT, "350rb")
    siti.stands(PROFIT, "saved")
    proxy.drop()
    siti.type(PLAN, "Dua kaleng.")
    siti.page.locator("#kirim").click()
    expect(siti.page.get_by_text("1 soal belum dijawab")).to_be_visible()
    check(siti.page, "kirim-tanpa-sinyal", ".kirim-panel")
    # It says which one, and leads there.
    siti.page.get_by_role("button", name="Soal 1: Teh Neneng membuat").click()
    expect(siti.question(CHOICE)).to_be_in_viewport()
    expect(siti.question(PLAN)).to_be_hidden()
    siti.page.get_by_role("link", name="Semua soal").click()
    siti.page.locator("#kirim").click()
    siti.page.get_by_role("button", name="Kirim", exact=True).click()
    expect(siti.page.get_by_role("heading", name="Akan terkirim begitu ada sinyal")).to_be_visible()
    check(siti.page, "kirim-mengantre", ".kirim-panel")
    siti.page.close()
    with open_records(server.database) as records:
        assert latest_submission(records, code, SHEET) is None
    proxy.heal()
    siti.new_page()
    siti.open_sheet()
    receipt = siti.page.locator("#kode-terima").inner_text()
    check(siti.page, "kirim-sampai", ".kirim-panel")
    siti.page.get_by_role("link", name="Lihat tanda terima").click()
    expect(siti.page.locator("#kode-terima")).to_have_text(receipt)
    with open_records(server.database) as records:
        mine = [r for r in submissions_of(records, "contoh-serang", SHEET) if r.participant == code]
    assert [(each.code, each.attempt) for each in mine] == [(receipt, 1)]
    assert mine[0].answers[PLAN] == "Dua kaleng."


def test_two_phones_merge_by_question_and_the_loser_is_told(server, proxy, phone, code):
    first = phone().log_in(code, STRANGER_PIN).open_sheet()
    proxy.drop()
    first.type(PROFIT, "300rb")
    first.type(PLAN, "Dari HP pertama.")
    first.stands(PLAN, "waiting")
    time.sleep(0.1)
    proxy.heal()
    # Kept from trying for as long as the other phone needs.
    first.context.set_offline(True)
    second = phone().log_in(code, STRANGER_PIN).open_sheet()
    second.type(PROFIT, "350rb")
    second.stands(PROFIT, "saved")
    first.context.set_offline(False)
    first.stands(PLAN, "saved")
    first.stands(PROFIT, "replaced")
    first.shows(PROFIT, "350rb")
    expect(first.question(PROFIT).locator(".umkm-save")).to_contain_text("lebih baru dari HP lain")
    check(first.page, "jawaban-diganti", '[data-question="laba-bengkel"]')
    assert kept(server, code) == {PROFIT: "350rb", PLAN: "Dari HP pertama."}
    # It is told until it is seen, also after a reload.
    first.open_sheet()
    first.stands(PROFIT, "replaced")
    first.question(PROFIT).get_by_role("button", name="Pakai jawaban saya: 300rb").click()
    first.stands(PROFIT, "saved")
    first.shows(PROFIT, "300rb")
    assert kept(server, code)[PROFIT] == "300rb"


@pytest.mark.parametrize("wrong_by", [-3 * 365 * 86_400_000, 400 * 86_400_000])
def test_a_wrong_clock_changes_nothing(server, phone, code, wrong_by):
    wrong = phone()
    wrong.context.add_init_script(
        f"const real = Date.now; Date.now = () => real.call(Date) + ({wrong_by});"
    )
    wrong.log_in(code, STRANGER_PIN).open_sheet()
    wrong.type(PROFIT, "1")
    wrong.stands(PROFIT, "saved")
    right = phone().log_in(code, STRANGER_PIN).open_sheet()
    right.type(PROFIT, "2")
    right.stands(PROFIT, "saved")
    wrong.type(PROFIT, "3")
    wrong.stands(PROFIT, "saved")
    assert kept(server, code) == {PROFIT: "3"}


@pytest.mark.parametrize("hours", [-9, 9])
def test_a_laptop_whose_clock_is_set_right_changes_nothing(dated, chromium, hours):
    """A page opened while it was wrong, by the phone whose answer stands."""
    server, clock = dated
    phone = Phone(chromium, server.url).log_in(CODE, PIN).open_sheet()
    phone.type(PROFIT, "1")
    phone.stands(PROFIT, "saved")
    clock.write_text(str(hours * 3600))
    phone.new_page()
    phone.open_sheet()
    clock.write_text("0")
    phone.type(PROFIT, "2")
    phone.stands(PROFIT, "saved")
    assert kept(server, CODE) == {PROFIT: "2"}
    phone.context.close()


def test_a_page_from_before_the_clock_was_set_back_asks_what_is_kept(dated, chromium):
    server, clock = dated
    clock.write_text(str(9 * 3600))
    phone = Phone(chromium, server.url).log_in(CODE, PIN).open_sheet()
    clock.write_text("0")
    with open_records(server.database) as records:
        save_draft(records, DraftKey(CODE, SHEET, PROFIT), "375rb", ChangeId("hp-lain", 1))
    phone.page.reload()  # by the date it was made in hours to come
    phone.shows(PROFIT, "375rb")
    phone.context.close()


def test_of_two_pages_of_one_phone_what_was_written_last_stands(server, siti, code):
    first = siti.page
    first.route("**/jawaban", lambda route: route.abort())
    siti.type(PROFIT, "1")
    siti.stands(PROFIT, "waiting")
    siti.new_page()
    siti.open_sheet().type(PROFIT, "2")
    siti.stands(PROFIT, "saved")
    siti.page = first
    first.unroute("**/jawaban")
    siti.stands(PROFIT, "saved")
    siti.shows(PROFIT, "2")
    expect(siti.question(PROFIT)).not_to_contain_text("HP lain")
    assert kept(server, code) == {PROFIT: "2"}


def test_what_a_phone_wrote_last_stands_also_where_the_date_was_set_right_since(dated, chromium):
    server, clock = dated
    phone = Phone(chromium, server.url).log_in(CODE, PIN).open_sheet()
    phone.type(PROFIT, "1")
    phone.stands(PROFIT, "saved")
    clock.write_text(str(-72 * 3600))
    phone.page.close()
    phone.new_page()
    phone.open_sheet().page.route("**/jawaban", lambda route: route.abort())
    phone.type(PROFIT, "2")
    phone.stands(PROFIT, "waiting")
    phone.page.close()
    clock.write_text("0")
    phone.new_page()
    phone.open_sheet().stands(PROFIT, "saved")
    phone.shows(PROFIT, "2")
    assert kept(server, CODE) == {PROFIT: "2"}
    phone.context.close()


def test_a_browser_that_keeps_nothing_says_so(server, proxy, phone, code):
    private = phone()
    private.context.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); }"
    )
    private.log_in(code, STRANGER_PIN).open_sheet()
    private.type(PROFIT, "350rb")
    private.stands(PROFIT, "saved")
    proxy.drop()
    private.type(PLAN, "Hanya di halaman ini.")
    private.stands(PLAN, "waiting")
    expect(private.question(PLAN).locator(".umkm-save")).to_contain_text("Jangan tutup halaman ini")
    proxy.heal()
    private.stands(PLAN, "saved")
    assert kept(server, code)[PLAN] == "Hanya di halaman ini."


def test_a_full_disk_is_told_and_waited_for(tmp_path, chromium):
    server = TraineeServer(tmp_path / "data").start()
    try:
        phone = Phone(chromium, server.url).log_in(CODE, PIN).open_sheet()
        phone.type(PROFIT, "1")
        phone.stands(PROFIT, "saved")
        first = psutil.Process(server.process.pid)
        processes = [first, *first.children()]
        free = first.rlimit(psutil.RLIMIT_FSIZE)
        for process in processes:
            process.rlimit(psutil.RLIMIT_FSIZE, (4096, free[1]))
        phone.type(PLAN, "Tidak muat.")
        phone.stands(PLAN, "failed")
        expect(phone.question(PLAN).locator(".umkm-save")).to_contain_text("penuh")
        assert PLAN not in kept(server, CODE)
        for process in processes:
            process.rlimit(psutil.RLIMIT_FSIZE, free)
        phone.stands(PLAN, "saved")
        assert kept(server, CODE)[PLAN] == "Tidak muat."
        phone.context.close()
    finally:
        server.stop()
