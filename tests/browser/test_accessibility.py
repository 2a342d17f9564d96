"""Every page a trainee meets, for everyone's hands and eyes; the rules stand in `tests/support/accessibility.py`."""

import os
import re

import pytest
from playwright.sync_api import expect
from tests.support.accessibility import look
from tests.support.trainee_server import TraineeServer
from tests.support.visitor import Visitor

from umkm_records import Result, open_records, publish

LESSON = "/pelajaran/pembukuan/01-dua-laci"
ASSIGNMENT = "/tugas/pembukuan-dua-laci"
TASK = "pembukuan-dua-laci"

pytestmark = pytest.mark.browser


def small_laptop(tmp_path_factory):
    """A class on a laptop that holds two pages, so that a third person waits."""
    return TraineeServer(tmp_path_factory.mktemp("kelas") / "data", extra={"UMKM_MOST_PAGES": "2"})


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    server = small_laptop(tmp_path_factory).start()
    yield server
    server.stop()


@pytest.fixture
def just_opened(tmp_path_factory):
    """One where nobody's page is left over from before."""
    server = small_laptop(tmp_path_factory).start()
    yield server
    server.stop()


class Walk:
    """One phone on its way through the pages; what is wrong with them is gathered."""

    def __init__(self, phone, url):
        self.page = phone.page
        self.url = url
        self.found = []

    def see(self, name):
        self.found += look(self.page, name)

    def open(self, path):
        self.page.goto(self.url + path)

    def log_in(self, pin="246813"):
        self.open("/masuk")
        self.page.get_by_label("Nomor HP atau kode peserta").fill("srg-siti1")
        self.page.get_by_label("PIN").fill(pin)
        self.page.get_by_role("button", name="Masuk").click()

    def wait_for_questions(self):
        expect(self.page.locator(".umkm-question")).not_to_have_count(0)
        expect(self.page.locator("[aria-busy=true]")).to_have_count(0)


@pytest.fixture
def walk(opened, new_phone):
    phone = new_phone()
    made = Walk(phone, opened.url)
    yield made
    assert made.found == [], "\n".join(made.found)
    assert phone.errors == []


def test_the_way_in(walk):
    page = walk.page
    walk.open("/masuk")
    walk.see("masuk")
    walk.log_in(pin="000000")
    expect(page.get_by_role("alert")).to_be_visible()
    walk.see("masuk-salah")
    walk.open("/daftar")
    walk.see("daftar")
    page.get_by_role("button", name="Daftar").click()
    expect(page.get_by_role("alert")).to_be_visible()
    walk.see("daftar-salah")
    page.get_by_label("Kode kelas").fill("serang 1")
    page.get_by_label("Nama Anda").fill("Bu Lastri")
    page.get_by_label("Nama usaha").fill("Warung Lastri")
    page.get_by_label("Jenis usaha").select_option(index=1)
    page.get_by_label("Kelurahan tempat usaha").select_option("36.73.02.1001")
    page.get_by_label("Nomor HP").fill("0812 3333 4444")
    page.get_by_label("Buat PIN").fill("482915")
    page.get_by_label("Saya sudah membaca dan setuju").check()
    page.get_by_role("button", name="Daftar").click()
    expect(page.locator("#kode")).to_be_visible()
    walk.see("terdaftar")
    walk.open("/tidak-ada")
    walk.see("tidak-ada")


def test_a_lesson_step_by_step(walk):
    page = walk.page
    walk.log_in()
    walk.see("beranda-awal")
    walk.open(LESSON)
    walk.wait_for_questions()
    walk.see("pelajaran-1")
    for number in range(2, 6):
        page.get_by_role("button", name="Lanjut").click()
        expect(page.get_by_text(f"Langkah {number} dari 5")).to_be_visible()
        walk.see(f"pelajaran-{number}")
        if number == 3:
            page.get_by_role("link", name="Soal 5").click()
            walk.see("pelajaran-soal-5")
    # Back leads through the screens as they were left: Lakukan, Soal 5, Soal 1.
    for _ in range(3):
        page.go_back()
    first = page.locator(".umkm-question:visible").first
    first.get_by_role("radio").first.check()
    first.get_by_role("button", name="Periksa").click()
    expect(first.locator(".umkm-feedback")).to_contain_text(re.compile(r"\w+"))
    expect(first).to_have_attribute("data-save", "saved")
    walk.see("pelajaran-diperiksa")


def question(page, kind):
    return page.locator(".umkm-question").filter(has=page.locator(kind))


def newcomer(opened, number):
    """Somebody who has just registered."""
    visitor = Visitor(opened.url)
    form = {
        "join_code": "serang 1", "name": f"Bu Nomor {number}", "business_name": "Warung", "business_kind": "warung",
        "kelurahan": "36.73.02.1001", "phone": f"0812-1111-220{number}", "pin": "739152", "consent_given": "ya",
    }  # fmt: skip
    assert visitor.post("/daftar", form).status_code == 200
    return visitor


