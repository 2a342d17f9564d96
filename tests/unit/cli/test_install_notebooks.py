"""The trainer's folder: installed at each opening; what the trainer changed is moved and kept."""

import dataclasses
import json

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from umkm_cli.install_notebooks import MONITOR, PAGES, install_notebooks, notary_folder
from umkm_cli.paths import Paths
from umkm_courses import load_catalogue

pytestmark = pytest.mark.slow

LESSON = "pelajaran/pembukuan/01-dua-laci.ipynb"


@pytest.fixture
def paths(tmp_path, request):
    return Paths(request.config.rootpath, tmp_path)


@pytest.fixture
def catalogue(paths):
    return load_catalogue(paths.courses)


@pytest.fixture
def root(paths, catalogue):
    return install_notebooks(paths, "kasemen", catalogue)


def cells(path):
    return nbformat.read(path, as_version=4).cells


def run_by_autosave(path):
    """As JupyterLab leaves a notebook in which every cell was run."""
    notebook = nbformat.read(path, as_version=4)
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            cell.execution_count = number
            cell.outputs = [nbformat.v4.new_output("stream", text="sudah dijalankan")]
    notebook.cells.append(nbformat.v4.new_code_cell())
    nbformat.write(notebook, path)


def rewrite(path, text):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source = text
    nbformat.write(notebook, path)


def kept(root):
    return sorted(
        path.relative_to(root / "pelajaran saya").as_posix()
        for path in (root / "pelajaran saya").rglob("*.*")
        if path.suffix in (".ipynb", ".md")
    )


def test_the_lessons_of_the_class_and_the_trainers_pages_are_there(paths, catalogue):
    root = install_notebooks(paths, "kasemen", catalogue.of(["pembukuan"]))
    assert {path.name for path in root.glob("*.ipynb")} == set(PAGES)
    assert [path.name for path in (root / "pelajaran").iterdir()] == ["pembukuan"]
    lessons = catalogue.courses["pembukuan"].lessons
    assert {path.name for path in (root / "pelajaran/pembukuan").glob("*.ipynb")} == {
        lesson.path.name for lesson in lessons
    }


def test_nothing_of_another_class_and_no_key_is_below_the_folder(paths, catalogue, root):
    other = install_notebooks(paths, "serang", catalogue)
    (other / "rahasia.txt").write_text("milik kelas lain")
    below = {path.name for path in root.rglob("*")} | {path.name for path in root.parent.iterdir()}
    assert "rahasia.txt" not in {path.name for path in root.rglob("*")}
    assert not {"source", "gradebook.db", "umkm.db", ".rahasia", "angkatan"} & below


def test_what_only_the_trainer_reads_stands_apart(catalogue, root):
    for course in catalogue.courses.values():
        for lesson in course.lessons:
            notes = [
                cell for cell in cells(lesson.path) if "trainer" in cell.metadata.get("tags", [])
            ]
            shown = (root / "pelajaran" / course.slug / lesson.path.name).read_text(
                encoding="utf-8"
            )
            assert "Catatan pelatih" not in shown
            apart = root / "catatan pelatih" / course.slug / f"{lesson.path.stem}.md"
            assert notes
            assert all(cell.source in apart.read_text(encoding="utf-8") for cell in notes)


def test_what_was_only_run_is_laid_out_anew(paths, catalogue, root):
    before = (root / LESSON).read_bytes()
    run_by_autosave(root / LESSON)
    run_by_autosave(root / MONITOR)
    install_notebooks(paths, "kasemen", catalogue)
    assert (root / LESSON).read_bytes() == before
    assert "sudah dijalankan" not in (root / MONITOR).read_text()
    assert kept(root) == []


