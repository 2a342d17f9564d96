"""What the catalogue tells about a well-formed course, and how it refuses a course.toml."""

import subprocess
import sys
from pathlib import Path

import pytest

from umkm.exercise import LongText, RupiahAmount, SingleChoice
from umkm_courses import AskedQuestion, CourseError, Outcome, UnknownContent, load_catalogue


def test_a_course_is_told_as_it_is_written(shelf):
    course = shelf.load().courses["kas-kecil"]
    assert (course.slug, course.title, course.summary) == ("kas-kecil", "Kas", "Belajar kas.")
    assert course.outcomes == (Outcome("tulis-kas", "Dapat menulis kas.", "01-kas", "1.3"),)
    assert course.path == shelf.folder


def test_a_lesson_knows_its_notebook_and_its_exercises(shelf):
    lesson = shelf.load().lesson("kas-kecil", "01-kas")
    assert (lesson.course, lesson.title, lesson.minutes) == ("kas-kecil", "Kas", 5)
    assert lesson.path == shelf.lesson_path
    assert lesson.exercises == ("untung",)


def test_an_assignment_knows_what_it_asks(shelf):
    assignment = shelf.load().assignment("tugas-kas")
    assert assignment.questions == (
        AskedQuestion("laci", SingleChoice("Laci mana?", {"a": "Rumah", "b": "Usaha"}), 2, "auto"),
        AskedQuestion("laba", RupiahAmount("Laba berapa?"), 3, "auto"),
        AskedQuestion("cerita", LongText("Ceritakan."), 5, "manual"),
    )
    assert assignment.points == 10
    assert assignment.groups == {"Memilih": ("laci",), "Menghitung": ("laba", "cerita")}
    assert (assignment.course, assignment.lesson, assignment.path) == (
        "kas-kecil",
        "01-kas",
        shelf.source_path,
    )


def test_options_keep_the_order_of_the_author(shelf):
    shelf.say("laci-tanya", '{"a": "Rumah", "b": "Usaha"}', '{"b": "Usaha", "a": "Rumah"}')
    assert list(shelf.load().assignment("tugas-kas").questions[0].question.options) == ["b", "a"]


def test_unknown_names_are_refused(shelf):
    catalogue = shelf.load()
    for course, lesson in (
        ("kas-kecil", "99-tidak-ada"),
        ("tidak-ada", "01-kas"),
        ("..", "01-kas"),
    ):
        with pytest.raises(UnknownContent, match="no lesson"):
            catalogue.lesson(course, lesson)
    with pytest.raises(UnknownContent, match="no assignment 'lain'"):
        catalogue.assignment("lain")


def test_courses_come_in_alphabetical_order(shelf, new_shelf):
    for slug, name in (("zakat", "tugas-zakat"), ("angka", "tugas-angka")):
        other = new_shelf(slug)
        other.toml = other.toml.replace('"tugas-kas"', f'"{name}"')
        other.write()
        other.source_path.rename(other.source_path.with_name(f"{name}.ipynb"))
        other.source_path.parent.rename(other.source_path.parent.with_name(name))
    assert list(shelf.load().courses) == ["angka", "kas-kecil", "zakat"]


def test_one_assignment_name_in_two_courses_is_refused(shelf, new_shelf):
    new_shelf("lain").write()
    with pytest.raises(
        CourseError,
        match=r"lain/course\.toml: assignment 'tugas-kas' is also in course 'kas-kecil'",
    ):
        shelf.load()


def test_hidden_folders_are_no_courses(shelf):
    (shelf.root / ".ipynb_checkpoints").mkdir(parents=True)
    assert list(shelf.load().courses) == ["kas-kecil"]


def test_a_course_may_have_no_assignment_yet(shelf):
    shelf.toml = shelf.toml.split("[[assignments]]")[0]
    assert shelf.load().courses["kas-kecil"].assignments == ()


TOML_ZOO = {
    "no title": ('title = "Kas"\n', "", "title is missing; add it"),
    "empty summary": (
        'summary = "Belajar kas."',
        'summary = " "',
        "summary must be a text that is not empty",
    ),
    "title no text": ('title = "Kas"', "title = 5", "title must be a text"),
    "outcomes no tables": ("[[outcomes]]", "[outcomes]", "write outcomes as .*tables"),
    "outcome no promise": ("Dapat menulis kas.", "Menulis kas.", 'text must begin with "Dapat"'),
    "outcome nobody teaches": (
        'lesson = "01-kas"\ndigcomp',
        'lesson = "02-kas"\ndigcomp',
        "lesson '02-kas' is none of: 01-kas",
    ),
    "field mistyped": ("summary", "sumary", "unknown field 'sumary'; known are assignments,"),
    "lessons no tables": ("[[lessons]]", "[lessons]", r"write lessons as \[\[lessons\]\] tables"),
    "slug climbs": (
        'slug = "01-kas"',
        'slug = "../../etc"',
        "slug '../../etc' must be 4-32 of a-z",
    ),
    "lesson field mistyped": (
        "minutes = 5",
        "minute = 5",
        r"\[lessons 01-kas\] unknown field 'minute'",
    ),
    "lesson without notebook": (
        'slug = "01-kas"',
        'slug = "02-lain"',
        r"02-lain\.ipynb: cannot be read .*; create it",
    ),
    "name climbs": (
        'name = "tugas-kas"',
        'name = "/tmp/tugas"',
        "name '/tmp/tugas' must be 4-32 of a-z",
    ),
    "assignment without notebook": ('name = "tugas-kas"', 'name = "tugas-lain"', "cannot be read"),
    "lesson of nobody": (
        'lesson = "01-kas"\nminutes',
        'lesson = "09-x"\nminutes',
        r"lesson '09-x' is none of this course's: 01-kas",
    ),
    "no groups": ("[assignments.groups]", "[assignments.group]", "unknown field 'group'"),
    "group of strangers": (
        '["laci"]',
        '["lacii"]',
        "'lacii' is no question of this assignment: laci, laba, cerita",
    ),
    "two groups": (
        '["laba", "cerita"]',
        '["laba", "laci", "cerita"]',
        "'laci' stands in two groups",
    ),
    "no group": ('["laba", "cerita"]', '["laba"]', "'cerita' is in no group"),
    "broken": ("[[lessons]]", "[[lessons", "is not valid TOML: .*line"),
}


