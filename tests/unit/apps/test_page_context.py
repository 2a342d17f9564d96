"""What a page's template, scripts and kernel are given."""

import json
import re
from dataclasses import fields

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from umkm_apps.runtime.settings import QUESTIONS, TEMPLATE
from umkm_apps.web.notebook_page import prepare_notebook
from umkm_apps.web.page_context import KernelInput, PageContext


def context(**optional):
    return PageContext(
        title="Dua Laci", participant="srg-siti1", sheet="pembukuan/01-dua-laci", ticket="T" * 24,
        css="/aset/0/umkm.css", js="/aset/slim/steps.js", slim={"entry": "/e.js", "first": ["/f.js"]},
        **optional,
    )  # fmt: skip


def test_the_template_reads_what_the_context_has_and_nothing_else():
    text = (TEMPLATE / "index.html.j2").read_text(encoding="utf-8")
    read = re.findall(r"about\.get\('(\w+)'", text) + re.findall(r"about\.(?!get\()(\w+)", text)
    assert set(read) == {field.name for field in fields(PageContext)}


def test_the_metadata_of_a_notebook_is_valid_and_holds_the_page():
    class Handler:
        has_kernel = True
        about = context(send_url="/tugas/x/kirim")

    notebook = new_notebook(
        cells=[
            new_markdown_cell("Cerita", id="cerita"),
            new_markdown_cell("Catatan", id="catatan", metadata={"tags": ["trainer"]}),
            new_code_cell("show()", id="soal"),
        ]
    )
    shown = prepare_notebook(Handler(), notebook, "")
    nbformat.validate(shown)
    told = json.loads(nbformat.writes(shown))["metadata"]["umkm"]
    assert (told["title"], told["send_url"], told["done_url"]) == ("Dua Laci", "/tugas/x/kirim", "")
    assert told["slim"] == {"entry": "/e.js", "first": ["/f.js"]}
    # The kernel is set up first; notes for trainers reach nobody else.
    assert [cell.source for cell in shown.cells[1:]] == ["Cerita", "show()"]
    assert shown.cells[0].metadata["tags"] == ["setup"]


def test_a_kernel_gets_questions_as_json():
    questions = [{"id": "laba", "points": 2, "question": {"kind": "rupiah"}}]
    environment = KernelInput(questions).to_environment()
    assert json.loads(environment[QUESTIONS]) == questions
