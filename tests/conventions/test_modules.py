"""Modules of the product are short, and docstrings of functions begin with a plain verb.

Both lists below may only shrink: a module or a package that has been rewritten comes off, or on.
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
#: Modules that had more on 2026-11-30, with their number then.
TOO_LONG = {
    "src/umkm_records/__init__.py": 389,
    "src/umkm_records/tools/cashier_game.py": 340,
    "voila_apps/frontend/src/outbox/outbox.js": 385,
    "widgets/umkm_widgets/question.js": 315,
}

#: Packages whose docstrings have been rewritten.
REWRITTEN = ("src/umkm_cli", "src/umkm_kernels")
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
    long = {name: count for name, count in lines.items() if count > MOST_LINES}
    assert long.keys() == TOO_LONG.keys(), "a new long module, or one to take off the list"
    assert {name for name, count in long.items() if count > TOO_LONG[name]} == set()


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


@pytest.mark.parametrize("package", REWRITTEN)
def test_docstrings_begin_with_a_plain_verb(package):
    found = dict(documented_functions(package))
    assert found
    assert {where: word for where, word in found.items() if word.rstrip(",") not in VERBS} == {}
