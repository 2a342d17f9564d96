"""Every kind of question on a phone: answered by thumb, sent, graded by nbgrader; and Ingat."""

import base64
import io
import re
import time

import nbformat
import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.grading.every_kind import NAME, POINTS, QUESTIONS, write_course
from tests.support.open_workshop import ROOT
from tests.support.patience import PATIENCE
from tests.support.phone import Phone
from tests.support.trainee_server import CLASS, CODE, PIN, TraineeServer
from tests.support.visitor import Visitor

from umkm.exercise import KINDS, template_of
from umkm_courses import load_catalogue
from umkm_grading import ClassFolder, deliver, grade, prepare
from umkm_grading.gradebook.gradebook import open_gradebook, read_scores
from umkm_records import class_roster, open_records, record_event
from umkm_records.answers import checks_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A checkout with a course of our own, of the slug that the sample class learns from."""
    folder = tmp_path_factory.mktemp("rumah")
    write_course(folder / "courses", "pembukuan")
    (folder / "voila_apps").symlink_to(ROOT / "voila_apps")
    return folder


@pytest.fixture(scope="module")
def server(home, tmp_path_factory):
    data = tmp_path_factory.mktemp("kelas") / "data"
    opened = TraineeServer(data, {"UMKM_HOME": str(home)}).start()
    yield opened
    opened.stop()


@pytest.fixture
def phone(chromium, server):
    opened = Phone(chromium, server.url).log_in(CODE, PIN)
    yield opened
    assert opened.errors == []
    opened.context.close()


def amounts(text):
    return [int(found.replace(".", "")) for found in re.findall(r"Rp([\d.]+\d)", text)]


def snapshot():
    """A photo as a phone takes it."""
    into = io.BytesIO()
    Image.linear_gradient("L").resize((2400, 1800)).convert("RGB").save(into, "JPEG")
    return into.getvalue()


def answer_all(phone):
    """Right answers from what the screen shows, each in the way its kind is answered."""
    card = phone.question
    tap = lambda name, label: card(name).get_by_role("button", name=label, exact=True).click()  # noqa: E731
    card("satu-pilihan").get_by_label("Laci rumah").check()
    for option in ("Plastik", "Sewa"):
        card("beberapa-pilihan").get_by_label(option).check()
    sold, bought = amounts(card("jumlah").inner_text())
    phone.type("jumlah", str(sold - bought))
    phone.type("angka", "20")
    phone.type("kata", "Prive")
    phone.type("cerita", "Kaleng dan dompet, 75rb sehari.")
    card("foto").locator("input[type=file]").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": snapshot()}
    )
    expect(card("foto").get_by_role("img", name="Foto 1")).to_be_visible()
    card("pasangan").get_by_label("Beli beras").select_option("Persediaan")
    card("pasangan").get_by_label("Bu Ani bon").select_option("Piutang")
    tap("urutan", "Turunkan: Cocokkan")
    tap("urutan", "Turunkan: Cocokkan")
    tap("urutan", "Turunkan: Hitung")
    for item, drawer in [("SPP", "Rumah"), ("Sewa", "Usaha")]:
        tap("laci", item)
        tap("laci", f"Taruh di {drawer}")
    booked, plastic = amounts(card("buku-kas").inner_text())
    tap("buku-kas", "+ Tambah baris")
    for row, (way, amount) in enumerate([("Masuk", booked), ("Keluar", plastic)]):
        card("buku-kas").get_by_label("Arah").nth(row).select_option(way)
        card("buku-kas").get_by_label("Jumlah").nth(row).fill(str(amount))
    jual, beli, biaya = amounts(card("laba-rugi").inner_text())
    card("laba-rugi").get_by_label("Laba kotor").fill(str(jual - beli))
    card("laba-rugi").get_by_label("Laba", exact=True).fill(str(jual - beli - biaya))
    card("nota").get_by_role("button", name="Total").click()


def test_the_assignment_asks_a_question_of_every_registered_kind(home):
    assignment = load_catalogue(home / "courses").assignment(NAME)
    assert {template_of(one.question).kind for one in assignment.questions} == set(KINDS)


def test_answers_given_by_thumb_get_every_point(phone, server, home):
    phone.page.goto(f"{server.url}/tugas/{NAME}#soal-semua")
    expect(phone.question("nota")).to_be_visible()
    answer_all(phone)
    for name in QUESTIONS:
        phone.stands(name, "saved")
    phone.page.reload()
    expect(phone.question("buku-kas").get_by_label("Jumlah").nth(1)).to_have_value("5000")
    visitor = Visitor(server.url)
    visitor.log_in(CODE, PIN)
    receipt = visitor.post(f"/tugas/{NAME}/kirim")
    assert "Bu Ani bon → Piutang" in receipt.text
    (address,) = re.findall(r'<img src="(/foto/[0-9a-f]{64}\.jpg)"', receipt.text)
    assert Image.open(io.BytesIO(visitor.get(address).content)).size == (1600, 1200)
    assignment = load_catalogue(home / "courses").assignment(NAME)
    class_folder = ClassFolder(server.data_dir, CLASS)
    with open_records(server.database) as records:
        prepare(class_folder, [assignment], class_roster(records, CLASS))
        deliver(class_folder, records)
    (outcome,) = grade(class_folder, NAME)
    assert outcome.ok, outcome.message
    with open_gradebook(class_folder) as gradebook:
        scores = read_scores(gradebook, NAME, CODE)
    earned = {name: score.points for name, score in scores.items()}
    assert earned == {name: points if key else 0 for name, (_, key, points) in QUESTIONS.items()}
    assert outcome.points == POINTS - QUESTIONS["cerita"][2] - QUESTIONS["foto"][2]
    graded = nbformat.read(class_folder.autograded(CODE, NAME) / f"{NAME}.ipynb", as_version=4)
    (shown,) = [
        output.data["image/jpeg"]
        for cell in graded.cells
        for output in cell.get("outputs", ())
        if "image/jpeg" in output.get("data", {})
    ]
    assert Image.open(io.BytesIO(base64.b64decode(shown))).size == (1000, 750)


def checks(server):
    with open_records(server.database) as records:
        found = checks_of(records, CODE, ["pembukuan/01-awal", "pembukuan/02-ingat"])
    return [(one.sheet, one.verdict) for one in found]


def test_ingat_asks_what_was_wrong_in_an_earlier_lesson(phone, server):
    with open_records(server.database) as records:
        detail = {"question": "omzet", "verdict": "wrong"}
        record_event(records, CODE, "checked", "pembukuan/01-awal", detail)
    phone.page.goto(f"{server.url}/pelajaran/pembukuan/02-ingat")
    cards = phone.page.locator(".umkm-question")
    expect(cards).to_have_count(3)
    names = [card.get_attribute("data-question") for card in cards.all()]
    assert names == ["modal", "omzet", "laba"]
    phone.type("omzet", "9rb")
    expect(phone.question("omzet").locator(".umkm-echo")).to_contain_text("sembilan ribu")
    phone.question("omzet").get_by_role("button", name="Periksa").click()
    expect(phone.question("omzet").get_by_text("Benar.")).to_be_visible()
    # Feedback comes first, the note of it a moment later.
    deadline = time.monotonic() + PATIENCE
    while len(noted := checks(server)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert noted == [("pembukuan/01-awal", "wrong"), ("pembukuan/01-awal", "right")]


def test_a_misunderstanding_has_its_sentence_on_a_served_page(phone, server):
    phone.page.goto(f"{server.url}/pelajaran/pembukuan/01-awal")
    phone.type("laba", "9rb")
    phone.question("laba").get_by_role("button", name="Periksa").click()
    expect(phone.question("laba")).to_contain_text("Uang untuk rumah bukan biaya usaha.")
