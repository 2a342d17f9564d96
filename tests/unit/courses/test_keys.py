"""What is right: read for staff, and refused wherever a trainee could see it."""

import dataclasses

import pytest

import umkm_courses
from umkm.exercise import Key
from umkm_courses import CourseError
from umkm_courses.keys import read_keys


def _keys(shelf):
    return read_keys(shelf.load().assignment("tugas-kas"))


def test_keys_of_the_automatic_questions_only(shelf):
    assert _keys(shelf) == {
        "laci": Key("b", {"a": (1, "Laci rumah bukan untuk itu.")}),
        "laba": Key(350_000, tolerance=500),
    }


def test_the_catalogue_holds_no_key(shelf):
    told = repr(shelf.load())
    assert "350000" not in told
    assert "bukan untuk itu" not in told
    assert not any("key" in name.lower() for name in umkm_courses.__all__)
    for kind in (umkm_courses.AskedQuestion, umkm_courses.Assignment):
        assert not {"key", "keys", "right", "near"} & {
            field.name for field in dataclasses.fields(kind)
        }


BEGIN, END = "### BEGIN HIDDEN TESTS\n", "\n### END HIDDEN TESTS"
ZOO = {
    "no begin": ("laba", BEGIN, "", "needs one line with 'BEGIN HIDDEN TESTS'"),
    "no end": ("laba", END, "", "one with 'END HIDDEN TESTS'"),
    "begin misspelt": (
        "laba",
        BEGIN,
        "### BEGIN HIDEN TESTS\n",
        "needs one line with 'BEGIN HIDDEN TESTS'",
    ),
    "two regions": ("laba", BEGIN, BEGIN + BEGIN, "needs one line"),
    "key before": (
        "laba",
        f'{BEGIN}mark("laba", 350_000, tolerance=500)',
        f'mark("laba", 350_000)\n{BEGIN}pass',
        "trainees would see the right answer; put it between",
    ),
    "not the last": ("laba", END, f"\nprint(1){END}", "must be the last statement"),
    "no key": (
        "laba",
        'mark("laba", 350_000, tolerance=500)',
        "pass",
        r'needs exactly one mark\("laba"',
    ),
    "two keys": (
        "laba",
        'mark("laba"',
        'mark("laba", 1)\nmark("laba"',
        r'needs exactly one mark\("laba"',
    ),
    "another's key": ("laba", 'mark("laba"', 'mark("laci"', "marks 'laci' in the cell of 'laba'"),
    "key in the open": (
        "cerita-lihat",
        'show("cerita")',
        'show("cerita")\nmark("laba", 1)',
        "may stand only in the cell",
    ),
    "key computed": ("laba", "350_000", "700_000 / 2", "write the value itself"),
    "key none": ("laba", "350_000", "None", "say which answer is right"),
    "near no table": (
        "laci",
        '{"a": (1, "Laci rumah bukan untuk itu.")}',
        '["a"]',
        "near must look like",
    ),
    "tolerance no number": (
        "laba",
        "tolerance=500",
        'tolerance="sedikit"',
        "tolerance must be a number",
    ),
    "scheme open": ("cerita", "\n=== END MARK SCHEME ===", "", "one with 'END MARK SCHEME'"),
    "no scheme": (
        "cerita",
        "\n=== BEGIN MARK SCHEME ===\nLima.\n=== END MARK SCHEME ===",
        "",
        "needs one line with 'BEGIN MARK SCHEME'",
    ),
}


@pytest.mark.parametrize(("cell", "old", "new", "told"), ZOO.values(), ids=ZOO)
def test_a_key_in_the_wrong_place_or_shape_is_refused(shelf, cell, old, new, told):
    shelf.say(cell, old, new)
    with pytest.raises(CourseError, match=told):
        _keys(shelf)
