"""Consoles that print text without interpreting it.

rich reads `[red]`, `[link=…]` and `:smile:` in a string as markup, and a terminal obeys control
characters: names, answers, paths and error texts may hold any of them. So every console is made
here (tests/conventions/test_terminal.py), and styled text is a `plain` text with a style.
"""

from __future__ import annotations

from rich.console import Console
from rich.status import Status
from rich.text import Text


def printable(text: str) -> str:
    """Return `text` with control characters, direction marks and lone surrogates made visible.

    Line ends and tabs stay; another invisible character becomes its code point, `[U+202E]`.
    """
    return "".join(char if _is_shown(char) else f"[U+{ord(char):04X}]" for char in text)


def plain(text: object, style: str = "") -> Text:
    """Return a text that rich prints as it is, in a style."""
    return Text(printable(str(text)), style)


class PlainConsole(Console):
    """A console that reads no markup in strings, also not in those of tables."""

    def render_str(self, text: str, **options: object) -> Text:
        """Return a string as a text, without reading markup in it."""
        options |= {"markup": False, "emoji": False, "highlight": False}
        return super().render_str(printable(text), **options)  # type: ignore[arg-type]

    def status(self, status: object, **options: object) -> Status:
        """Return a status line; `update` it with strings."""
        return _PlainStatus(_text(status), console=self, **options)  # type: ignore[arg-type]


class _PlainStatus(Status):
    def update(self, status: object = None, **options: object) -> None:
        super().update(None if status is None else _text(status), **options)  # type: ignore[arg-type]


def make_console(*, stderr: bool = False, style: str | None = None) -> Console:
    """Return a console of a command, on standard output or, for errors, on standard error."""
    return PlainConsole(stderr=stderr, style=style, soft_wrap=stderr, markup=False, emoji=False)


def _text(words: object) -> Text:
    return words if isinstance(words, Text) else plain(words)


def _is_shown(char: str) -> bool:
    # Python calls all spaces of Unicode but U+0020 unprintable; amounts contain the no-break ones.
    return char.isprintable() or char in "\n\t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
