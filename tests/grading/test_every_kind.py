"""Every kind of question through the whole journey: phone, answers.json, hidden test, result."""

import io
import json
import re
from datetime import UTC, datetime

import pytest
from PIL import Image
from tests.grading.classes import COHORT
from tests.grading.every_kind import NAME, POINTS, QUESTIONS, write_course

from umkm.exercise import question_from_json, question_to_json
from umkm.exercise.questions import KINDS
from umkm.images import normalize_photo
from umkm_courses import check_course, load_catalogue
from umkm_courses.keys import read_keys
from umkm_grading import ClassFolder, grade, prepare, publish_feedback
from umkm_grading.autograde.displayed_marks import read_marks
from umkm_grading.class_folder.atomic_files import digest
from umkm_grading.class_folder.released_assignment import read_released
from umkm_grading.class_folder.submission_folder import Submission, write_submission
from umkm_grading.gradebook.gradebook import find_grades, open_gradebook, read_scores
from umkm_records import make_sample_class, open_records, result_of
from umkm_widgets import sheet


def jpeg_of(picture):
    into = io.BytesIO()
    picture.convert("RGB").save(into, "JPEG")
    return into.getvalue()


#: What people give the long text and the photo.
STAFF = {"cerita": 3, "foto": 2}
PHOTO = normalize_photo(jpeg_of(Image.effect_noise((900, 700), 60))).jpeg
PHOTO_NAME = digest(PHOTO)


def amounts(prompt):
    return [int(found.replace(".", "")) for found in re.findall(r"Rp([\d.]+\d)", prompt)]


def on_the_phone(assignment, code):
    """The questions as the page's kernel gets them: JSON made by the server for this person."""
    shapes = {q.id: question_to_json(q.variant(code).question) for q in assignment.questions}
    return {name: question_from_json(json.loads(json.dumps(s))) for name, s in shapes.items()}


def all_right(asked):
    """Right answers by somebody who reads the questions, with no other way to the numbers."""
    sold, bought = amounts(asked["jumlah"].prompt)
    booked, plastic = amounts(asked["buku-kas"].prompt)
    given = asked["laba-rugi"].given
    gross = given["jual"] - given["beli"]
    return {
        "satu-pilihan": "rumah",
        "beberapa-pilihan": ["sewa", "plastik"],
        "jumlah": f"Rp {sold - bought}",
        "angka": "20 persen",
        "kata": "PRIVE.",
        "cerita": "Kaleng dan dompet, 75rb sehari.",
        "foto": [PHOTO_NAME],
        "pasangan": {"beras": "stok", "bon": "piutang"},
        "urutan": ["tulis", "hitung", "cocok"],
        "laci": {"spp": "r", "sewa": "u"},
        "buku-kas": [{"arah": "k", "rp": str(plastic)}, {"arah": "m", "rp": str(booked)}],
        "laba-rugi": {"kotor": str(gross), "laba": str(gross - given["biaya"])},
        "nota": ["c"],
    }


def half_right(asked):
    sold, _ = amounts(asked["jumlah"].prompt)
    booked, _ = amounts(asked["buku-kas"].prompt)
    given = asked["laba-rugi"].given
    return {
        "satu-pilihan": "usaha",
        "beberapa-pilihan": ["plastik", "sewa", "spp"],
        "jumlah": str(sold),
        "angka": "25",
        "kata": "laba",
        "cerita": "",
        "foto": [],
        "pasangan": {"beras": "stok", "bon": "stok"},
        "urutan": ["tulis", "cocok", "hitung"],
        "laci": {"spp": "u", "sewa": "u"},
        "buku-kas": [{"arah": "m", "rp": str(booked)}],
        # Forgot what was bought; the last line follows from that mistake.
        "laba-rugi": {"kotor": str(given["jual"]), "laba": str(given["jual"] - given["biaya"])},
        "nota": ["a"],
    }


HALF = {
    "satu-pilihan": 0, "beberapa-pilihan": 1, "jumlah": 0.5, "angka": 0, "kata": 0, "pasangan": 1,
    "urutan": 1, "laci": 1, "buku-kas": 1, "laba-rugi": 1, "nota": 0,
}  # fmt: skip


def nonsense(_asked):
    wrong = [{"a": [1, {}]}, ["<script>", None], "9" * 400, -1, True, {"kotor": 5}, [[[]]]]
    return {name: wrong[at % len(wrong)] for at, name in enumerate(QUESTIONS)} | {"points": 99}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("segala") / "courses"
    write_course(root)
    return load_catalogue(root)