def tab_to(page, wanted):
    """Press Tab, as often as it takes, until the focus is on what is wanted."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {wanted}")


def test_from_masuk_to_the_question_of_sending_by_keyboard_alone(walk, opened):
    newcomer(opened, 9)
    page, keys = walk.page, walk.page.keyboard
    walk.open("/masuk")
    # The first Tab offers the way past the head of the page.
    keys.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    tab_to(page, page.get_by_label("Nomor HP atau kode peserta"))
    keys.type("0812 1111 2209")
    keys.press("Tab")
    keys.type("739152")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Halo, Bu Nomor 9")).to_be_visible()
    tab_to(page, page.locator(f'a.kartu[href="{LESSON}"]'))
    keys.press("Enter")
    walk.wait_for_questions()
    for step in ("Aturan jempol", "Coba"):
        tab_to(page, page.get_by_role("button", name="Lanjut"))
        keys.press("Enter")
        # The focus goes along, so that the next Tab leads into the new step.
        expect(page.get_by_role("heading", name=step)).to_be_focused()
    first = page.locator(".umkm-question:visible").first
    tab_to(page, first.get_by_role("radio").first)
    keys.press("ArrowDown")
    expect(first.get_by_role("radio").nth(1)).to_be_checked()
    tab_to(page, first.get_by_role("button", name="Periksa"))
    keys.press("Space")
    expect(first.locator(".umkm-feedback")).to_contain_text(re.compile(r"\w+"))
    walk.open(ASSIGNMENT)
    walk.wait_for_questions()
    for number, field in ((2, ".umkm-amount input"), (3, "textarea")):
        tab_to(page, page.get_by_role("button", name="Berikutnya"))
        keys.press("Enter")
        expect(page.get_by_role("heading", name=f"Soal {number} dari 3")).to_be_focused()
        tab_to(page, page.locator(f".umkm-question {field}"))
        keys.type("350rb" if number == 2 else "Dua kaleng.")
    tab_to(page, page.get_by_role("link", name="Periksa lalu kirim"))
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Kirim jawaban ini?")).to_be_visible()
    expect(page.get_by_text("Dua kaleng.")).to_be_visible()


def test_an_assignment_until_its_result(walk, opened):
    page = walk.page
    walk.log_in()
    walk.open(ASSIGNMENT)
    walk.wait_for_questions()
    walk.see("tugas-kosong")
    question(page, "fieldset").get_by_role("radio").nth(0).check()
    page.get_by_role("button", name="Berikutnya").click()
    amount = question(page, ".umkm-amount")
    amount.locator("input").fill("1.5")
    amount.locator("input").blur()
    expect(amount.locator(".umkm-candidate").first).to_be_visible()
    expect(page.locator(".umkm-question[data-save=saved]")).to_have_count(2)
    walk.see("tugas-bertanya")
    walk.open(ASSIGNMENT + "/kirim")
    walk.see("kirim-kurang")
    page.get_by_role("link", name="Buka soal 2").click()
    walk.wait_for_questions()
    amount.locator("input").fill("350rb")
    page.get_by_role("button", name="Berikutnya").click()
    text = question(page, "textarea").locator("textarea")
    text.fill("Kaleng merah untuk warung, kaleng biru untuk rumah.")
    text.blur()
    expect(page.locator(".umkm-question[data-save=saved]")).to_have_count(3)
    walk.see("tugas-terisi")
    page.get_by_role("link", name="Periksa lalu kirim").click()
    expect(page.get_by_role("heading", name="Kirim jawaban ini?")).to_be_visible()
    walk.see("kirim")
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_role("heading", name="Jawaban Anda sudah terkirim")).to_be_visible()
    walk.see("tanda-terima")
    if folder := os.environ.get("UMKM_SHOTS"):
        page.pdf(path=f"{folder}/tanda-terima.pdf", format="A5")
    walk.open("/")
    walk.see("beranda-terkirim")
    walk.open(ASSIGNMENT)
    walk.wait_for_questions()
    walk.see("tugas-terkirim")
    items = [{"question": "laba-bengkel", "points": 3, "of": 3, "message": "Benar."}]
    comments = [{"question": "rencana-dua-laci", "text": "Bagus. Tulis juga kapan dicatat."}]
    assert publish(
        open_records(opened.database), Result("srg-siti1", TASK, 1, 7, 10, items, comments)
    )
    walk.open("/")
    walk.see("beranda-dinilai")
    walk.open(ASSIGNMENT)
    walk.see("hasil")


def test_the_test_before_the_course(walk):
    page = walk.page
    walk.log_in()
    page.get_by_role("link", name="Tes awal").click()
    walk.wait_for_questions()
    expect(page.get_by_role("heading", name="Tes awal")).to_be_visible()
    walk.see("tes-awal")


def test_waiting_for_a_turn(walk, just_opened):
    lines = []
    for number in range(2):
        visitor = newcomer(just_opened, number)
        while (answer := visitor.get(LESSON)).status_code == 503:
            pass
        kernel = re.search(r'data-kernel-id="([0-9a-f-]{36})"', answer.text).group(1)
        lines.append(visitor.websocket(kernel))
    walk.url = just_opened.url
    walk.log_in()
    walk.open(LESSON)
    expect(walk.page.get_by_role("heading", name="Menunggu giliran")).to_be_visible()
    walk.see("menunggu")
    for line in lines:
        line.close()
