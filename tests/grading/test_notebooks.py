"""Notebooks from JupyterLab: taken in, caged, explained to staff; no cheat earns a point."""

import json
import shutil
import threading

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from tests.grading.classes import TASK

from umkm_grading import RunOptions, assignments_of, collect, grade_all, publish_feedback
from umkm_grading.sandbox import bubblewrap
from umkm_grading.sandbox.bubblewrap import Limits, run_in_sandbox, sandbox_trouble

needs_sandbox = pytest.mark.skipif(bool(sandbox_trouble()), reason=sandbox_trouble())
WRONG = {"seragam-sekolah": "biaya-usaha", "laba-bengkel": "1"}


@pytest.fixture
def make_notebook_folder(one_class, tmp_path):
    """Hands in a notebook for the first participant: cells added to the released one."""
    code = one_class.codes[0]
    folder = tmp_path / "terkumpul"

    def hand_in(*cells, answers=WRONG, edit=lambda notebook: None, files=None):
        place = folder / code
        place.mkdir(parents=True, exist_ok=True)
        released = one_class.class_folder.release(TASK) / f"{TASK}.ipynb"
        notebook = nbformat.read(released, as_version=4)
        for cell in cells:
            notebook.cells.append(new_code_cell(cell) if isinstance(cell, str) else cell)
        edit(notebook)
        nbformat.write(notebook, place / f"{TASK}.ipynb")
        (place / "answers.json").write_text(json.dumps({"version": 1, "answers": answers}))
        for name, content in (files or {}).items():
            (place / name).write_bytes(content)
        return folder

    return hand_in


def take(one_class, folder):
    (taken,) = collect(one_class.class_folder, TASK, folder, set(one_class.codes))
    return taken.reason


def grade_it(one_class, **options):
    (outcome,) = grade_all(
        assignments_of(one_class.class_folder), options=RunOptions(**options)
    ).outcomes
    return outcome


def seen_by_staff(one_class):
    path = one_class.class_folder.autograded(one_class.codes[0], TASK) / f"{TASK}.ipynb"
    return nbformat.read(path, as_version=4)


@needs_sandbox
def test_an_honest_notebook_is_graded_by_its_answers_and_shown_as_it_ran(
    one_class, make_notebook_folder
):
    right = {"seragam-sekolah": "pindah-catat", "laba-bengkel": "350000"}
    extra = [new_markdown_cell("Catatan saya"), "850000 - 450000 - 50000"]
    folder = make_notebook_folder(*extra, answers=right)
    assert take(one_class, folder) == ""
    outcome = grade_it(one_class)
    assert (outcome.ok, outcome.points, outcome.notes) == (True, 5, ())
    notebook = seen_by_staff(one_class)
    cell = next(cell for cell in notebook.cells if cell.source == "850000 - 450000 - 50000")
    assert cell.outputs[0].data == {"text/plain": "350000"}
    assert publish_feedback(one_class.class_folder, one_class.records, TASK).held == {}
    assert take(one_class, folder) == ""  # handed in once more, unchanged
    assert grade_all(assignments_of(one_class.class_folder)).outcomes == ()


REBINDING = [
    "mark = lambda *a, **k: 3",
    "import umkm_widgets.sheet as s\ns.mark = lambda *a, **k: 3",
    "import IPython.display as d\nd.display = None\ndef show(*a): return 2",
]


@needs_sandbox
@pytest.mark.parametrize("cheat", REBINDING)
def test_a_redefined_name_earns_nothing_and_is_named(one_class, make_notebook_folder, cheat):
    def first(notebook):
        notebook.cells.insert(2, notebook.cells.pop())

    take(one_class, make_notebook_folder(cheat, edit=first))
    outcome = grade_it(one_class)
    assert (outcome.ok, outcome.points) == (True, 0)
    assert "mengganti nama yang dipakai soal" in " ".join(outcome.notes)
    assert "mengganti nama" in seen_by_staff(one_class).cells[0].source


@needs_sandbox
def test_os_exit_ends_only_its_own_notebook(one_class, make_notebook_folder):
    take(one_class, make_notebook_folder("import os\nos._exit(0)"))
    outcome = grade_it(one_class)
    assert (outcome.ok, outcome.points) == (True, 0)
    assert "menghentikan proses penilai" in outcome.notes[0]


@needs_sandbox
def test_an_endless_loop_ends_and_the_rest_still_runs(one_class, make_notebook_folder, monkeypatch):
    monkeypatch.setattr(run_in_sandbox, "__defaults__", (Limits(cell_seconds=1),))
    take(one_class, make_notebook_folder("while True:\n    pass", "print('sampai sini')"))
    outcome = grade_it(one_class)
    assert outcome.ok
    assert outcome.notes == ("Satu sel berjalan terlalu lama, lalu dihentikan.",)
    assert seen_by_staff(one_class).cells[-1].outputs[0].text == "sampai sini\n"


@needs_sandbox
def test_a_loop_that_will_not_be_interrupted_is_ended_with_its_process():
    stubborn = "while True:\n  try:\n    while True: pass\n  except BaseException: pass"
    ran = run_in_sandbox(["1", stubborn], {}, Limits(seconds=4, cell_seconds=60))
    assert ran.stopped == "Notebook belum selesai setelah 4 detik."
    assert len(ran.cells) == 1


@needs_sandbox
def test_endless_output_is_cut(one_class, make_notebook_folder):
    take(one_class, make_notebook_folder("for _ in range(10**6): print('x' * 50)"))
    assert grade_it(one_class).ok
    (output,) = seen_by_staff(one_class).cells[-1].outputs
    assert len(output.text) < 25_000
    assert "selebihnya tidak disimpan" in output.text