@pytest.mark.parametrize(("old", "new", "told"), TOML_ZOO.values(), ids=TOML_ZOO)
def test_a_malformed_course_toml_is_refused(shelf, old, new, told):
    assert old in shelf.toml
    shelf.toml = shelf.toml.replace(old, new, 1)
    with pytest.raises(CourseError, match=told):
        shelf.load()


@pytest.mark.parametrize("line", ["pass_mark = 70", "pass_mark = true"])
def test_a_course_with_the_former_pass_mark_is_loaded(shelf, line):
    known = shelf.load().courses["kas-kecil"]
    shelf.toml = f"{line}\n{shelf.toml}"
    assert shelf.load().courses["kas-kecil"] == known


def test_the_error_names_the_file(shelf):
    shelf.toml = "title = 3"
    with pytest.raises(CourseError) as caught:
        shelf.load()
    assert caught.value.path == shelf.folder / "course.toml"
    assert str(caught.value).startswith(f"{shelf.folder / 'course.toml'}: ")


def test_a_lesson_named_twice_is_refused(shelf):
    lesson = shelf.toml[shelf.toml.index("[[lessons]]") : shelf.toml.index("[[assignments]]")]
    shelf.toml = shelf.toml.replace(lesson, lesson + lesson)
    with pytest.raises(CourseError, match="names a lesson twice"):
        shelf.load()


def test_a_course_without_lessons_is_refused(shelf):
    shelf.toml = shelf.toml.split("[[lessons]]")[0]
    with pytest.raises(CourseError, match=r"names no lesson; add a \[\[lessons\]\] table"):
        shelf.load()


def test_a_folder_without_course_toml_is_refused(shelf):
    shelf.write()
    (shelf.root / "setengah-jadi").mkdir()
    with pytest.raises(CourseError, match=r"setengah-jadi/course\.toml: cannot be read"):
        load_catalogue(shelf.root)


def test_a_folder_name_that_is_no_slug_is_refused(shelf):
    shelf.slug = "Kas Kecil"
    with pytest.raises(CourseError, match="the folder's name 'Kas Kecil' must be 4-32"):
        shelf.load()


def test_text_that_is_not_utf8_is_refused(shelf):
    shelf.write()
    (shelf.folder / "course.toml").write_bytes(b'title = "Kas \xff"')
    with pytest.raises(CourseError, match="is not UTF-8 text"):
        load_catalogue(shelf.root)


def test_no_folder_and_an_empty_folder_are_refused(tmp_path: Path):
    with pytest.raises(CourseError, match="name the folder of courses"):
        load_catalogue(tmp_path / "tidak-ada")
    with pytest.raises(CourseError, match="holds no course"):
        load_catalogue(tmp_path)


@pytest.mark.slow
def test_loading_needs_neither_kernel_nor_nbgrader():
    unwanted = {"IPython", "ipywidgets", "nbgrader"}
    seen = f"import sys, umkm_courses; print({unwanted} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_a_question_may_show_an_outcome(shelf):
    shelf.toml += '\n[assignments.outcomes]\nlaci = "tulis-kas"\n'
    shelf.write()
    course = shelf.load().courses["kas-kecil"]
    assert course.outcome_of(course.assignments[0], "laci") == "tulis-kas"
    assert course.outcome_of(course.assignments[0], "laba") is None


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('lacii = "tulis-kas"', "'lacii' is no question of this assignment: laci, laba, cerita"),
        ('laci = "tulis"', "'laci' shows no outcome of this course"),
    ],
)
def test_an_outcome_that_is_not_there_is_refused(shelf, line, complaint):
    shelf.toml += f"\n[assignments.outcomes]\n{line}\n"
    shelf.write()
    with pytest.raises(CourseError, match=complaint):
        shelf.load()


def test_a_class_has_a_catalogue_of_its_own(shelf):
    shelf.write()
    catalogue = shelf.load()
    mine = catalogue.of(["kas-kecil"])
    assert [one.name for one in mine.assignments] == ["tugas-kas"]
    with pytest.raises(UnknownContent, match="kas-besar"):
        catalogue.of(["kas-kecil", "kas-besar"])
