"""The test before and after a course: two forms that can stand for each other."""

import pytest
from tests.unit.courses.conftest import code, grading, markdown

from umkm_courses import CourseError, check_course

FORM_TOML = """
[[assignments]]
name = "kas-tes-{form}"
title = "Tes {form}"
lesson = "01-kas"
minutes = 10

[assignments.groups]
"Tes" = ["untung"]
"""
TEST_TOML = """
[test]
forms = ["kas-tes-a", "kas-tes-b"]

[test.items]
untung = "tulis-kas"
"""


def item(question, points=1, right="15_000"):
    return [
        code("untung-tanya", f'ask("untung", {question}, points={points})', grading("t1")),
        code(
            "untung",
            f'show("untung")\n### BEGIN HIDDEN TESTS\nmark("untung", {right})\n### END HIDDEN TESTS',
            grading("untung", grade=True, points=points),
        ),
    ]


@pytest.fixture
def tested(shelf):
    shelf.toml += FORM_TOML.format(form="a") + FORM_TOML.format(form="b") + TEST_TOML
    for form, amount in (("a", 15), ("b", 25)):
        asked = item(f'rupiah("Untung {form}?")', right=f"{amount}_000")
        shelf.further[f"kas-tes-{form}"] = [markdown("judul", f"# Tes {form}"), *asked]
    return shelf


def load(shelf):
    return shelf.load().courses["kas-kecil"]


def test_each_half_of_a_class_begins_with_the_other_form(tested):
    course = load(tested)
    check_course(course)
    one, other = (course.test.sittings(half) for half in (0, 1))
    assert [form.name for form in one] == ["kas-tes-a", "kas-tes-b"]
    assert [form.name for form in other] == ["kas-tes-b", "kas-tes-a"]
    assert course.test.items == {"untung": "tulis-kas"}


def test_the_test_is_no_task_that_counts(tested):
    assert [task.name for task in load(tested).tasks] == ["tugas-kas"]


def test_a_course_without_a_test_is_all_tasks(shelf):
    course = load(shelf)
    assert course.test is None
    assert course.tasks == course.assignments


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (item('rupiah("Untung?")', points=2), "other points or kind than in form A"),
        (
            item('single_choice("Mana?", {"a": "Satu", "b": "Dua"})', right='"a"'),
            "other points or kind than in form A",
        ),
    ],
    ids=["points", "kind"],
)
def test_forms_that_differ_are_refused(tested, changed, told):
    tested.further["kas-tes-b"][1:] = changed
    with pytest.raises(CourseError, match=told):
        check_course(load(tested))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"kas-tes-b"]', '"kas-tes-a"]', "forms must name two assignments"),
        ('"kas-tes-b"]', '"tugas-lain"]', "forms must name two assignments"),
        ('untung = "tulis-kas"', 'untung = "lain"', "'untung' tests no outcome"),
        ("forms =", "form =", "unknown field 'form'"),
    ],
)
def test_a_malformed_test_is_refused(tested, old, new, told):
    tested.toml = tested.toml.replace(old, new, 1)
    with pytest.raises(CourseError, match=told):
        load(tested)


def test_an_outcome_that_no_item_tests_is_refused(tested):
    further = '[[outcomes]]\nid = "lain"\ntext = "Dapat lain."\nlesson = "01-kas"\n\n[[lessons]]'
    tested.toml = tested.toml.replace("[[lessons]]", further, 1)
    with pytest.raises(CourseError, match="no test item tests outcome 'lain'"):
        check_course(load(tested))


def test_an_item_without_an_outcome_is_refused(tested):
    tested.toml = tested.toml.replace('untung = "tulis-kas"', 'laba = "tulis-kas"', 1)
    with pytest.raises(CourseError, match="and the forms differ"):
        check_course(load(tested))
