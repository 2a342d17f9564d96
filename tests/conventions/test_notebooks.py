"""Notebooks are committed without outputs, and every lesson has its five steps."""

import ast
import re
import subprocess

import nbformat
import pytest

TAGS = {"setup", "widget", "answer", "trainer", "raises-exception", "keep_output"}
STEPS = {
    "cerita": "Cerita",
    "aturan-jempol": "Aturan jempol",
    "coba": "Coba",
    "lakukan": "Lakukan sekarang",
    "ingat": "Ingat",
}
HUMAN_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
RANDOM_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){0,3}(-[0-9a-f]{12})?")


@pytest.fixture(scope="module")
def notebooks(request):
    """Path -> (text, notebook) of every notebook under version control, or about to be."""
    root = request.config.rootpath
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", "*.ipynb"],
        cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    texts = {
        name: (root / name).read_text(encoding="utf-8")
        for name in listing.stdout.splitlines()
        if (root / name).exists()
    }
    assert texts
    return {
        name: (text, nbformat.reads(text, as_version=nbformat.NO_CONVERT))
        for name, text in texts.items()
    }


@pytest.fixture(scope="module")
def cells(notebooks):
    return [
        (f"{name} {cell.get('id')}", cell)
        for name, (_, notebook) in notebooks.items()
        for cell in notebook.cells
    ]


@pytest.fixture(scope="module")
def lessons(notebooks):
    found = {name: notebook for name, (_, notebook) in notebooks.items() if "/lessons/" in name}
    assert found
    return found


def _steps(lesson):
    """The cells of each step, in the order of the notebook."""
    steps, current = {}, None
    for cell in lesson.cells:
        current = cell.metadata.get("umkm", {}).get("step", current)
        if current is not None:
            steps.setdefault(current, []).append(cell)
    return steps


def _exercises(cells):
    return sum(cell.cell_type == "code" and cell.source.startswith("practice(") for cell in cells)


def test_notebooks_are_written_the_one_way_nbformat_writes_them(notebooks):
    assert [
        name
        for name, (text, notebook) in notebooks.items()
        if text != nbformat.writes(notebook) + "\n"
    ] == []


def test_notebooks_are_of_format_4_5_for_python3(notebooks):
    told = {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    other = [
        name
        for name, (_, notebook) in notebooks.items()
        if (notebook.nbformat, notebook.nbformat_minor) != (4, 5) or notebook.metadata != told
    ]
    assert other == []


def test_no_output_and_no_count_is_kept(cells):
    ran = [
        where
        for where, cell in cells
        if cell.cell_type == "code"
        and (
            cell.execution_count is not None
            or (cell.outputs and "keep_output" not in cell.metadata.get("tags", []))
        )
    ]
    assert ran == []


def test_cell_ids_are_words_people_chose(cells):
    assert [
        where for where, c in cells if not HUMAN_ID.fullmatch(c.id) or RANDOM_ID.fullmatch(c.id)
    ] == []


def test_only_known_tags(cells):
    assert [
        (where, c.metadata.tags) for where, c in cells if set(c.metadata.get("tags", [])) - TAGS
    ] == []


def test_code_cells_are_one_or_two_statements(cells):
    code = [(where, cell.source) for where, cell in cells if cell.cell_type == "code"]
    assert [where for where, source in code if not 1 <= len(ast.parse(source).body) <= 2] == []


def test_every_picture_has_words_and_comes_from_here(cells):
    wordless = re.compile(
        r"!\[\s*\]\(|!\[[^\]]*\]\(\s*(?:https?:)?//|<(?:img|script|iframe|link)\b", re.IGNORECASE
    )
    assert [
        where for where, c in cells if c.cell_type == "markdown" and wordless.search(c.source)
    ] == []


def test_nothing_stands_beside_a_source_notebook_as_text(request):
    sources = request.config.rootpath.glob("courses/*/source/**/*")
    assert [path for path in sources if path.suffix in {".md", ".py", ".txt", ".rmd", ".qmd"}] == []


def test_lessons_have_the_five_steps_in_order(lessons):
    for name, lesson in lessons.items():
        steps = _steps(lesson)
        assert list(steps) == list(STEPS), name
        assert [cells[0].source.splitlines()[0] for cells in steps.values()] == [
            f"## {t}" for t in STEPS.values()
        ], name


def test_lessons_have_no_other_heading_of_a_step(lessons):
    for name, lesson in lessons.items():
        lines = [
            line
            for cell in lesson.cells
            if cell.cell_type == "markdown"
            for line in cell.source.splitlines()
        ]
        assert len([line for line in lines if line.startswith("## ")]) == 5, name
        assert len([line for line in lines if line.startswith("# ")]) == 1, name


def test_a_rule_of_thumb_is_one_sentence(lessons):
    for name, lesson in lessons.items():
        quoted = [
            line
            for line in _steps(lesson)["aturan-jempol"][0].source.splitlines()
            if line.startswith(">")
        ]
        assert len(quoted) == 1, name
        assert len(re.findall(r"[.!?]", quoted[0])) == 1, name


def test_each_step_has_its_exercises(lessons):
    for name, lesson in lessons.items():
        steps = {step: _exercises(cells) for step, cells in _steps(lesson).items()}
        assert steps["cerita"] == steps["aturan-jempol"] == 0, name
        assert 2 <= steps["coba"] <= 6, name
        assert steps["lakukan"] >= 1, name
        # Two of the first lesson's own; later ones ask again for what a trainee is due for.
        again = [cell.source for cell in _steps(lesson)["ingat"]].count("recall()")
        assert (steps["ingat"], again) == ((2, 0) if "/01-" in name else (0, 1)), name


def test_lessons_have_a_note_for_trainers(lessons):
    for name, lesson in lessons.items():
        notes = [cell for cell in lesson.cells if "trainer" in cell.metadata.get("tags", [])]
        assert [note.source.splitlines()[0] for note in notes] == ["### Catatan pelatih"], name
        for part in ("**Waktu di kelas", "**Yang sering tersangkut**", "**Bahan diskusi**"):
            assert part in notes[0].source, (name, part)


def test_lessons_hide_their_code(lessons):
    for name, lesson in lessons.items():
        code = [cell for cell in lesson.cells if cell.cell_type == "code"]
        assert code[0].metadata.tags == ["setup"], name
        assert all(cell.metadata.jupyter.source_hidden for cell in code), name
