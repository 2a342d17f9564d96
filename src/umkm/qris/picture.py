"""Draws practice codes, watermarked LATIHAN. There is no way here to draw any other code."""

from typing import Final
from xml.sax.saxutils import escape, quoteattr

import segno

from umkm.errors import InputError
from umkm.qris.characters import shown
from umkm.qris.practice import is_practice
from umkm.qris.validation import validate

WATERMARK: Final = "LATIHAN"

_BAND: Final = 7  # modules above and below the code, for words
_QUIET: Final = 4  # modules of margin that ISO/IEC 18004 asks for
_RED: Final = "#b3261e"
_NOTE: Final = "Bukan untuk membayar"


def draw(payload: str) -> str:
    """Return the SVG of a practice code, with LATIHAN above it and across it.

    The words across are pale enough for a phone's camera to read the code through them. Error
    correction is level M. The SVG has a view box and no size: whoever shows it decides.

    Raises:
        InputError: the text is no valid code, or any account or name in it could be a real one.
    """
    verdict = validate(payload)
    if not verdict.accepted:
        raise InputError(verdict.findings[0].plain, "payload")
    if not is_practice(verdict.parsed):
        raise InputError(
            "Hanya kode latihan yang digambar di sini, bukan QRIS sungguhan.", "payload"
        )
    symbol = segno.make(payload, error="m", micro=False, boost_error=False)
    modules = symbol.svg_inline(border=_QUIET, omitsize=True, dark="#000", light="#fff")
    side = int(symbol.symbol_size(border=_QUIET)[0])
    name = shown(verdict.parsed.value("59"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side + 2 * _BAND}" role="img"'
        f" aria-label={quoteattr(f'Kode QR latihan {name}. {_NOTE}.')}>"
        f'<rect width="{side}" height="{side + 2 * _BAND}" fill="#fff"/>'
        f'<svg y="{_BAND}" width="{side}" height="{side}">{modules}{_across(side)}</svg>'
        f"{_words(side, _BAND - 2, WATERMARK, bold=True)}"
        f"{_words(side, side + _BAND + 2, _NOTE)}"
        f"{_words(side, side + 2 * _BAND - 1.5, escape(name))}</svg>"
    )


def _words(side: int, y: float, words: str, *, bold: bool = False) -> str:
    size, weight = (5, "bold") if bold else (2.6, "normal")
    return (
        f'<text x="{side / 2}" y="{y}" font-family="sans-serif" font-size="{size}" fill="{_RED}"'
        f' font-weight="{weight}" text-anchor="middle">{words}</text>'
    )


def _across(side: int) -> str:
    middle, size = side / 2, side * 0.24
    return (
        f'<text x="{middle}" y="{middle + size * 0.36:.1f}" textLength="{side * 0.9:.1f}"'
        f' transform="rotate(-35 {middle} {middle})" lengthAdjust="spacingAndGlyphs"'
        f' font-family="sans-serif" font-size="{size:.1f}" font-weight="bold" fill="{_RED}"'
        f' fill-opacity="0.5" text-anchor="middle" aria-hidden="true">{WATERMARK}</text>'
    )
