"""A participant's whole way on a server that cannot fork: pages need no kernel process."""

import io

import psutil
import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from tests.browser.test_journey import do_the_lesson, log_in, question, register, send
from tests.support.cash_book_page import begin_own, write
from tests.support.open_workshop import ROOT
from tests.support.trainee_server import SHEET, TraineeServer

from umkm_records import latest_submission, open_records
from umkm_tools.registry import tools

pytestmark = pytest.mark.browser

PROGRAM = (str(ROOT / "tests/support/server_without_fork.py"),)


@pytest.fixture
def server(tmp_path):
    started = TraineeServer(tmp_path / "data", program=PROGRAM).start()
    yield started
    started.stop()


def answer(page, url):
    page.goto(f"{url}/tugas/{SHEET}")
    question(page, "fieldset").get_by_role("radio").first.check()
    expect(question(page, "fieldset")).to_have_attribute("data-save", "saved")
    page.get_by_role("button", name="Berikutnya").click()
    amount = question(page, ".umkm-amount")
    amount.locator("input").fill("350rb")
    expect(amount.locator(".umkm-echo")).to_contain_text("tiga ratus lima puluh ribu")
    expect(amount).to_have_attribute("data-save", "saved")
    page.get_by_role("link", name="Soal 3, belum dijawab").click()
    text = question(page, "textarea")
    text.locator("textarea").fill("Kaleng merah untuk warung.")
    expect(text).to_have_attribute("data-save", "saved")


def test_the_whole_way_of_a_participant(server, new_phone):
    phone = new_phone()
    page = phone.page
    code = register(page, server.url)
    page.get_by_role("link", name="Mulai belajar").click()
    do_the_lesson(page)
    answer(page, server.url)
    receipt = send(page)
    page.goto(f"{server.url}/alat/buku-kas")
    page.get_by_role("button", name="Buat buku saya sendiri").click()
    begin_own(page)
    write(page, "Jual tunai", "15rb")
    page.get_by_role("button", name="Laporan").click()
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Unduh seluruh buku (Excel)").click()
    book = load_workbook(io.BytesIO(arriving.value.path().read_bytes()))
    assert book.sheetnames[0] == "Buku kas"
    for name, tool in tools().items():
        page.goto(f"{server.url}/alat/{name}")
        expect(page.get_by_role("heading", name=tool.title, exact=True).first).to_be_visible()
        expect(page.locator(".widget, .bk, main button, main input").first).to_be_visible()
    page.goto(server.url)
    page.get_by_role("button", name="Keluar").click()
    log_in(page, server.url, "0812 3333 4444")
    with open_records(server.database) as records:
        sent = latest_submission(records, code, SHEET)
        assert sent is not None
        assert sent.code == receipt
    assert phone.errors == []
    # Its one kind of child is a worker that was spawned for the file.
    commands = [
        " ".join(child.cmdline())
        for child in psutil.Process(server.process.pid).children(recursive=True)
    ]
    assert not [
        command for command in commands if "umkm_kernels" in command or "ipykernel" in command
    ]
    assert "without fork" in server.log
    assert "os.fork was called" not in server.log
    assert "Traceback" not in server.log
