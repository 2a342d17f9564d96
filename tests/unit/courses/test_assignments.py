"""How an assignment notebook is refused: each spoilt in one place, each with its clear error."""

import json

import nbformat
import pytest

from umkm_courses import CourseError, read_questions


def _drop(cell_id):
    return lambda shelf: shelf.drop(cell_id)


def _say(cell_id, old, new):
    return lambda shelf: shelf.say(cell_id, old, new)


def _label(cell_id, **changes):
    return lambda shelf: shelf.label(cell_id, **changes)


def _double(shelf):
    shelf.say("laba-tanya", 'ask("laba"', 'ask("laci"')


def _swap(shelf):
    shelf.source[1], shelf.source[2] = shelf.source[2], shelf.source[1]


def _without_grading(shelf):
    del shelf.cell("laci-tanya").metadata["nbgrader"]


def _nothing_asked(shelf):
    shelf.source = shelf.source[:1]


ZOO = {
    "grade cell missing": (
        _drop("laci"),
        "'laci-tanya': ask.*no autograded code cell with grade_id 'laci' follows; add",
    ),
    "task cell missing": (
        _drop("cerita"),
        "no task cell .markdown. with grade_id 'cerita' follows",
    ),
    "ask missing": (_drop("laba-tanya"), "cell 'laba': carries points but nothing asks 'laba'"),
    "nothing asked": (_nothing_asked, "asks nothing; add a cell with ask"),
    "grade cell first": (_swap, "no autograded code cell with grade_id 'laci' follows"),
    "text never shown": (
        _drop("cerita-lihat"),
        r"cell 'cerita-tanya': show\(\"cerita\"\) is missing",
    ),
    "answer never shown": (
        _say("laba", 'show("laba")\n', ""),
        r"cell 'laba': show\(\"laba\"\) is missing",
    ),
    "points disagree": (
        _label("laci", points=3),
        r"cell 'laci': points must be 2, as in ask\('laci'",
    ),
    "points missing": (_label("laci", points=None), "points must be 2"),
    "points no number": (_label("laci", points="2"), "nbgrader points must be a number"),
    "points zero": (_say("laci-tanya", "points=2", "points=0"), "points 0: give a number above 0"),
    "task unlocked": (_label("cerita", locked=False), "cell 'cerita': must be \"locked\": true"),
    "grade unlocked": (_label("laci", locked=False), "cell 'laci': must be \"locked\": true"),
    "solution cell": (_label("laba", solution=True), '"solution": false; trainees never edit'),
    "text as grade cell": (
        _label("cerita", task=False, grade=True),
        'with "task": true and "grade": false',
    ),
    "choice as task": (
        _label("laci", task=True, grade=False),
        'must be a code cell with "grade": true',
    ),
    "ask with points": (
        _label("laci-tanya", grade=True, points=2),
        "locked nbgrader cell without points",
    ),
    "ask outside nbgrader": (_without_grading, "locked nbgrader cell without points"),
    "asked twice": (_double, "'laci' is asked twice"),
    "grade_id twice": (_label("laba-tanya", grade_id="laci"), "grade_id 'laci' stands twice"),
    "grade_id missing": (_label("laba-tanya", grade_id=None), "needs a grade_id"),
    "old schema": (_label("laba-tanya", schema_version=2), "must be of schema_version 3"),
    "flag missing": (_label("laba-tanya", task=None), 'needs "task": true or false'),
    "id no id": (_say("laci-tanya", '"laci"', '"Laci Usaha"'), "'Laci Usaha' is no question id"),
    "id climbs": (_say("laci-tanya", '"laci"', '"../laci"'), "'../laci' is no question id"),
    "no question": (
        _say("laba-tanya", 'rupiah("Laba berapa?")', '"Laba?"'),
        "write the question as one of fill_statement, long_text",
    ),
    "bad question": (
        _say("laci-tanya", '"a": "Rumah", ', ""),
        r"cell 'laci-tanya': single_choice\(\):",
    ),
    "too few arguments": (
        _say("laba-tanya", ", points=3", ""),
        r"ask\(\): missing a required argument: 'points'",
    ),
    "argument mistyped": (
        _say("laba-tanya", "points=", "point="),
        r"ask\(\): (missing|got an unexpected)",
    ),
    "computed": (_say("laba-tanya", "points=3", "points=POIN"), "line 1: write the value itself"),
    "f-string": (_say("laba-tanya", '"Laba berapa?"', 'f"Laba {1+1}?"'), "write the value itself"),
    "unpacked": (_say("laba-tanya", "points=3", "**{'points': 3}"), r"'\*\*' can not be read"),
    "option twice": (
        _say("laci-tanya", '"b": "Usaha"', '"a": "Usaha"'),
        "line 1: a key stands twice",
    ),
    "hidden in an if": (
        _say("laba-tanya", "ask(", "if True: ask("),
        r"write ask\(…\) as a statement of its own",
    ),
    "kept in a name": (_say("laba-tanya", "ask(", "x = ask("), "as a statement of its own"),
    "called through a module": (
        _say("laba-tanya", "ask(", "sheet.ask("),
        "called by its plain name",
    ),
    "no Python": (_say("laba-tanya", "ask(", "%run ask("), "is no plain Python"),
    "practice shows the key": (
        _say(
            "laba-tanya",
            'ask("laba", rupiah("Laba berapa?"), points=3)',
            'practice("laba", rupiah("Laba?"), 3)',
        ),
        "practice shows the right answer",
    ),
}


