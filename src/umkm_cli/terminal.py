"""The terminal: everything printed there is text, whoever wrote it.

rich reads `[red]`, `[link=…]` and `:smile:` in a string as markup, and a terminal obeys control
characters: names, answers, paths and error texts may hold any of them. So every console comes from
here (tests/conventions/test_terminal.py), and what we style ourselves is a `plain` text with a style.
"""

from __future__ import annotations

from rich.console import Console
from rich.status import Status
from rich.text import Text


def printable(text: str) -> str:
    """Return `text` with control characters, direction marks and half emoji made visible.

    Line ends and tabs stay; a hidden character becomes its number, `[U+202E]`.
    """
    return "".join(char if _is_shown(char) else f"[U+{ord(char):04X}]" for char in text)


def plain(text: object, style: str = "") -> Text:
    """Return a text for rich that is shown letter for letter, in a style of ours."""
    return Text(printable(str(text)), style)


class PlainConsole(Console):
    """A console that takes no string for markup; strings in tables are strings too."""

    def render_str(self, text: str, **options: object) -> Text:
        """Return a string as rich prints it, without reading anything in it."""
        options |= {"markup": False, "emoji": False, "highlight": False}
        return super().render_str(printable(text), **options)  # type: ignore[arg-type]

    def status(self, status: object, **options: object) -> Status:
        """Return a line that says what is being done; `update` it with strings."""
        return _PlainStatus(_text(status), console=self, **options)  # type: ignore[arg-type]


class _PlainStatus(Status):
    def update(self, status: object = None, **options: object) -> None:
        super().update(None if status is None else _text(status), **options)  # type: ignore[arg-type]


def make_console(*, stderr: bool = False, style: str | None = None) -> Console:
    """Return the console of a command: standard output, or standard error for what went wrong."""
    return PlainConsole(stderr=stderr, style=style, soft_wrap=stderr, markup=False, emoji=False)


def _text(words: object) -> Text:
    return words if isinstance(words, Text) else plain(words)


def _is_shown(char: str) -> bool:
    # Every blank of Unicode counts as unprintable, but the no-break ones stand in amounts.
    return char.isprintable() or char in "\n\t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
