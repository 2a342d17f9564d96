"""A notebook run without a kernel: each run starts clean; unusual cells are left to a kernel."""

import json
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from umkm_grading.autograde.inprocess_executor import run_notebook
from umkm_grading.autograde.jobs import AutogradeJob, GradableNotebook

pytestmark = pytest.mark.slow

ANSWERS = b'{"version": 1, "answers": {}}'


def run(*cells, files=None, companions=None, seconds=20):
    notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
    gradable = GradableNotebook("uji", nbformat.writes(notebook), companions=companions or {})
    return run_notebook(AutogradeJob(gradable, files or {"answers.json": ANSWERS}), seconds)


def outputs(done, cell=-1):
    return nbformat.reads(done.notebook, as_version=4).cells[cell].outputs


def test_the_last_line_is_the_result_and_displays_come_before_it():
    done = run("from IPython.display import display\ndisplay({'text/plain': 'x'}, raw=True)\n1 + 1")
    shown, result = outputs(done)
    assert (shown.output_type, shown.data) == ("display_data", {"text/plain": "x"})
    assert (result.output_type, result.data) == ("execute_result", {"text/plain": "2"})
    assert result.execution_count == 1


def test_a_semicolon_silences_a_result():
    assert outputs(run("1 + 1;")) == []


def test_files_beside_the_notebook_can_be_read_and_nothing_is_left_on_disk():
    code = (
        "import pathlib\nsorted(p.name for p in pathlib.Path().iterdir()), pathlib.Path.cwd().name"
    )
    (result,) = outputs(run(code, companions={"harga.csv": b"1"}))
    names, folder = eval(result.data["text/plain"])
    assert names == ["answers.json", "harga.csv"]
    assert folder.startswith("umkm-lembar-")


def test_nothing_of_one_submission_is_there_for_the_next():
    run("import math\nmath.pi = 3\nleft = 1")
    (result,) = outputs(run("import math\nmath.pi == 3, 'left' in globals()"))
    assert result.data["text/plain"] == "(False, False)"


def test_a_file_beside_the_notebook_is_never_imported():
    files = {"answers.json": ANSWERS, "colorsys.py": b"raise SystemExit"}
    (result,) = outputs(run("import colorsys\ncolorsys.__file__", files=files))
    assert "umkm-lembar" not in result.data["text/plain"]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("1/0", "ZeroDivisionError"),
        ("if :", "SyntaxError"),
        ("print('halo')", "mencetak"),
        ("import sys\nsys.stderr.write('awas')", "mencetak"),
        ("import os\nos._exit(1)", "berhenti mendadak"),
        ("raise SystemExit", "SystemExit"),
        ("from IPython.display import clear_output\nclear_output()", "menghapus"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "berhenti mendadak"),
    ],
)
def test_what_only_a_kernel_can_write_down_is_left_to_one(cell, told):
    done = run(cell, "2")
    assert done.notebook == ""
    assert told in done.needs_kernel


def test_an_endless_cell_ends():
    begin = time.monotonic()
    done = run("while True:\n    pass", seconds=1)
    assert "belum selesai" in done.needs_kernel
    assert time.monotonic() - begin < 10


def test_the_timings_of_each_cell_are_kept():
    notebook = json.loads(run("1").notebook)
    assert set(notebook["cells"][0]["metadata"]["execution"]) == {
        "iopub.execute_input",
        "iopub.status.busy",
        "iopub.status.idle",
        "shell.execute_reply",
    }
