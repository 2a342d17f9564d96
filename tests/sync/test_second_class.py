"""Somebody of one class attends another: two servers on one data folder, in the browser, then graded."""

from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import expect
from tests.support.accessibility import check
from tests.support.phone import PROFIT, Phone
from tests.support.trainee_server import CLASS, SHEET, TraineeServer
from tests.support.visitor import Visitor
from tests.sync.conftest import STRANGER_PIN

from umkm_courses import load_catalogue
from umkm_grading import ClassFolder, deliver, grade, prepare, publish_feedback
from umkm_grading.gradebook.gradebook import open_gradebook, read_scores
from umkm_records import (
    ChangeId,
    CohortForm,
    DraftKey,
    Registration,
    class_progress,
    class_roster,
    create_cohort,
    export_person,
    latest_submission,
    load_drafts,
    open_records,
    register,
    result_of,
    save_draft,
    submit,
)
from umkm_records.people import half_of_class

pytestmark = pytest.mark.browser

SECOND = CohortForm("kasemen-2", "Kasemen", "KASEMEN-2", "", date(2026, 12, 1), ("pembukuan",))
ANI = Registration(
    join_code="SERANG-1", name="Bu Ani", business_name="Warung Ani", business_kind="warung",
    kelurahan="36.73.02.1001", phone="081399912345", consent_version="2026-11",
    consent_given=True, pin=STRANGER_PIN,
)  # fmt: skip
TEXT, CHOICE = "rencana-dua-laci", "seragam-sekolah"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder with two classes and a person who has sent a task in the first."""
    first = TraineeServer(tmp_path_factory.mktemp("two-classes") / "data").start()
    with open_records(first.database) as records:
        create_cohort(records, SECOND)
        yield first, records
    first.stop()


@pytest.fixture(scope="module")
def ani(data):
    _, records = data
    code = register(records, ANI).code
    for number, (question, answer) in enumerate({PROFIT: "350rb", CHOICE: "biaya-usaha"}.items()):
        save_draft(records, DraftKey(code, SHEET, question), answer, ChangeId("hp", number))
    submit(records, code, SHEET, [PROFIT, CHOICE, TEXT])
    return code


@pytest.fixture(scope="module")
def second(data):
    first, _ = data
    server = TraineeServer(first.data_dir, {"UMKM_CLASS": SECOND.id}).start()
    yield server
    server.stop()


def test_a_pin_and_the_class_code_let_in(chromium, data, second, ani):
    _, records = data
    phone = Phone(chromium, second.url)
    page = phone.page
    # The QR of the class leads to Daftar; who has been here before goes on to Masuk, code and all.
    page.goto(f"{second.url}/daftar?kelas=KASEMEN-2")
    page.get_by_role("link", name="Masuk dengan PIN Anda").click()
    page.get_by_label("Nomor HP atau kode peserta").fill("0813 9991 2345")
    page.get_by_label("PIN").fill(STRANGER_PIN)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", name="Ikut kelas ini", level=1)).to_be_visible()
    expect(page.get_by_label("Kode kelas")).to_have_value("KASEMEN-2")
    page.get_by_role("button", name="Ikut kelas").click()
    expect(page.get_by_text("Beri tanda centang jika Anda setuju")).to_be_visible()
    check(page, "gabung", "main")
    page.get_by_label("Kode kelas").fill("SERANG-1")
    page.get_by_label("Saya sudah membaca dan setuju").check()
    page.get_by_role("button", name="Ikut kelas").click()
    expect(page.get_by_text("Kode ini untuk kelas lain")).to_be_visible()
    page.get_by_label("Kode kelas").fill("kasemen 2")
    page.get_by_role("button", name="Ikut kelas").click()
    expect(page.get_by_role("heading", name="Halo, Bu Ani")).to_be_visible()
    expect(page.get_by_text("Warung Ani · Kasemen")).to_be_visible()
    expect(page.locator(".tanda-sent")).to_have_count(0)
    # She begins anew, and what she did there is still there.
    phone.open_sheet()
    phone.shows(PROFIT, "")
    phone.type(PROFIT, "400.000")
    phone.stands(PROFIT, "saved")
    assert load_drafts(records.of_class(SECOND.id), ani, SHEET) == {PROFIT: "400.000"}
    assert load_drafts(records.of_class(CLASS), ani, SHEET)[PROFIT] == "350rb"
    consents = export_person(records, ani)["consents"]
    assert [one["version"] for one in consents] == ["2026-11", "2026-11"]
    assert phone.errors == []
    phone.context.close()


def test_a_number_that_is_known_leads_to_masuk_with_the_code(second, ani):
    visitor = Visitor(second.url)
    typed = {
        "join_code": "KASEMEN-2", "name": "Bu Ani", "business_name": "W A", "business_kind": "warung",
        "kelurahan": "36.73.01.1001", "phone": "081399912345", "pin": "917305", "consent_given": "ya",
    }  # fmt: skip
    answer = visitor.post("/daftar", typed)
    assert answer.status_code == 422
    assert 'href="/masuk?kelas=KASEMEN-2"' in answer.text


def test_who_has_not_shown_a_pin_joins_nothing(second, ani):
    visitor = Visitor(second.url)
    form = {"kelas": "KASEMEN-2", "consent_given": "ya"}
    answer = visitor.post("/gabung", form, allow_redirects=False)
    assert answer.headers["Location"] == "/masuk?kelas=KASEMEN-2"
    visitor.session.cookies.set("umkm-gabung", f"{ani} 1")
    assert (
        visitor.post("/gabung", form, allow_redirects=False)
        .headers["Location"]
        .startswith("/masuk")
    )


def test_the_first_class_goes_on_beside_it(data, second, ani):
    first, _ = data
    visitor = Visitor(first.url)
    assert visitor.log_in(ani, STRANGER_PIN).headers["Location"] == "/"
    assert "350.000" in visitor.get(f"/tugas/{SHEET}/kirim").text
    page = visitor.get("/").text
    assert "Kelas contoh Serang" in page
    assert "Terkirim" in page
    there = Visitor(second.url)
    assert there.log_in(ani, STRANGER_PIN).headers["Location"] == "/"
    assert "350.000" not in there.get(f"/tugas/{SHEET}/kirim").text


def test_both_classes_are_graded_apart(data, second, ani, request):
    first, records = data
    task = load_catalogue(request.config.rootpath / "courses").assignment(SHEET)
    here = records.of_class(SECOND.id)
    save_draft(here, DraftKey(ani, SHEET, CHOICE), "pindah-catat", ChangeId("hp2", 1))
    sent = submit(here, ani, SHEET, [PROFIT, CHOICE, TEXT])
    assert sent.attempt == 1
    points = {}
    for cohort in (CLASS, SECOND.id):
        class_folder = ClassFolder(first.data_dir, cohort)
        prepare(class_folder, [task], class_roster(records, cohort))
        (delivered,) = deliver(class_folder, records)
        (outcome,) = grade(class_folder, task)
        assert (outcome.participant, outcome.ok) == (ani, True)
        publish_feedback(class_folder, records, task)
        with open_gradebook(class_folder) as gradebook:
            scores = read_scores(gradebook, SHEET, ani)
        points[cohort] = {question: score.points for question, score in scores.items()}
        in_class = records.of_class(cohort)
        assert latest_submission(in_class, ani, SHEET).code == delivered
        assert result_of(in_class, ani, SHEET) is not None
    # The same question, answered better in the second class.
    assert points[SECOND.id][CHOICE] > points[CLASS][CHOICE]
    progress = class_progress(records, SECOND.id, [SHEET, "pembukuan/01-dua-laci"])
    assert [row.participant.cohort for row in progress] == [SECOND.id]


def test_the_halves_of_the_second_class_are_even(data, second, ani):
    _, records = data
    here = records.of_class(SECOND.id)
    others = [
        register(here, replace(ANI, join_code="KASEMEN-2", phone=f"08139992000{n}")).code
        for n in range(3)
    ]
    assert sorted(half_of_class(here, code) for code in (ani, *others)) == [0, 0, 1, 1]
