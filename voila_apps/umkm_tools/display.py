"""Show tools in a notebook."""

from __future__ import annotations

from importlib import import_module

from IPython.display import Markdown, display

from .base.page import ToolPage
from .registry import tools


def show(name: str, page: ToolPage) -> None:
    """Display a tool.

    Raises:
        KeyError: there is none of this name.
    """
    import_module(tools()[name].page_module).show(page)


def show_gallery() -> None:
    """Display every tool below its heading, each on a page of nobody."""
    for tool in tools().values():
        display(Markdown(f"## {tool.title}\n\n{tool.detail}"))
        show(tool.name, ToolPage())