@needs_sandbox
@pytest.mark.parametrize(
    "spying",
    [
        "import socket\nsocket.create_connection(('127.0.0.1', {port}), 2)",
        "open('{gradebook}').read()",
        "open('/etc/passwd').read()",
        "open('answers.json', 'w')",
        "open('{source}').read()",
    ],
)
def test_the_sandbox_holds(one_class, spying):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        told = {
            "port": server.getsockname()[1],
            "gradebook": one_class.class_folder.gradebook_file,
            "source": one_class.class_folder.source(TASK) / f"{TASK}.ipynb",
        }
        cells = [spying.format(**told), "'masih jalan'"]
        ran = run_in_sandbox(cells, {"answers.json": b"{}"})
    assert [cell["outputs"][0]["output_type"] for cell in ran.cells] == ["error", "execute_result"]


@needs_sandbox
def test_the_sandbox_shows_no_other_process_and_nobodys_settings():
    look = "import os\nos.getuid(), [p for p in os.listdir('/proc') if p.isdigit()], sorted(os.environ)"
    ran = run_in_sandbox([look], {})
    user, processes, names = eval(ran.cells[0]["outputs"][0]["data"]["text/plain"])
    assert user == 65534
    assert len(processes) <= 2  # bubblewrap and itself
    assert set(names) >= {"HOME", "NBGRADER_EXECUTION"}
    assert not any(name.startswith(("UMKM", "JUPYTER", "PG")) for name in names)


@needs_sandbox
def test_no_key_reaches_a_trainees_code(one_class, make_notebook_folder):
    take(one_class, make_notebook_folder("print(In)"))
    grade_it(one_class)
    own = seen_by_staff(one_class).cells[-1]
    assert "ask(" in own.outputs[0].text
    assert "350000" not in own.outputs[0].text


@needs_sandbox
def test_scripts_in_outputs_and_texts_are_shown_as_text(one_class, make_notebook_folder):
    fake = new_code_cell("1", outputs=[new_output("display_data", {"text/html": "<script>"})])
    html = "from IPython.display import HTML\nHTML('<script>alert(1)</script>')"
    words = new_markdown_cell("```\n<img src=x onerror=alert(1)>\n```\n<script>alert(2)</script>")
    take(one_class, make_notebook_folder(fake, html, words))
    assert grade_it(one_class).ok
    notebook = seen_by_staff(one_class)
    own = [cell for cell in notebook.cells if cell.id.startswith("peserta-")]
    assert len(own) == 3
    assert not any(
        "text/html" in out.get("data", {}) for cell in own for out in cell.get("outputs", [])
    )
    from nbconvert import HTMLExporter

    page, _ = HTMLExporter(template_name="basic").from_notebook_node(notebook)
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@needs_sandbox
def test_a_deleted_and_a_doubled_cell_are_named(one_class, make_notebook_folder):
    def spoil(notebook):
        by_id = {cell.id: cell for cell in notebook.cells}
        notebook.cells.remove(by_id["laba-bengkel"])
        notebook.cells.append(nbformat.from_dict({**by_id["seragam-sekolah"], "id": "kembar"}))

    take(one_class, make_notebook_folder(edit=spoil))
    outcome = grade_it(one_class)
    assert outcome.ok
    assert "Sel soal yang dihapus dari notebook: laba-bengkel." in outcome.notes
    assert "Sel soal yang digandakan: seragam-sekolah." in outcome.notes


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("json.py", "tidak boleh ikut"),
        ("modul.so", "tidak boleh ikut"),
        ("a.pth", "tidak boleh ikut"),
    ],
)
def test_a_stray_module_is_refused_before_anything_runs(
    one_class, make_notebook_folder, name, told
):
    reason = take(one_class, make_notebook_folder(files={name: b"loads = None"}))
    assert name in reason
    assert told in reason
    assert grade_all(assignments_of(one_class.class_folder)).outcomes == ()


def test_a_symlink_is_refused(one_class, make_notebook_folder, tmp_path):
    (tmp_path / "rahasia").write_text("milik staf")
    folder = make_notebook_folder()
    link = folder / one_class.codes[0] / "data.csv"
    link.symlink_to(tmp_path / "rahasia")
    assert "symlink" in take(one_class, folder)


def test_a_broken_notebook_and_an_unknown_person_are_refused(
    one_class, make_notebook_folder, tmp_path
):
    folder = make_notebook_folder()
    (folder / one_class.codes[0] / f"{TASK}.ipynb").write_text("{")
    assert "rusak" in take(one_class, folder)
    shutil.rmtree(folder)
    (folder / "bukan-peserta").mkdir(parents=True)
    assert "Bukan kode peserta" in take(one_class, folder)


def test_a_notebook_without_its_answers_never_replaces_what_was_sent(
    one_class, make_notebook_folder
):
    one_class.put(one_class.codes[0], {"seragam-sekolah": "pindah-catat"})
    folder = make_notebook_folder()
    (folder / one_class.codes[0] / "answers.json").unlink()
    assert "answers.json tidak ada" in take(one_class, folder)
    assert grade_it(one_class).points == 2


def test_without_a_sandbox_it_is_refused_and_graded_once_there_is_one(
    one_class, make_notebook_folder, monkeypatch
):
    take(one_class, make_notebook_folder("1 + 1"))
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: None)
    outcome = grade_it(one_class)
    monkeypatch.undo()
    assert not outcome.ok
    assert "apt install bubblewrap" in outcome.message
    # Staff who insist get it run, and told so.
    insisted = grade_it(one_class, sandboxed=False)
    assert insisted.ok
    assert "tanpa kurungan" in insisted.notes[-1]


def test_nothing_of_the_run_is_left(tmp_path):
    before = threading.active_count()
    run_in_sandbox(["1"], {}, sandboxed=False)
    assert threading.active_count() == before
