"""Show tools in a notebook."""

from __future__ import annotations

from importlib import import_module

from umkm_widgets.session import display_here

from .base.page import ToolPage
from .registry import tools


def show(name: str, page: ToolPage | None = None) -> None:
    """Display a tool; without a page, on a page of nobody.

    Raises:
        KeyError: there is none of this name.
    """
    import_module(tools()[name].page_module).show(page or ToolPage())


def show_gallery(*without: str) -> None:
    """Display every tool below its heading, but for those named, each on a page of nobody."""
    for tool in tools().values():
        if tool.name not in without:
            display_here({"text/markdown": f"## {tool.title}\n\n{tool.detail}"})
            show(tool.name)
