"""The released form of each assignment runs, for a trainee in JupyterLab and for nbgrader.

The lessons themselves run by `pytest --nbval-lax courses/*/lessons/*.ipynb`.
"""

import json
import os

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ClearSolutions
from tests.support.patience import PATIENCE

from umkm_courses import load_catalogue, read_questions
from umkm_courses.keys import read_keys


@pytest.fixture(scope="module")
def assignments(request):
    courses = load_catalogue(request.config.rootpath / "courses").courses
    return [assignment for course in courses.values() for assignment in course.assignments]


def _release(assignment):
    """What nbgrader hands out: its own preprocessors have cleared the source."""
    notebook = nbformat.read(assignment.path, as_version=4)
    for clear in (ClearSolutions, ClearHiddenTests, ClearMarkScheme):
        notebook, _ = clear().preprocess(notebook, {"unique_key": "uji"})
    return notebook


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tugas")


def _kernel(folder, environment):
    kernel = KernelManager(kernel_name="python3")
    kernel.start_kernel(cwd=str(folder), env=environment)
    yield kernel
    kernel.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def trainees(folder):
    """A kernel as JupyterLab starts it for a trainee; each notebook finds it empty."""
    kept = {name: value for name, value in os.environ.items() if name != "NBGRADER_EXECUTION"}
    yield from _kernel(folder, kept)


@pytest.fixture(scope="module")
def nbgraders(folder):
    """A kernel as nbgrader starts it; each notebook finds it empty."""
    yield from _kernel(folder, {**os.environ, "NBGRADER_EXECUTION": "autograde"})


def _run(notebook, kernel):
    notebook.cells.insert(0, nbformat.v4.new_code_cell("%reset -f"))
    NotebookClient(notebook, timeout=PATIENCE, km=kernel).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    # Words on stderr would cost a trainee points.
    assert [output for output in outputs if output.output_type in {"error", "stream"}] == []
    return outputs


def _shown(outputs, kind):
    return [output.data[kind] for output in outputs if kind in output.get("data", {})]


def test_a_release_holds_no_key(assignments):
    for assignment in assignments:
        text = json.dumps(_release(assignment), ensure_ascii=False)
        assert "mark(" not in text
        assert "MARK SCHEME" not in text
        for key in read_keys(assignment).values():
            assert all(key.foresee(wrong)[1] not in text for wrong in key.near)


def test_a_release_asks_what_its_source_asks(assignments, tmp_path):
    for assignment in assignments:
        path = tmp_path / assignment.path.name
        nbformat.write(_release(assignment), path)
        assert read_questions(path) == assignment.questions


def test_a_trainee_in_jupyterlab_sees_one_widget_a_question(assignments, trainees):
    for assignment in assignments:
        outputs = _run(_release(assignment), trainees)
        widgets = _shown(outputs, "application/vnd.jupyter.widget-view+json")
        assert len(widgets) == len(assignment.questions)


def test_nbgrader_runs_it_without_widgets_and_shows_what_is_empty(assignments, nbgraders):
    for assignment in assignments:
        outputs = _run(_release(assignment), nbgraders)
        assert _shown(outputs, "application/vnd.jupyter.widget-view+json") == []
        shown = _shown(outputs, "text/html")
        assert len(shown) == len(assignment.questions)
        assert all("Belum dijawab" in page for page in shown)


def test_answers_beside_it_are_shown_escaped(assignments, nbgraders, folder):
    (assignment,) = [a for a in assignments if a.name == "pembukuan-dua-laci"]
    answers = {
        "seragam-sekolah": "ambil-dulu",
        "laba-bengkel": "350rb",
        "rencana-dua-laci": "Kaleng <b>merah</b>",
    }
    beside = folder / "answers.json"
    beside.write_text(json.dumps({"version": 1, "answers": answers}), encoding="utf-8")
    outputs = _run(_release(assignment), nbgraders)
    beside.unlink()
    choice, amount, text = _shown(outputs, "text/html")
    assert (
        "Ambil dulu dari laci usaha tanpa dicatat, nanti diganti kalau laci rumah terisi." in choice
    )
    assert "Rp350.000" in amount
    assert "Kaleng &lt;b&gt;merah&lt;/b&gt;" in text
