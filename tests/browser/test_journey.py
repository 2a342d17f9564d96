"""One class, end to end: an answer on a phone becomes a grade in nbgrader and comes back."""

import csv
import re

import pytest
from playwright.sync_api import expect
from tests.support.patience import PATIENCE_MS

ASSIGNMENT = "pembukuan-dua-laci"
CLASS = "contoh-serang"
PLAN = "Kaleng merah untuk warung. <script>document.title='XSS'</script> Jatah rumah Rp50.000 tiap sore."

pytestmark = pytest.mark.browser


def register(page, url):
    page.goto(url)
    page.get_by_role("link", name="Daftar di sini").click()
    page.get_by_label("Kode kelas").fill("serang 1")
    page.get_by_label("Nama Anda").fill("Bu Lastri")
    page.get_by_label("Nama usaha").fill("Warung Lastri")
    page.get_by_label("Jenis usaha").select_option(index=1)
    page.get_by_label("Kelurahan tempat usaha").select_option("36.73.02.1001")
    page.get_by_label("Nomor HP").fill("0812")
    page.get_by_label("Buat PIN").fill("123456")
    page.get_by_role("button", name="Daftar").click()
    # Everything wrong is told at once, and what was typed is still there.
    expect(page.get_by_role("alert")).to_contain_text("3 isian")
    expect(page.get_by_label("Nama Anda")).to_have_value("Bu Lastri")
    page.get_by_label("Nomor HP").fill("+62 812-3333-4444")
    page.get_by_label("Buat PIN").fill("482915")
    page.get_by_label("Saya sudah membaca dan setuju").check()
    page.get_by_role("button", name="Daftar").click()
    code = page.locator("#kode").inner_text().strip()
    assert re.fullmatch(r"[a-z0-9-]{4,32}", code)
    return code


def log_in(page, url, identifier):
    page.goto(url)
    page.get_by_label("Nomor HP atau kode peserta").fill(identifier)
    page.get_by_label("PIN").fill("482915")
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", name="Halo, Bu Lastri")).to_be_visible()


def card(page, title):
    return page.locator("a.kartu").filter(has=page.locator(".kartu-judul", has_text=title))


def do_the_lesson(page):
    expect(card(page, "Dua Laci").first).to_contain_text("Belum Anda mulai")
    card(page, "Dua Laci").first.click()
    for step in ("Aturan jempol", "Coba"):
        page.get_by_role("button", name="Lanjut").click()
        expect(page.get_by_role("heading", name=step)).to_be_visible()
    first = page.locator(".umkm-question:visible").first
    first.get_by_role("radio").first.check()
    first.get_by_role("button", name="Periksa").click()
    expect(first.locator(".umkm-feedback")).to_contain_text(re.compile(r"\w+"))
    expect(first).to_have_attribute("data-save", "saved")
    for number in (2, 3, 4, 5):
        page.get_by_role("button", name="Berikutnya").click()
        expect(page.get_by_role("heading", name=f"Soal {number} dari 5")).to_be_visible()
        expect(page.locator(".umkm-question:visible")).to_have_count(1)
        if number == 3:
            try_other_numbers(page.locator(".umkm-question:visible"))
    for step in ("Lakukan sekarang", "Ingat"):
        page.get_by_role("button", name="Lanjut").click()
        expect(page.get_by_role("heading", name=step)).to_be_visible()
    page.get_by_role("button", name="Berikutnya").click()
    page.get_by_role("button", name="Selesai").last.click()
    # All but the first question were only turned over: the lesson says which, and is not done.
    expect(page.get_by_role("heading", name="Hampir selesai")).to_be_visible()
    names = page.get_by_role("main").get_by_role("listitem").all_inner_texts()
    left = [f"Coba: soal {n}" for n in (2, 3, 4, 5)]
    assert names == [*left, "Lakukan: soal 1", "Ingat: soal 1", "Ingat: soal 2"]
    page.get_by_role("link", name="Coba: soal 2").click()
    expect(page.get_by_role("heading", name="Soal 2 dari 5")).to_be_visible()
    page.goto(page.url.split("/pelajaran")[0])
    expect(card(page, "Dua Laci").first).to_contain_text("Sedang dikerjakan")


def try_other_numbers(card):
    card.get_by_role("textbox").fill("1rb")
    expect(card.get_by_text("Tersimpan")).to_be_visible()
    asked = card.inner_text()
    card.get_by_role("button", name="Coba angka lain").click()
    expect(card.get_by_role("textbox")).to_have_value("")
    assert card.inner_text() != asked
    expect(card.get_by_text("Tersimpan")).to_be_hidden()


def question(page, kind):
    return page.locator(".umkm-question").filter(has=page.locator(kind))


def send(page):
    page.get_by_role("link", name="Periksa lalu kirim").click()
    expect(page.get_by_role("heading", name="Kirim jawaban ini?")).to_be_visible()
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_role("heading", name="Jawaban Anda sudah terkirim")).to_be_visible()
    return page.locator("#kode-terima").inner_text()