@pytest.mark.parametrize(("spoil", "told"), ZOO.values(), ids=ZOO)
def test_a_malformed_assignment_is_refused(shelf, spoil, told):
    spoil(shelf)
    with pytest.raises(CourseError, match=told) as caught:
        shelf.load()
    assert caught.value.path == shelf.source_path


def test_an_error_carries_its_cell(shelf):
    shelf.label("laci", points=3)
    with pytest.raises(CourseError) as caught:
        shelf.load()
    assert caught.value.cell == "laci"


def _notebook(cells):
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


BROKEN_FILES = {
    "no JSON": (b"{", "its JSON is broken"),
    "empty": (b"", "its JSON is broken"),
    "a list": (b"[]", "is not of notebook format 4.5"),
    "not UTF-8": (b"\xff\xfe{}", "is not UTF-8 text"),
    "nothing in it": (b"{}", "is not of notebook format 4.5"),
    "old format": (
        json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode(),
        "is not of notebook format 4.5",
    ),
    "no cells": (_notebook(None), "it has no list of cells"),
    "cell without source": (
        _notebook([{"cell_type": "markdown", "id": "a", "metadata": {}}]),
        "is not a valid notebook: 'source' is a required property",
    ),
    "cell without id": (
        _notebook([{"cell_type": "markdown", "metadata": {}, "source": ""}]),
        "cell number 1 needs an id of its own",
    ),
    "two cells of one id": (
        _notebook([{"cell_type": "markdown", "id": "a", "metadata": {}, "source": ""}] * 2),
        "cell number 2 needs an id of its own",
    ),
}


@pytest.mark.parametrize(("content", "told"), BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_a_file_that_is_no_notebook_is_refused(tmp_path, content, told):
    path = tmp_path / "tugas.ipynb"
    path.write_bytes(content)
    with pytest.raises(CourseError, match=told):
        read_questions(path)


def test_step_metadata_of_another_shape_is_refused(shelf):
    shelf.cell("laba-tanya").metadata["umkm"] = {"step": 3}
    with pytest.raises(CourseError, match='metadata "umkm" must look like'):
        shelf.load()


def test_nothing_in_a_notebook_is_run(shelf, tmp_path):
    proof = tmp_path / "dijalankan"
    shelf.source.insert(1, nbformat.v4.new_code_cell(f"open({str(proof)!r}, 'w')", id="jahil"))
    shelf.load()
    assert not proof.exists()


def test_the_release_asks_the_same_without_its_keys(shelf):
    asked = shelf.load().assignment("tugas-kas").questions
    for cell_id in ("laci", "laba"):
        cell = shelf.cell(cell_id)
        cell.source = cell.source.split("\n")[0]
    shelf.write()
    assert read_questions(shelf.source_path) == asked
