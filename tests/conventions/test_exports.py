"""A package's `__all__` is what is public in it: sorted, present, and each part documented.

The same check as httpx makes of its own package (its test_exported_members.py), for each package
that has public names.
"""

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SOURCES = ("src", "widgets", "grading", "voila_apps")
#: The most names that one package may export.
MOST_NAMES = 40


def public_names(source, package):
    """Return the names without `_` that a package defines or imports from its modules, and the rest.

    What it imports from elsewhere, or imports from its modules and uses by itself, it may export as
    well, if `__all__` names it.
    """
    own, others = set(), set()
    used = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    for node in _statements(ast.parse(source).body):
        match node:
            case ast.ImportFrom(level=level, module=module):
                inside = level == 1 or f"{module}.".startswith(f"{package}.")
                for name in (each.asname or each.name for each in node.names):
                    (own if inside and name not in used else others).add(name)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                own.add(node.name)
            case ast.Assign():
                own.update(each.id for each in node.targets if isinstance(each, ast.Name))
            case ast.AnnAssign(target=ast.Name()):
                own.add(node.target.id)
    return {name for name in own if not name.startswith("_")}, others


def _statements(body):
    for node in body:
        yield node
        # As `if TYPE_CHECKING:`, where a package imports its parts when they are used.
        if isinstance(node, ast.If):
            yield from _statements(node.body)


def isort_key(name):
    """Return the key by which ruff's RUF022 sorts: constants, classes, then the rest."""
    kind = 0 if name.isupper() else 1 if name[0].isupper() else 2
    parts = re.split(r"(\d+)", name)
    return kind, [int(part) if part.isdigit() else part for part in parts]


def packages():
    """Return for each package with public names those, and what it imports from elsewhere."""
    found = {}
    for root in SOURCES:
        for path in sorted((ROOT / root).glob("umkm*/**/__init__.py")):
            package = ".".join(path.parent.relative_to(ROOT / root).parts)
            own, others = public_names(path.read_text(encoding="utf-8"), package)
            # What the folder of a tool exports is the same for each: umkm_tools.registry asks for it.
            if own and own != {"TOOL"}:
                found[package] = own, others
    return found


PACKAGES = packages()


def has_own_docstring(thing):
    # A dataclass without a docstring gets its signature as one.
    text = thing.__doc__ or ""
    return bool(text) and not text.startswith(f"{thing.__name__}(")


def test_the_packages_are_found():
    assert {"umkm", "umkm.qris.cashier_game", "umkm_kernels", "umkm_records"} <= PACKAGES.keys()


def is_in_order(name):
    own, others = PACKAGES[name]
    exported = list(getattr(importlib.import_module(name), "__all__", ()))
    return exported == sorted(own | (others & {*exported}), key=isort_key)


@pytest.mark.parametrize("name", PACKAGES)
def test_all_is_what_is_public(name):
    assert is_in_order(name), f"__all__ of {name}, sorted, should hold {PACKAGES[name][0]}"


@pytest.mark.parametrize("name", PACKAGES)
def test_exports_are_present_and_documented(name):
    package = importlib.import_module(name)
    assert package.__doc__
    things = [getattr(package, exported) for exported in getattr(package, "__all__", ())]
    undocumented = [
        thing.__qualname__
        for thing in things
        if (inspect.isclass(thing) or inspect.isfunction(thing)) and not has_own_docstring(thing)
    ]
    assert undocumented == []


def test_packages_export_few_names():
    counts = {name: len(own) for name, (own, _) in PACKAGES.items()}
    assert {name: count for name, count in counts.items() if count > MOST_NAMES} == {}
