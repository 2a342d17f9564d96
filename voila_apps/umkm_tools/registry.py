"""The registry of tools: every folder of `umkm_tools` whose package has a `TOOL`."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

import umkm_tools

from .base.tool import Tool


@cache
def tools() -> Mapping[str, Tool]:
    """Return every tool by its name in the address, in the order of Beranda."""
    found = sorted(
        (
            tool
            for module in pkgutil.iter_modules(umkm_tools.__path__, "umkm_tools.")
            if module.ispkg
            and isinstance(tool := getattr(import_module(module.name), "TOOL", None), Tool)
        ),
        key=lambda tool: (tool.order, tool.name),
    )
    return MappingProxyType({tool.name: tool for tool in found})
