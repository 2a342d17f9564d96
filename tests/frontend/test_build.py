"""The built files are what their sources say, small, and free of other hosts."""

import gzip
import hashlib
import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from umkm.exercise import KINDS
from umkm_apps.runtime.bundle import SLIM
from umkm_apps.web.static_files import SLIM_NAME
from umkm_tools.base.scripts import STYLE, script
from umkm_tools.registry import tools
from umkm_widgets.front import field_of, module_of, style_of

SOURCES = Path(__file__).parents[2] / "voila_apps" / "frontend"
MANIFEST = json.loads((SLIM / "manifest.json").read_text())
FILES = MANIFEST["files"]
SCRIPTS = [name for name in FILES if name.endswith(".js")]
SQUEEZED = [name for name, about in FILES.items() if "gz" in about]
#: Files of one widget each, loaded where it stands.
OF_WIDGETS = [name for name in SQUEEZED if name.startswith(("field-", "tool-"))]
SHIPPED = {"manifest.json", "LICENCES.txt"}


def test_every_file_is_the_one_that_was_built():
    names = {f"{name}.gz" for name in SQUEEZED}
    names |= set(FILES) | SHIPPED
    assert {path.name for path in SLIM.iterdir()} == names
    for name, about in FILES.items():
        content = (SLIM / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == about["sha256"]
        assert re.fullmatch(SLIM_NAME, name)
        if name in SQUEEZED:
            assert gzip.decompress((SLIM / f"{name}.gz").read_bytes()) == content


def test_a_rebuild_gives_the_same_bytes(tmp_path):
    node = Path(sys.executable).with_name("node")
    assert (SOURCES / "node_modules").is_dir(), (
        "run `make bundle` once: it fetches what it builds with"
    )
    built = tmp_path / "slim"
    subprocess.run([node, "build.mjs", built], cwd=SOURCES, check=True, stdout=subprocess.DEVNULL)
    assert {p.name for p in built.iterdir()} == {p.name for p in SLIM.iterdir()}
    for path in built.iterdir():
        assert path.read_bytes() == (SLIM / path.name).read_bytes(), path.name


def test_a_rebuild_of_the_widgets_gives_the_same_bytes(tmp_path):
    node = Path(sys.executable).with_name("node")
    subprocess.run(
        [node, "build_widgets.mjs", tmp_path], cwd=SOURCES, check=True, stdout=subprocess.DEVNULL
    )
    root = SOURCES.parents[1]
    listed = [
        "git",
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "*.min.js",
        "*.min.css",
    ]
    kept = subprocess.run(listed, cwd=root, capture_output=True, text=True, check=True).stdout
    built = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.min.*")}
    assert built == set(kept.splitlines())
    for path in built:
        assert (tmp_path / path).read_bytes() == (root / path).read_bytes(), path


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_is_built(kind):
    assert re.search(r"export\{[\w$]+ as default\};\s*$", module_of(kind))
    assert "addressOf" not in module_of(kind)


@pytest.mark.parametrize("name", tools())
def test_a_tool_is_built(name):
    folder = Path(str(import_module(tools()[name].page_module).__file__)).parent
    assert re.search(r"export\{[\w$]+ as default\};\s*$", script(folder).text)
    assert "addressOf" not in script(folder).text


def test_a_script_that_needs_a_build_says_so(tmp_path):
    (tmp_path / "widget.js").write_text(
        'import { h } from "../base/dom.js";\nexport default { h };\n'
    )
    with pytest.raises(FileNotFoundError, match="make bundle"):
        script(tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_names_the_script_of_a_kind(kind):
    addresses = MANIFEST["widgets"]
    script_name = addresses[digest(module_of(kind))].removeprefix("slim:")
    style_name = addresses[digest(style_of(kind))].removeprefix("slim:")
    if field_of(kind) == "photo":  # large, and on few pages
        assert {script_name, style_name} <= {*OF_WIDGETS}
    else:
        assert (script_name, style_name) == (field_of(kind), "")


@pytest.mark.parametrize("name", tools())
def test_a_page_names_the_script_of_a_tool(name):
    folder = Path(str(import_module(tools()[name].page_module).__file__)).parent
    for text in (script(folder).text, STYLE.text):
        assert MANIFEST["widgets"][digest(text)].removeprefix("slim:") in OF_WIDGETS


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_first_load_is_small():
    first = [MANIFEST["entry"], *MANIFEST["first"]]
    assert sum((SLIM / f"{name}.gz").stat().st_size for name in first) <= 70_000
    # With the page, its style, its script and the line, these make six requests a first visit.
    assert len(first) == 2
    # What draws formulas and Markdown is more than all else, and comes only where they are; the reader
    # of QR codes comes apart, on a tool's page, when somebody scans.
    assert FILES[MANIFEST["reader"]]["gz"] <= 20_000
    rare = [n for n in SCRIPTS if re.search("katex-display|<blockquote>", (SLIM / n).read_text())]
    rare.append(MANIFEST["reader"])
    assert not set(rare) & set(first)
    others = [FILES[name]["gz"] for name in SCRIPTS if name not in {*rare, *OF_WIDGETS}]
    assert sum(others) <= 130_000


def test_fonts_are_those_the_formulas_name():
    (drawer,) = [n for n in SCRIPTS if "katex-display" in (SLIM / n).read_text()]
    named = set(re.findall(r"font-[A-Z0-9]{8}\.woff2", (SLIM / drawer).read_text()))
    assert named == {name for name in FILES if name.startswith("font-")}
    assert all((SLIM / name).read_bytes()[:4] == b"wOF2" for name in named)


def test_no_other_host_and_no_eval():
    hosts = set()
    for name in SCRIPTS:
        text = (SLIM / name).read_text("utf-8")
        hosts |= set(re.findall(r"""["'(](?:https?:)?//([a-z0-9.-]+\.[a-z]+)""", text))
        assert not re.search(r"\beval\(|new Function\(", text), name
    # A name of an XML language is no address anybody asks.
    assert hosts <= {"www.w3.org"}


def test_the_lock_names_no_host():
    assert "://" not in (SOURCES / "package-lock.json").read_text()


def test_sources_are_small():
    for path in [SOURCES / "build.mjs", *SOURCES.glob("src/**/*.js")]:
        assert len(path.read_text().splitlines()) <= 400, path


def test_licences_name_each_package():
    text = (SLIM / "LICENCES.txt").read_text()
    for name in ("@jupyter-widgets/base", "@jupyter-widgets/controls", "backbone", "underscore",
                 "@lumino/widgets", "nouislider", "d3-format", "d3-color", "katex", "marked", "qr"):  # fmt: skip
        assert re.search(rf"^{name} \d", text, re.MULTILINE), name


def test_the_modules_stay_free_of_the_browser():
    """Importing the server's part must not need Node or a built folder."""
    code = "import umkm_apps.web.static_files, umkm_apps.page_sessions.reconnect"
    subprocess.run([sys.executable, "-c", code], check=True)
