"""Graded without a kernel, a submission leaves what stock nbgrader leaves: rows, notebook, page."""

import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Base
from sqlalchemy import create_engine, select
from tests.grading.classes import TASK, open_class

from umkm_grading import grade, publish_feedback
from umkm_grading.gradebook.converters import autograde, generate_feedback
from umkm_grading.gradebook.nbgrader_config import feedback_config, nbgrader_config

PERSONAS = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))["answers"]
    for file in sorted(Path(__file__).with_name("personas").glob("*.json"))
}
TEXT = "rencana-dua-laci"
#: Keys that are random, and what they lead to by name instead.
OURS = {"id", "assignment_id", "notebook_id", "cell_id"}


@pytest.fixture(scope="module")
def both(tmp_path_factory, catalogue):
    """Two classes with the same submissions: one graded by stock nbgrader, one by us."""
    classes = []
    for name in ("stok", "kita"):
        one = open_class(tmp_path_factory.mktemp(name), catalogue)
        for code, answers in zip(one.codes, PERSONAS.values(), strict=False):
            one.put(code, answers)
        classes.append(one)
    stock, ours = classes
    for code in stock.codes[: len(PERSONAS)]:
        autograde(nbgrader_config(stock.class_folder), TASK, code)
    outcomes = grade(ours.class_folder, TASK)
    assert [one.ok for one in outcomes] == [True] * len(PERSONAS)
    # None of them needed a kernel.
    assert not any("kernel" in one.seconds for one in outcomes)
    return stock, ours


def rows(one):
    """Every row of every table of a gradebook, by what it is about."""
    engine = create_engine(one.class_folder.gradebook_url)
    with engine.connect() as connection:
        tables = Base.metadata.tables
        cells = dict(
            connection.execute(select(tables["base_cell"].c.id, tables["base_cell"].c.name)).all()
        )
        notebook, submitted = tables["submitted_notebook"], tables["submitted_assignment"]
        of_whom = select(notebook.c.id, submitted.c.student_id).join_from(notebook, submitted)
        owners = dict(connection.execute(of_whom).all())
        found = {}
        for table in tables.values():
            found[table.name] = sorted(
                (
                    {key: value for key, value in row.items() if key not in OURS}
                    | {
                        "cell": cells.get(row.get("cell_id")),
                        "of": owners.get(row.get("notebook_id")),
                    }
                    for row in connection.execute(select(table)).mappings()
                ),
                key=repr,
            )
    engine.dispose()
    return found


def plain(path):
    """A notebook without the moments at which its cells ran."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for moment in cell.metadata.get("execution", {}):
            cell.metadata.execution[moment] = "…"
    return notebook


def test_every_row_of_the_gradebook_is_the_same_but_for_the_empty_text(both):
    stock, ours = map(rows, both)
    assert len(stock["grade"]) == 3 * len(PERSONAS)
    empty = both[0].codes[list(PERSONAS).index("kosong")]
    for row in stock["grade"]:
        # Our one difference at a first grading: nobody has to read an empty text.
        if (row["cell"], row["of"]) == (TEXT, empty):
            assert (row["manual_score"], row["needs_manual_grade"]) == (None, True)
            row.update(manual_score=0, needs_manual_grade=False)
    for table, expected in stock.items():
        assert sorted(ours[table], key=repr) == sorted(expected, key=repr), table


def test_notebooks_and_files_beside_them_are_the_same(both):
    for code in both[0].codes[: len(PERSONAS)]:
        folders = [one.class_folder.autograded(code, TASK) for one in both]
        names = [sorted(path.name for path in folder.iterdir()) for folder in folders]
        assert names[0] == names[1]
        name = f"{TASK}.ipynb"
        assert plain(folders[0] / name) == plain(folders[1] / name)
        modes = [
            {path.name: path.stat().st_mode for path in folder.iterdir()} for folder in folders
        ]
        assert modes[0] == modes[1]


def test_the_notebook_is_written_as_nbgrader_writes_it(both):
    stamp = re.compile(r'"(iopub|shell)\.[a-z_.]+": "[^"]+"')
    texts = [
        stamp.sub(
            "…",
            (one.class_folder.autograded(one.codes[0], TASK) / f"{TASK}.ipynb").read_text("utf-8"),
        )
        for one in both
    ]
    assert texts[0] == texts[1]


def test_a_second_grading_with_an_override_agrees_too(both):
    stock, ours = both
    code = stock.codes[list(PERSONAS).index("salah")]
    for one in both:
        one.staff_gives(code, "laba-bengkel", 2)
        shutil.rmtree(one.class_folder.submitted(code, TASK))
        one.put(code, PERSONAS["benar"] | {"laba-bengkel": "250000"}, attempt=2)
    autograde(nbgrader_config(stock.class_folder), TASK, code)
    (outcome,) = grade(ours.class_folder, TASK)
    assert outcome.ok
    for question in ("seragam-sekolah", "laba-bengkel"):
        assert stock.scores(code)[question] == ours.scores(code)[question]


def test_feedback_pages_are_the_same(both):
    stock, ours = both
    code = stock.codes[list(PERSONAS).index("nakal")]
    for one in both:
        one.staff_gives(code, TEXT, 3, comment="Bagus & <rapi>")
    generate_feedback(feedback_config(stock.class_folder), TASK, code)
    publish_feedback(ours.class_folder, ours.records, ours.assignment)
    pages = [
        {path.name: path for path in one.class_folder.feedback(code, TASK).iterdir()}
        for one in both
    ]
    assert pages[0].keys() == pages[1].keys()
    name = f"{TASK}.html"
    assert pages[0][name].read_bytes() == pages[1][name].read_bytes()
    assert "Bagus &amp; &lt;rapi&gt;" in pages[1][name].read_text(encoding="utf-8")
    assert {path.stat().st_mode for path in pages[0].values()} == {pages[1][name].stat().st_mode}