def test_what_the_trainer_wrote_is_moved_and_ours_is_there_again(paths, catalogue, root):
    before = (root / LESSON).read_bytes()
    for text in ("Versi saya", "Versi saya yang kedua"):
        rewrite(root / LESSON, text)
        install_notebooks(paths, "kasemen", catalogue)
        install_notebooks(paths, "kasemen", catalogue)
        assert (root / LESSON).read_bytes() == before
    mine = kept(root)
    assert len(mine) == 2
    assert all(name.startswith("pembukuan/01-dua-laci (diubah 20") for name in mine)
    assert {cells(root / "pelajaran saya" / name)[0].source for name in mine} == {
        "Versi saya",
        "Versi saya yang kedua",
    }
    # It runs there too, and in each class the trainer teaches.
    other = install_notebooks(paths, "serang", catalogue)
    assert kept(other) == mine
    assert (other / "pelajaran saya/pembukuan/misunderstandings.toml").exists()


@pytest.mark.parametrize("junk", ["bukan json", "[]", '{"cells": 3}', "[" * 100_000])
def test_what_cannot_be_read_as_a_notebook_is_kept_as_it_is(paths, catalogue, root, junk):
    (root / LESSON).write_text(junk)
    install_notebooks(paths, "kasemen", catalogue)
    (name,) = kept(root)
    assert (root / "pelajaran saya" / name).read_text() == junk


def test_a_corrected_lesson_reaches_a_copy_that_was_run(paths, catalogue, root, tmp_path):
    run_by_autosave(root / LESSON)
    course = catalogue.courses["pembukuan"]
    newer = tmp_path / "01-dua-laci.ipynb"
    notebook = nbformat.read(course.lessons[0].path, as_version=4)
    notebook.cells[2].source += "\nDibetulkan."
    nbformat.write(notebook, newer)
    first = dataclasses.replace(course.lessons[0], path=newer)
    changed = dataclasses.replace(course, lessons=(first, *course.lessons[1:]))
    install_notebooks(
        paths, "kasemen", dataclasses.replace(catalogue, courses={"pembukuan": changed})
    )
    assert "Dibetulkan." in (root / LESSON).read_text()
    assert kept(root) == []


def test_a_course_that_is_no_longer_taught_goes_and_changes_stay(paths, catalogue, root):
    rewrite(root / LESSON, "Versi saya")
    install_notebooks(paths, "kasemen", catalogue.of(["pemasaran-online"]))
    assert list((root / "pelajaran/pembukuan").rglob("*.ipynb")) == []
    assert len(kept(root)) == 1


def test_a_half_written_ledger_stops_nothing(paths, catalogue, root):
    (paths.data_dir / ".rahasia/jupyter-config/kasemen/salinan.json").write_text('{"pelaj')
    install_notebooks(paths, "kasemen", catalogue)
    assert kept(root) == []


def test_jupyterlab_trusts_every_notebook(paths, root):
    notary = NotebookNotary(data_dir=str(notary_folder(paths)))
    notebooks = list(root.rglob("*.ipynb"))
    assert len(notebooks) > len(PAGES)
    assert all(notary.check_signature(nbformat.read(path, as_version=4)) for path in notebooks)
    notary.store.close()


def test_copies_of_earlier_versions_make_room_and_changes_stay(paths, catalogue):
    """Until now the notebooks lay in the data folder itself, with the trainer's notes in them."""
    old = paths.data_dir
    lesson = catalogue.courses["pembukuan"].lessons
    (old / "pelajaran/pembukuan").mkdir(parents=True)
    for each in lesson[:2]:
        (old / "pelajaran/pembukuan" / each.path.name).write_bytes(each.path.read_bytes())
    (old / MONITOR).write_bytes((paths.home / "voila_apps/trainer/pantau-kelas.ipynb").read_bytes())
    (old / "Rencana saya.ipynb").write_text("{}")
    run_by_autosave(old / "pelajaran/pembukuan" / lesson[0].path.name)
    rewrite(old / "pelajaran/pembukuan" / lesson[1].path.name, "Versi saya")
    (old / ".salinan.json").write_text(json.dumps({}))
    root = install_notebooks(paths, "kasemen", catalogue)
    assert list(old.glob("*.ipynb")) == []
    assert not list((old / "pelajaran").rglob("*.ipynb"))
    names = [name.partition(" (diubah")[0] for name in kept(root)]
    assert names == ["Rencana saya", f"pembukuan/{lesson[1].path.stem}"]
