"""The examples in the docstrings hold."""

import doctest
import importlib
import pkgutil

import pytest

import umkm.qris

MODULES = ["umkm.qris", *(m.name for m in pkgutil.walk_packages(umkm.qris.__path__, "umkm.qris."))]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
