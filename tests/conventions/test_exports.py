"""What a package offers is what its `__all__` says: present, documented; ruff (RUF022) sorts it."""

import importlib
import inspect

import pytest

PACKAGES = [
    "umkm",
    "umkm.bookkeeping",
    "umkm.exercise",
    "umkm.marketing",
    "umkm.pricing",
    "umkm.qris",
    "umkm.qris.cashier_game",
    "umkm_apps",
    "umkm_cli",
    "umkm_courses",
    "umkm_grading",
    "umkm_kernels",
    "umkm_records",
    "umkm_tools",
    "umkm_widgets",
]


@pytest.mark.parametrize("name", PACKAGES)
def test_exports_are_present_and_named_once(name):
    package = importlib.import_module(name)
    assert len(package.__all__) == len(set(package.__all__))
    assert all(hasattr(package, exported) for exported in package.__all__)


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_and_what_they_export_are_documented(name):
    package = importlib.import_module(name)
    assert package.__doc__
    undocumented = [
        exported
        for exported in package.__all__
        if (inspect.isclass(thing := getattr(package, exported)) or inspect.isfunction(thing))
        and not inspect.getdoc(thing)
    ]
    assert undocumented == []
