"""Formulas in a notebook's text, marked so that the page need not guess what is one."""

from __future__ import annotations

from html import escape

from voila.exporter import VoilaMarkdownRenderer


def _marked(source: str, shown: str, *, display: bool) -> str:
    attribute = ' data-display=""' if display else ""
    return f'<span data-formula="{escape(source)}"{attribute}>{escape(shown, quote=False)}</span>'


class FormulaRenderer(VoilaMarkdownRenderer):
    r"""Voila's renderer of Markdown; each formula is marked where the parser has found it.

    Only the parser knows that the dollar of an escaped ``\$5`` begins none: in the page's text both
    look alike. The source stands in an attribute, since a page's text may be half streamed when its
    script reads it, and as the text of the element, for browsers that draw nothing.
    """

    def inline_math(self, body: str) -> str:
        """Return a formula within a line."""
        return _marked(body, f"${body}$", display=False)

    def block_math(self, body: str) -> str:
        """Return a formula on a line of its own."""
        return _marked(body, f"$${body}$$", display=True)

    def latex_environment(self, name: str, body: str) -> str:
        """Return an environment of LaTeX, such as align."""
        source = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return _marked(source, source, display=True)
