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

ROOT = Path(__file__).parents[2]
SOURCES = ("src", "widgets", "grading", "voila_apps")
#: The most names that one package may export.
MOST_NAMES = 40
#: Packages that exported more on 2026-11-30, with their number then. The list may only shrink.
TOO_MANY_NAMES = {
    "umkm.bookkeeping": 53,
    "umkm.qris": 54,
}
#: Packages whose `__all__` was not what is public on 2026-11-30. The list may only shrink.
NOT_YET = (
    "umkm.exercise.kinds",
    "umkm.qris.checks",
    "umkm_tools.ad_game",
    "umkm_tools.cash_book",
    "umkm_tools.cash_book.screens",
    "umkm_tools.cashier_game",
    "umkm_tools.catalogue",
    "umkm_tools.content_calendar",
    "umkm_tools.customer_segments",
    "umkm_tools.listing_editor",
    "umkm_tools.marketplace_fees",
    "umkm_tools.photo_check",
    "umkm_tools.price_calculator",
    "umkm_tools.qr_inspector",
    "umkm_tools.qris_fees",
    "umkm_tools.settlement_check",
)


def public_names(source, package):
    """Return the names without `_` that a package defines or imports from its modules, and the rest.

    What it imports from elsewhere it may export as well, if `__all__` names it.
    """
    own, others = set(), set()
    for node in _statements(ast.parse(source).body):
        match node:
            case ast.ImportFrom(level=level, module=module):
                inside = level == 1 or f"{module}.".startswith(f"{package}.")
                (own if inside else others).update(each.asname or each.name for each in node.names)
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
            if own:
                found[package] = own, others
    return found


PACKAGES = packages()


def has_own_docstring(thing):
    # A dataclass without a docstring gets its signature as one.
    text = thing.__doc__ or ""
    return bool(text) and not text.startswith(f"{thing.__name__}(")


def test_the_packages_are_found():
    assert {"umkm", "umkm.qris.cashier_game", "umkm_kernels", "umkm_records"} <= PACKAGES.keys()
    assert not {*NOT_YET, *TOO_MANY_NAMES} - PACKAGES.keys()


def is_in_order(name):
    own, others = PACKAGES[name]
    exported = list(getattr(importlib.import_module(name), "__all__", ()))
    return exported == sorted(own | (others & {*exported}), key=isort_key)


@pytest.mark.parametrize("name", [name for name in PACKAGES if name not in NOT_YET])
def test_all_is_what_is_public(name):
    assert is_in_order(name), f"__all__ of {name}, sorted, should hold {PACKAGES[name][0]}"


@pytest.mark.parametrize("name", NOT_YET)
def test_the_list_of_packages_to_do_shrinks(name):
    assert not is_in_order(name), f"{name} is in order: take it off the list"


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
    large = {name: count for name, count in counts.items() if count > MOST_NAMES}
    assert large.keys() == TOO_MANY_NAMES.keys(), "a new large package, or one to take off the list"
    assert {name for name, count in large.items() if count > TOO_MANY_NAMES[name]} == set()
