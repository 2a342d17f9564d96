"""Our courses: listed files exist, keys are correct, no feedback contains an answer."""

import re
import tomllib

import nbformat
import pytest

from umkm.exercise import RupiahAmount, SingleChoice, make
from umkm.money import rupiah_in_words
from umkm_courses import check_course, load_catalogue
from umkm_courses.keys import read_keys
from umkm_courses.lessons import read_exercises

pytestmark = pytest.mark.slow

#: Questions whose numbers vary are looked at with this many sets of them.
VARIANTS = 5
UNITS = {"": 1, "rb": 1_000, "ribu": 1_000, "k": 1_000, "jt": 1_000_000, "juta": 1_000_000}


@pytest.fixture(scope="module")
def courses(request):
    return load_catalogue(request.config.rootpath / "courses").courses


@pytest.fixture(scope="module")
def keyed(courses):
    """(where, question, key) of everything our courses mark by themselves, in several variants."""
    asked = [
        (
            f"{assignment.name} {asked.id}",
            asked.question,
            keys[asked.id].explained(course.misunderstandings.help),
        )
        for course in courses.values()
        for assignment in course.assignments
        for keys in [read_keys(assignment)]
        for asked in assignment.questions
        if asked.marking == "auto"
    ]
    asked += [
        (
            f"{lesson.slug} {exercise_id}",
            exercise.question,
            exercise.key.explained(course.misunderstandings.help),
        )
        for course in courses.values()
        for lesson in course.lessons
        for exercise_id, exercise in read_exercises(lesson.path).items()
        if exercise.key is not None
    ]
    return [
        (where, variant.question, variant.key(key))
        for where, question, key in asked
        for variant in (make(question, seed) for seed in range(VARIANTS))
    ]


def _told(key):
    """What a key says of each wrong answer it foresees."""
    for wrong in key.near:
        _, message = key.foresee(wrong)
        yield wrong, key.sentence(message)


def _bare(text):
    return " ".join(re.sub(r"[^\w\s]", " ", text).casefold().split())


def _amounts(text):
    """Every amount a text could be read to name: 350.000, 350rb, 0,35 juta."""
    for digits, unit in re.findall(r"(\d[\d.,]*)\s*(rb|ribu|k|jt|juta)?\b", text.casefold()):
        plain = digits.rstrip(".,").replace(".", "")
        yield round(float(plain.replace(",", ".")) * UNITS[unit])


def _reveals(question, key, message):
    if isinstance(question, SingleChoice):
        return _bare(question.options[key.right]) in _bare(message)
    if not isinstance(question, RupiahAmount):
        return False  # its parts have messages of their own
    return key.right in _amounts(message) or _bare(rupiah_in_words(key.right)) in _bare(message)


def test_every_course_can_be_taught_and_graded(courses):
    for course in courses.values():
        check_course(course)


def test_course_toml_and_folders_agree(request, courses):
    for folder in (request.config.rootpath / "courses").iterdir():
        if not folder.is_dir():
            continue
        listed = tomllib.loads((folder / "course.toml").read_text(encoding="utf-8"))
        lessons = [lesson["slug"] for lesson in listed["lessons"]]
        assert (
            sorted(lessons)
            == lessons
            == sorted(path.stem for path in folder.glob("lessons/*.ipynb"))
        )
        assignments = {assignment["name"] for assignment in listed.get("assignments", [])}
        assert assignments == {path.name for path in folder.glob("source/*") if path.is_dir()}
        assert assignments == {path.stem for path in folder.glob("source/*/*.ipynb")}
        assert folder.name in courses


def test_titles_in_course_toml_and_notebooks_agree(courses):
    for course in courses.values():
        for part in (*course.lessons, *course.assignments):
            first = nbformat.read(part.path, as_version=nbformat.NO_CONVERT).cells[0]
            assert first.source.splitlines()[0] == f"# {part.title}"


def test_no_message_reveals_what_is_right(keyed):
    # Practice too: its trainee may try again, and should find out alone.
    told = [
        (where, message)
        for where, question, key in keyed
        for _, message in _told(key)
        if _reveals(question, key, message)
    ]
    assert told == []


def test_the_watch_for_revealed_answers_sees_them(keyed):
    questions = {where: (question, key) for where, question, key in keyed}
    question, key = questions["pembukuan-dua-laci laba-bengkel"]
    for message in (
        "Mestinya Rp350.000.",
        "Jawab 350rb!",
        "0,35 juta",
        "tiga ratus lima puluh ribu rupiah",
    ):
        assert _reveals(question, key, message)
    question, key = questions["pembukuan-dua-laci seragam-sekolah"]
    assert _reveals(
        question,
        key,
        "Benarnya: pindahkan Rp150.000 ke laci rumah, catat, lalu bayar dari laci rumah!",
    )


def test_no_prompt_asks_for_an_amount_it_already_names(keyed):
    amounts = [(w, q, k) for w, q, k in keyed if isinstance(q, RupiahAmount)]
    assert amounts
    assert [
        where for where, question, key in amounts if key.right in _amounts(question.prompt)
    ] == []


def test_every_wrong_option_names_its_misunderstanding(keyed):
    silent = [
        where
        for where, question, key in keyed
        if isinstance(question, SingleChoice)
        and set(question.options) - {key.right} != set(key.near)
    ]
    assert silent == []


def test_the_right_option_is_neither_always_first_nor_the_longest(keyed):
    choices = [(q, k) for _, q, k in keyed if isinstance(q, SingleChoice)]
    places = {list(question.options).index(key.right) for question, key in choices}
    longest = [
        max(q.options, key=lambda option: len(q.options[option])) == k.right for q, k in choices
    ]
    assert len(places) > 1
    assert sum(longest) <= len(choices) / 2
