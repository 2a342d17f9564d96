"""Modules of the product are short, and docstrings of functions begin with a plain verb.

The verbs are listed in `verbs.txt`.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = (
    *("src/umkm*", "widgets/umkm*", "grading/umkm*", "voila_apps/umkm*"),
    *("voila_apps/frontend/src", "voila_apps/frontend/*.mjs"),
)
SUFFIXES = {".py", ".js", ".mjs"}
#: The most lines that a module may have.
MOST_LINES = 300

#: The packages of the kit.
PACKAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for root in ("src", "widgets", "grading", "voila_apps")
    for path in (ROOT / root).glob("umkm*")
    if path.is_dir()
)
#: What a function does, in words that need no explanation.
VERBS = frozenset((Path(__file__).parent / "verbs.txt").read_text(encoding="utf-8").split())


def product_modules():
    # Built files and third-party code are in share/ and static/.
    roots = [root for pattern in SOURCES for root in ROOT.glob(pattern)]
    files = [file for root in roots for file in ([root] if root.is_file() else root.rglob("*"))]
    return [
        file
        for file in files
        if file.suffix in SUFFIXES and not {"share", "static", "node_modules"} & {*file.parts}
    ]


def test_modules_stay_short():
    lines = {
        module.relative_to(ROOT).as_posix(): len(module.read_text(encoding="utf-8").splitlines())
        for module in product_modules()
    }
    assert len(lines) > 300
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def documented_functions(package):
    """Yield where each function with a docstring is, and its docstring's first word."""
    for module in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            decorators = [ast.unparse(each) for each in node.decorator_list]
            # A property is described like an attribute; a command's docstring is its printed help.
            if any("property" in each or ".command(" in each for each in decorators):
                continue
            if text := ast.get_docstring(node):
                yield f"{module.relative_to(ROOT)}:{node.name}", text.split()[0]


@pytest.mark.parametrize("package", PACKAGES)
def test_docstrings_begin_with_a_plain_verb(package):
    found = dict(documented_functions(package))
    assert found
    assert {where: word for where, word in found.items() if word.rstrip(",") not in VERBS} == {}
