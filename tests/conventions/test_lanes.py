"""Every test is in one lane of the Makefile, so that the lanes together are `make test`."""

import re

import pytest


@pytest.fixture
def lanes(request):
    """The recipes of the lanes, by name."""
    text = (request.config.rootpath / "Makefile").read_text(encoding="utf-8")
    rules = re.findall(r"^(\w+):[^\n]*\n((?:\t[^\n]*\n)+)", text, re.MULTILINE)
    recipes = {name: recipe for name, recipe in rules if "$(PYTEST)" in recipe}
    return {name: recipe for name, recipe in recipes.items() if name != "test"}


def test_each_folder_of_tests_is_in_a_lane(lanes, request):
    folders = {
        f"tests/{path.name}"
        for path in (request.config.rootpath / "tests").iterdir()
        if path.is_dir() and [*path.rglob("test_*.py")]
    }
    named = [folder for recipe in lanes.values() for folder in re.findall(r"tests/\w+", recipe)]
    assert {*named} == folders
    # What starts nothing is apart from the rest by markers.
    once = [folder for folder in named if folder not in {"tests/unit", "tests/conventions"}]
    assert len(once) == len({*once})


def test_the_markers_of_the_lanes_leave_out_no_test(lanes):
    recipes = "".join(lanes.values())
    marked = [each.strip('"') for each in re.findall(r'-m ("[^"]+"|\w+)', recipes)]
    assert len(marked) == 3
    names = ("browser", "postgres", "slow")
    for number in range(8):
        has = {name: bool(number >> place & 1) for place, name in enumerate(names)}
        assert [eval(each, {}, has) for each in marked].count(True) == 1, has
