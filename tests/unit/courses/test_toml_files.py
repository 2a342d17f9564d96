"""What an author is told of a TOML file: the table, the field, and what it must be."""

from typing import get_type_hints

import pytest

from umkm_courses import CourseError
from umkm_courses.course_file import (
    AssignmentTable,
    CourseFile,
    LessonTable,
    OutcomeTable,
    PairedTestTable,
)
from umkm_courses.facts import Fact

# As authors were told before the files were read by msgspec: table in brackets, then field and rule.
TOLD = {
    "too long": (
        "minutes = 5",
        "minutes = 241",
        "[lessons 01-kas] minutes must be a whole number from 1 to 240",
    ),
    "minutes true": (
        "minutes = 5",
        "minutes = true",
        "[lessons 01-kas] minutes must be a whole number from 1 to 240",
    ),
    "no minutes": ("minutes = 10", "", "[assignments tugas-kas] minutes is missing; add it"),
    "no slug": ('slug = "01-kas"', "", "[lessons ?] slug is missing; add it"),
    "no lesson": (
        'lesson = "01-kas"\ndigcomp',
        "digcomp",
        "[outcomes tulis-kas] lesson is missing; add it",
    ),
    "groups no table": (
        '[assignments.groups]\n"Memilih" = ["laci"]\n"Menghitung" = ["laba", "cerita"]',
        "groups = 3",
        "[assignments tugas-kas] groups must be a table",
    ),
    "second group no list": (
        '["laba", "cerita"]',
        '"laba"',
        '[assignments tugas-kas.groups] Menghitung must be a list of texts, like ["…", "…"]',
    ),
    "number in a group": (
        '["laci"]',
        '["laci", 3]',
        '[assignments tugas-kas.groups] Memilih must be a list of texts, like ["…", "…"]',
    ),
    "group of none": (
        '["laci"]',
        "[]",
        '[assignments tugas-kas.groups] Memilih must be a list of texts, like ["…", "…"]',
    ),
    "empty competence": (
        '"1.3"',
        '""',
        "[outcomes tulis-kas] digcomp must be a text that is not empty",
    ),
    "test no table": ('title = "Kas"', 'title = "Kas"\ntest = 3', "test must be a table"),
    "test without items": (
        "[[outcomes]]",
        '[test]\nforms = ["a"]\n[[outcomes]]',
        "[test] items is missing; add it",
    ),
    "item no text": (
        "[[outcomes]]",
        '[test]\nforms = ["a"]\nitems = {x = "y", laba = 3}\n[[outcomes]]',
        "[test.items] laba must be a text that is not empty",
    ),
    "list of no tables": (
        'title = "Kas"',
        'title = "Kas"\nassignments = [3]',
        "write assignments as [[assignments]] tables",
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), TOLD.values(), ids=TOLD)
def test_an_author_is_told_table_field_and_rule(shelf, old, new, told):
    assert old in shelf.toml
    shelf.toml = shelf.toml.replace(old, new, 1)
    if told.startswith("write assignments"):
        shelf.toml = shelf.toml.split("[[assignments]]")[0]
    with pytest.raises(CourseError) as caught:
        shelf.load()
    assert str(caught.value).startswith(f"{shelf.folder / 'course.toml'}: {told}")


def test_a_help_that_is_no_text_is_named(shelf):
    shelf.write()
    path = shelf.folder / "misunderstandings.toml"
    path.write_text('omzet = "Itu omzet."\nlaba = ["Itu laba."]\n', encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        shelf.load()
    assert str(caught.value) == f"{path}: laba must be a text that is not empty"


@pytest.mark.parametrize(
    "table", [AssignmentTable, CourseFile, Fact, LessonTable, OutcomeTable, PairedTestTable]
)
def test_no_field_leaves_an_author_with_the_words_of_a_library(table):
    for name, kind in get_type_hints(table, include_extras=True).items():
        if name == "pass_mark":
            continue
        carried = {key for one in kind.__metadata__ for key in one.extra or {}}
        assert carried & {"must", "sentence"}, name
