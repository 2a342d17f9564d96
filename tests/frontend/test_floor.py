"""Everything that goes to phones works in the oldest browsers we build for: names, syntax, selectors.

What is new is told by MDN's tables (@mdn/browser-compat-data), not by a list of ours.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from umkm_apps.runtime.bundle import SLIM

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "voila_apps" / "frontend"
SHIPPED = [
    *(ROOT / "widgets" / "umkm_widgets").rglob("*.js"),
    *(ROOT / "voila_apps" / "umkm_tools").rglob("*.js"),
    *(ROOT / "widgets" / "umkm_widgets").rglob("*.css"),
    *(ROOT / "voila_apps" / "umkm_tools").rglob("*.css"),
    *(TEMPLATE / "src").rglob("*.js"),
    *(TEMPLATE / "src").rglob("*.css"),
    *SLIM.parent.glob("*.js"),
    *SLIM.parent.glob("*.css"),
    *SLIM.glob("*.js"),
    *SLIM.glob("*.css"),
]


def above_the_floor(*files):
    node = Path(sys.executable).with_name("node")
    said = subprocess.run(
        [node, "above_floor.mjs", *files], cwd=TEMPLATE, capture_output=True, text=True, check=False
    )
    assert not said.stderr, said.stderr
    return said.stdout.splitlines()


def test_nothing_that_is_shipped_is_too_new():
    assert len(SHIPPED) > 80
    assert above_the_floor(*SHIPPED) == []


# From caniuse.com: each came after Chrome 90, Firefox 88 or Safari 14.
@pytest.mark.parametrize(
    ("suffix", "text", "what"),
    [
        ("js", "const past = [1]; past.at(-1);", "at"),
        ("js", "Object.hasOwn({}, 'a');", "hasOwn"),
        ("js", "document.forms[0]?.requestSubmit();", "requestSubmit"),
        ("js", "const twin = structuredClone({});", "structuredClone"),
        ("js", "fetch('/', { signal: AbortSignal.timeout(10) });", "AbortSignal.timeout"),
        ("js", "class A { static { this.b = 1; } }", "syntax"),
        ("css", "main:has(.a) { color: red; }", ":has"),
    ],
)
def test_what_is_too_new_is_found(tmp_path, suffix, text, what):
    (tmp_path / f"new.{suffix}").write_text(text)
    assert above_the_floor(tmp_path / f"new.{suffix}") == [f"{tmp_path / f'new.{suffix}'}: {what}"]


def test_what_is_old_enough_or_asked_for_first_is_let_be(tmp_path):
    (tmp_path / "old.js").write_text(
        "const packed = 'CompressionStream' in window ? new CompressionStream('deflate') : null;\n"
        "let a; a ??= [1].flat().includes(1); a?.b; 'a'.replaceAll('a', 'b'); Promise.any([packed]);\n"
    )
    assert above_the_floor(tmp_path / "old.js") == []