@pytest.fixture(scope="module")
def graded(tmp_path_factory, course):
    """Three people sent the assignment, and it was graded: the class, and who is who."""
    assignment = course.assignment(NAME)
    records = open_records(tmp_path_factory.mktemp("data") / "umkm.db")
    sample = make_sample_class(records)
    class_folder = ClassFolder(tmp_path_factory.mktemp("kelas"), COHORT)
    prepare(class_folder, [assignment], sample.participants)
    codes = dict(
        zip(("right", "half", "nonsense"), (p.code for p in sample.participants), strict=False)
    )
    for (who, code), answer in zip(codes.items(), (all_right, half_right, nonsense), strict=True):
        sent = datetime(2026, 11, 23, 8, tzinfo=UTC)
        answers = answer(on_the_phone(assignment, code))
        photos = {PHOTO_NAME: PHOTO} if who == "right" else {}
        write_submission(
            class_folder, Submission(f"KRM-{who}", code, NAME, 1, sent, answers, photos=photos)
        )
    outcomes = {one.participant: one for one in grade(class_folder, NAME)}
    assert [outcome.message for outcome in outcomes.values()] == ["", "", ""]
    return class_folder, records, codes


def points(class_folder, code):
    with open_gradebook(class_folder) as gradebook:
        scores = read_scores(gradebook, NAME, code)
    return {name: score.points for name, score in scores.items() if QUESTIONS[name][1]}


def test_the_course_asks_in_every_way_and_can_be_graded(course):
    assignment = course.assignment(NAME)
    check_course(course.courses["segala-jenis"])
    asked = on_the_phone(assignment, "srg-siti1").values()
    assert {question.kind for question in asked} == set(KINDS)


def test_right_answers_get_every_point(graded):
    class_folder, _, codes = graded
    assert points(class_folder, codes["right"]) == {
        n: p for n, (_, key, p) in QUESTIONS.items() if key
    }


def test_half_right_answers_get_the_points_worked_out_by_hand(graded):
    class_folder, _, codes = graded
    assert points(class_folder, codes["half"]) == HALF
    marks = read_marks(class_folder, read_released(class_folder, NAME), codes["half"])
    assert marks["laci"].message.startswith("Uang untuk rumah bukan biaya usaha.")
    assert marks["laba-rugi"].message.startswith("Itu omzet.")
    assert re.match(r"Itu omzet, Rp[4-9]\d0\.000\.", marks["jumlah"].message)


def test_nonsense_gets_nothing_and_breaks_nothing(graded):
    class_folder, _, codes = graded
    assert set(points(class_folder, codes["nonsense"]).values()) == {0}


def test_the_result_reaches_the_phone(graded):
    class_folder, records, codes = graded
    with open_gradebook(class_folder) as gradebook:
        for code in codes.values():
            for question, given in STAFF.items():
                row = find_grades(gradebook, NAME, code)[question]
                row.manual_score = given if code == codes["right"] else 0
                row.needs_manual_grade = False
        gradebook.db.commit()
    published = publish_feedback(class_folder, records, NAME)
    assert set(published.published) == set(codes.values())
    results = {who: result_of(records, code, NAME) for who, code in codes.items()}
    assert results["right"].points == results["right"].out_of == POINTS
    assert results["half"].points == sum(HALF.values())
    pages = [class_folder.feedback(code, NAME) / f"{NAME}.html" for code in codes.values()]
    assert not any("<script>" in page.read_text("utf-8").split("<body", 1)[1] for page in pages)


def test_phone_and_grader_agree_on_numbers_and_key_for_a_thousand_people(
    course, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setattr(sheet, "_display", lambda bundle: None)
    assignment = course.assignment(NAME)
    keys = {name: key for name, key in read_keys(assignment).items() if name in VARIED}
    asked = {q.id: q for q in assignment.questions}
    seen = {name: set() for name in VARIED}
    for number in range(1_000):
        code = f"srg-uji{number}"
        phone = on_the_phone(assignment, code)
        answers = all_right(phone)
        stored = {"version": 1, "participant": code, "answers": answers}
        (tmp_path / "answers.json").write_text(json.dumps(stored), encoding="utf-8")
        for name, key in keys.items():
            sheet.ask(name, asked[name].question, asked[name].points)
            near = dict(key.near)
            assert sheet.mark(name, key.right, near=near) == asked[name].points, (code, name)
            seen[name].add(json.dumps(question_to_json(phone[name])))
    assert all(len(variants) > 45 for variants in seen.values()), seen


VARIED = ("jumlah", "buku-kas", "laba-rugi")
