"""What a class's template imports and rehearses is what its pages do."""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from tests.unit.apps.kernel_api_socket import serve_kernel_api

from umkm.exercise import question_to_json, rupiah
from umkm_apps.runtime.settings import ERRANDS, PARTICIPANT, QUESTIONS, SHEET, TICKET
from umkm_apps.web.notebook_page import FIRST_CELL
from umkm_cli.warm_kernels import PRELOAD, WARMUP
from umkm_kernels import TemplateServer, environ
from umkm_kernels.spec import kernel_dict
from umkm_records import make_sample_class, open_records
from umkm_tools.registry import tools

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
PAGES = ROOT / "voila_apps" / "pages"
LESSONS = ROOT / "courses" / "pembukuan" / "lessons"
ASKED = [{"id": "laba", "points": 2, "question": question_to_json(rupiah("Laba?"))}]
IMPORTED = "import sys, umkm_kernels.kernel as k; print(sorted(set(sys.modules) - k.module_names))"


def code_of(notebook):
    cells = nbformat.read(notebook, 4).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


def test_whatever_a_page_begins_with_is_there_before_anybody_opens_it():
    cells = [FIRST_CELL, *(cell for page in PAGES.glob("*.ipynb") for cell in code_of(page))]
    wanted = set(re.findall(r"^from (umkm_apps\S+) import", "\n".join(cells), re.MULTILINE))
    assert len(wanted) >= 3
    wanted |= {tool.page_module for tool in tools().values()}
    assert len(wanted) >= 16
    assert wanted <= set(PRELOAD)


def test_the_warmup_runs_to_its_end():
    done = subprocess.run(
        [sys.executable, "-c", "\n".join([*WARMUP, "print('selesai')"])],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.endswith("selesai\n"), done.stderr


@pytest.fixture(scope="module")
def template():
    with TemplateServer(PRELOAD, pool=1, warmup=None) as server:
        assert server.wait_ready().state == "ready"
        yield server


@pytest.mark.parametrize(
    ("sheet", "notebook"),
    [
        ("pembukuan-dua-laci", PAGES / "tugas.ipynb"),
        ("pembukuan/03-bon-dan-utang", LESSONS / "03-bon-dan-utang.ipynb"),
    ],
)
def test_a_page_imports_nothing_for_itself(template, sample_database, monkeypatch, sheet, notebook):
    monkeypatch.setenv(environ.SOCKET, template.address)
    with open_records(sample_database) as records, serve_kernel_api(records) as page:
        siti = make_sample_class(records).code
        api = page(siti, sheet)
        told = {
            ERRANDS: api.address, TICKET: api.ticket, PARTICIPANT: siti, SHEET: sheet,
            QUESTIONS: json.dumps(ASKED),
        }  # fmt: skip
        cells = [FIRST_CELL, *code_of(notebook), IMPORTED]
        with ThreadPoolExecutor(1) as thread:  # Playwright keeps a loop in the tests' own thread
            printed = thread.submit(run_cells, cells, told, notebook.parent).result()
    assert printed == "[]\n"


def run_cells(cells, told, folder):
    manager = KernelManager()
    manager._kernel_spec = KernelSpec(**kernel_dict())
    manager.start_kernel(env=dict(os.environ) | told, cwd=str(folder))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)  # and subscribed: what is published before that is lost
    printed = []

    def hear(said):
        if said["msg_type"] == "stream":
            printed.append(said["content"]["text"])

    try:
        for cell in cells:
            reply = client.execute_interactive(cell, timeout=60, output_hook=hear)
            assert reply["content"]["status"] == "ok", reply["content"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return "".join(printed)
