"""The page for authors of lessons: its example course is built, checked and run."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from tests.conventions import test_notebooks as house

from umkm_courses import check_course, load_catalogue
from umkm_courses.lessons import read_exercises

CELL = re.compile(
    r"^\*\*`([a-z0-9-]+)`\*\*([^\n]*)\n\n```(markdown|python)\n(.*?)\n```", re.M | re.S
)
FILE = re.compile(r"^```toml\n# courses/kopi/([a-z]+\.toml)\n(.*?)^```", re.M | re.S)


@pytest.fixture(scope="module")
def page(request):
    return (request.config.rootpath / "docs" / "menulis-pelajaran.md").read_text("utf-8")


def cell_of(name, about, language, source):
    metadata = {}
    if tag := re.search(r"tag `([a-z]+)`", about):
        metadata["tags"] = [tag[1]]
    if step := re.search(r"langkah `([a-z-]+)`", about):
        metadata["umkm"] = {"step": step[1]}
    if language == "markdown":
        return new_markdown_cell(source, id=name, metadata=metadata)
    hidden = {"jupyter": {"source_hidden": True}}
    return new_code_cell(source, id=name, metadata=metadata | hidden)


@pytest.fixture(scope="module")
def lesson(page):
    made = new_notebook(cells=[cell_of(*found) for found in CELL.findall(page)])
    assert len(made.cells) > 10
    return made


@pytest.fixture(scope="module")
def course(page, lesson, tmp_path_factory):
    folder = tmp_path_factory.mktemp("courses") / "kopi"
    (folder / "lessons").mkdir(parents=True)
    for name, content in FILE.findall(page):
        (folder / name).write_text(content, encoding="utf-8")
    nbformat.write(lesson, folder / "lessons" / "01-modal-kopi.ipynb")
    return load_catalogue(folder.parent).courses["kopi"]


def test_the_course_of_the_page_can_be_taught_and_marked(course):
    check_course(course)
    assert len(read_exercises(course.lessons[0].path)) == 5


@pytest.mark.parametrize(
    "rule",
    [
        house.test_lessons_have_the_five_steps_in_order,
        house.test_lessons_have_no_other_heading_of_a_step,
        house.test_a_rule_of_thumb_is_one_sentence,
        house.test_each_step_has_its_exercises,
        house.test_lessons_have_a_note_for_trainers,
        house.test_lessons_hide_their_code,
    ],
    ids=lambda rule: rule.__name__,
)
def test_its_lesson_keeps_the_rules_for_lessons(lesson, rule):
    rule({"courses/kopi/lessons/01-modal-kopi.ipynb": lesson})


def test_its_lesson_runs(course, lesson, monkeypatch):
    monkeypatch.chdir(course.lessons[0].path.parent)
    names = {}
    for cell in lesson.cells:
        if cell.cell_type == "code":
            exec(cell.source, names)


def test_what_the_page_says_of_make_check_is_what_it_says(request, page):
    table = re.findall(r"^\| `([^`]+)` \|", page.split("## Yang dikatakan")[1], re.M)
    assert len(table) > 8
    source = request.config.rootpath / "src"
    code = "".join(path.read_text("utf-8") for path in source.glob("umkm*/**/*.py"))
    assert [words for words in table if words not in code] == []


def test_what_the_page_names_is_there(request, page):
    root = request.config.rootpath
    for name in re.findall(r"\]\(([a-z-]+\.md)\)", page):
        assert (root / "docs" / name).exists()
    for target in set(re.findall(r"`make ([a-z]+)`", page)):
        assert re.search(rf"^{target}:", (root / "Makefile").read_text("utf-8"), re.M), target
    assert list((root / "tests" / "grading" / "personas").glob("*/nakal.json"))