def grade_essay_in_formgrader(page, workshop):
    """As staff do: open JupyterLab, open formgrader, score the text, write a comment."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{workshop.lab_url}/lab?token={workshop.token}")
    expect(page.locator("#jp-MainLogo, #jp-top-panel").first).to_be_visible(timeout=PATIENCE_MS)
    page.goto(f"{workshop.lab_url}/formgrader/gradebook/{ASSIGNMENT}/{ASSIGNMENT}")
    page.get_by_role("link", name=re.compile("Submission #")).first.click()
    expect(page.get_by_text("Kaleng merah untuk warung.").first).to_be_visible()
    assert page.title() != "XSS"
    write_and_leave(page, page.locator("input.score").last, "4")
    write_and_leave(page, page.locator("textarea.comment").last, "Bagus. Tulis juga kapan dicatat.")


def write_and_leave(page, field, text):
    """Formgrader saves a field when it is left; on a busy laptop that takes a moment."""
    with page.expect_response(lambda answer: answer.request.method == "PUT") as saved:
        field.fill(text)
        field.press("Tab")
    assert saved.value.ok, saved.value.status


def answer_on_the_first_phone(page):
    card(page, "Tugas: Dua Laci").click()
    choice, amount = (question(page, kind) for kind in ("fieldset", ".umkm-amount"))
    # "Bayar dari laci usaha, lalu catat sebagai biaya usaha hari ini": the wrong drawer, 0 points.
    choice.get_by_role("radio").nth(0).check()
    expect(choice).to_have_attribute("data-save", "saved")
    page.get_by_role("button", name="Berikutnya").click()
    # Rp850.000 - Rp450.000 - Rp50.000: right, 3 points.
    amount.locator("input").fill("350rb")
    expect(amount.locator(".umkm-echo")).to_contain_text("tiga ratus lima puluh ribu")
    expect(amount).to_have_attribute("data-save", "saved")
    page.reload()
    expect(question(page, ".umkm-amount").locator("input")).to_have_value("350rb")
    page.get_by_role("link", name="Soal 1, sudah dijawab").click()
    expect(question(page, "fieldset").get_by_role("radio").nth(0)).to_be_checked()


def go_on_with_the_second_phone(page, url):
    log_in(page, url, "0812 3333 4444")
    expect(card(page, "Tugas: Dua Laci")).to_contain_text("Sedang dikerjakan")
    card(page, "Tugas: Dua Laci").click()
    expect(question(page, ".umkm-amount").locator("input")).to_have_value("350rb")
    page.get_by_role("link", name="Soal 3, belum dijawab").click()
    text = question(page, "textarea")
    text.locator("textarea").fill(PLAN)
    expect(text).to_have_attribute("data-save", "saved")
    expect(text.locator(".umkm-save")).to_contain_text("Tersimpan")


def send_from_both(first, second, url):
    receipt = send(second)
    expect(second.locator("#waktu-terima")).to_contain_text("WIB")
    expect(second.get_by_text("Kaleng merah untuk warung.")).to_be_visible()
    for page in (second, first):
        page.goto(f"{url}/tugas/{ASSIGNMENT}/kirim")
        page.get_by_role("button", name="Kirim").click()
        expect(page.locator("#kode-terima")).to_have_text(receipt)


def succeed(result):
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def see_the_feedback(page, url):
    page.goto(url)
    expect(card(page, "Tugas: Dua Laci")).to_contain_text("Dinilai")
    card(page, "Tugas: Dua Laci").click()
    expect(page.get_by_text("Bagus. Tulis juga kapan dicatat.")).to_be_visible()
    # 0 + 3 + the 4 that staff gave.
    expect(page.locator("#nilai")).to_have_text("7 dari 10")
    # The graded assignment leads there too, and cannot be sent again.
    for address in (f"/tugas/{ASSIGNMENT}", f"/tugas/{ASSIGNMENT}/kirim"):
        page.goto(url + address)
        expect(page.locator("#nilai")).to_have_text("7 dari 10")


def test_an_answer_on_a_phone_comes_back_as_feedback(workshop, new_phone):
    first, second, staff = new_phone(), new_phone(), new_phone()
    code = register(first.page, workshop.url)
    first.page.get_by_role("link", name="Mulai belajar").click()
    do_the_lesson(first.page)
    answer_on_the_first_phone(first.page)
    go_on_with_the_second_phone(second.page, workshop.url)
    send_from_both(first.page, second.page, workshop.url)

    assert code in succeed(workshop.umkm("grade", CLASS, ASSIGNMENT))
    assert code in succeed(workshop.umkm("feedback", CLASS, ASSIGNMENT))  # still waits for a person
    grade_essay_in_formgrader(staff.page, workshop)
    succeed(workshop.umkm("feedback", CLASS, ASSIGNMENT))
    see_the_feedback(first.page, workshop.url)

    succeed(workshop.umkm("export", CLASS, "--by", "group", "--output", "nilai.csv"))
    with (workshop.data_dir.parent / "nilai.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["Kode"]: row for row in csv.DictReader(file, delimiter=";")}
    assert len(rows) == 13  # twelve sample people and Bu Lastri
    assert rows[code]["Tugas: Dua Laci: jumlah (maks. 10)"] == "7"

    for phone in (first, second):
        assert phone.outside(f"127.0.0.1:{workshop.port}") == []
        assert phone.errors == []
    assert staff.outside(f"127.0.0.1:{workshop.lab_port}") == []
