"""The registry finds every tool, and one from a folder that `UMKM_TOOLS` names."""

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import nbformat
import pytest

from umkm_apps.web.consent import CONSENT
from umkm_tools import display
from umkm_tools.base.page import ToolPage
from umkm_tools.base.tool import Tool
from umkm_tools.registry import tools
from umkm_widgets.session import NotebookSession, use_session

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "tests" / "sample_tool"
#: Addresses that trainees have written down, in the order of Beranda. A new tool need not be added.
ADDRESSES = [
    "buku-kas", "harga-jual", "periksa-qr", "biaya-qris", "kasir-qris", "cocokkan", "periksa-foto",
    "judul-deskripsi", "hitung-marketplace", "simulasi-iklan", "kalender-konten", "katalog", "pelanggan",
]  # fmt: skip
ASKED = """
import json
from umkm_apps.web.tools import TOOLS
from umkm_cli.warm_kernels import PRELOAD
from umkm_tools import display
from umkm_widgets.session import NotebookSession, use_session
shown = []
with use_session(NotebookSession(show=lambda thing, metadata: shown.append(thing))):
    display.show_gallery()
from umkm_tools.stoples.widget import Stoples
tool = Stoples({})
tool.on_message({"type": "reckon", "number": 3, "form": {"one": "15rb", "two": "Rp2.500"}})
print(json.dumps({
    "beranda": [[one.name, one.title, one.detail] for one in TOOLS.values()],
    "preloaded": list(PRELOAD),
    "gallery": [type(one).__name__ for one in shown],
    "result": tool.result,
    "script": tool._esm if isinstance(tool._esm, str) else str(tool._esm),
}))
"""


def test_the_addresses_stay():
    assert [name for name in tools() if name in ADDRESSES] == ADDRESSES


@pytest.mark.parametrize("name", tools())
def test_every_tool_shows_itself_on_a_page_of_nobody(name):
    tool = tools()[name]
    assert isinstance(tool, Tool)
    assert tool.title
    assert tool.detail.endswith((".", "?"))
    shown = []
    with use_session(NotebookSession(show=lambda thing, _: shown.append(thing))):
        import_module(tool.page_module).show(ToolPage())
    assert len(shown) == 1
    assert "render" in str(shown[0]._esm)


@pytest.mark.parametrize("name", [name for name in tools() if tools()[name].consent])
def test_a_tool_shows_its_own_consent(name):
    tool = tools()[name]
    shown = []
    with use_session(NotebookSession(show=lambda thing, _: shown.append(thing))):
        display.show(name)
    assert shown[0].setup["consent"] == list(tool.consent.lines)


def test_each_consent_is_another_version():
    versions = [
        CONSENT.version,
        *(tool.consent.version for tool in tools().values() if tool.consent),
    ]
    assert len(versions) >= 3
    assert len(set(versions)) == len(versions)


def test_the_gallery_shows_every_tool_once():
    cells = nbformat.read(ROOT / "widgets" / "gallery.ipynb", 4).cells
    alone = [name for cell in cells for name in re.findall(r'^show\("(.+)"\)$', cell.source)]
    (others,) = [cell.source for cell in cells if cell.source.startswith("show_gallery(")]
    assert re.findall(r'"([a-z-]+)"', others) == alone
    assert len(alone) == len(set(alone))
    assert set(alone) <= set(tools())


@pytest.mark.slow
def test_a_folder_is_all_that_a_new_tool_needs():
    done = subprocess.run(
        [sys.executable, "-c", ASKED], capture_output=True, text=True, check=False,
        env={**os.environ, "UMKM_TOOLS": str(SAMPLE)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["beranda"][-1] == ["stoples", "Stoples", "Hitung uang di dua stoples."]
    assert [name for name, *_ in seen["beranda"]] == [*tools(), "stoples"]
    assert "umkm_tools.stoples.page" in seen["preloaded"]
    assert seen["gallery"][-1] == "Stoples"
    assert seen["result"] == {"number": 3, "ok": True, "sum": "Rp17.500"}
    assert "Stoples pertama" in seen["script"]
