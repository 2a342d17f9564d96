"""How a lesson notebook is read and refused."""

import nbformat
import pytest

from umkm.exercise import Key, LongText, RupiahAmount
from umkm_courses import CourseError
from umkm_courses.lessons import Exercise, read_exercises


def test_practice_questions_carry_their_key(shelf):
    shelf.write()
    assert read_exercises(shelf.lesson_path) == {
        "untung": Exercise(
            RupiahAmount("Untung berapa?"),
            Key(15_000, {25_000: (0, "Itu omzet.")}),
            ("Ya.",),
            "soal",
            None,
        )
    }


def test_a_long_text_is_practised_without_a_key(shelf):
    shelf.lesson.append(
        nbformat.v4.new_code_cell('practice("janji", long_text("Janji Anda?"), None)', id="janji")
    )
    shelf.write()
    assert read_exercises(shelf.lesson_path)["janji"] == Exercise(
        LongText("Janji Anda?"), None, (), "janji", None
    )


PRACTICE = (
    'practice("untung", rupiah("Untung berapa?"), 15_000, '
    'near={25_000: (0, "Itu omzet.")}, why="Ya.")'
)
ZOO = {
    "no exercise": (
        'practice("untung", rupiah("Untung berapa?"), 15_000',
        "print(dict(a=1)",
        "has no exercise",
    ),
    "assessment": (
        PRACTICE,
        'ask("untung", rupiah("Untung berapa?"), points=1)',
        r"ask\(\): belongs to an assignment",
    ),
    "text with a key": (
        'rupiah("Untung berapa?"), 15_000',
        'long_text("Untung?"), "ya"',
        "write None as the right",
    ),
    "no key": (
        'rupiah("Untung berapa?"), 15_000',
        'rupiah("Untung berapa?"), None',
        "say which answer is right",
    ),
    "reckoning no text": ('why="Ya."', "why=[5]", "why must be a text, or a list of texts"),
    "key forgotten": ("15_000, ", "", "missing a required argument: 'right'"),
}


@pytest.mark.parametrize(("old", "new", "told"), ZOO.values(), ids=ZOO)
def test_a_malformed_lesson_is_refused(shelf, old, new, told):
    shelf.say("soal", old, new)
    with pytest.raises(CourseError, match=told) as caught:
        shelf.load()
    assert caught.value.path == shelf.lesson_path


def test_an_exercise_id_used_twice_is_refused(shelf):
    shelf.lesson.append(nbformat.v4.new_code_cell(shelf.cell("soal").source, id="soal-lagi"))
    with pytest.raises(CourseError, match=r"cell 'soal-lagi': .*'untung' stands twice"):
        shelf.load()
