"""Small pictures of money for a phone, as SVG text: bars that compare, a line of days.

Colour is never the only sign: amounts are written beside the bars, and the highest and the lowest
day of a line are named. Each picture says in its label what it shows, for whoever cannot see it.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from umkm.errors import InputError
from umkm.money import format_rupiah

_WIDTH: Final = 320  # units of the view box: a letter of 13 is readable on a phone 360 px wide
_ROW: Final = 44
_BAR: Final = 14
_TOP: Final = 26
_LOW: Final = 150
_EDGE: Final = 6
# Letters take the colour of the page, light or dark; this one stands out from both.
_FILL: Final = "#1f8a8a"


def bars(title: str, amounts: Mapping[str, int]) -> str:
    """Return one bar for each amount, in the order given, its label and amount above it.

    Raises:
        InputError: there is nothing to draw, or an amount is below 0.
    """
    if not amounts or min(amounts.values()) < 0:
        raise InputError("Belum ada angka untuk digambar.", "amounts")
    most = max(*amounts.values(), 1)
    rows = [
        _bar(number, label, amount, amount / most)
        for number, (label, amount) in enumerate(amounts.items())
    ]
    description = "; ".join(f"{label} {format_rupiah(amount)}" for label, amount in amounts.items())
    return _svg(f"{title}: {description}", _ROW * len(rows), "".join(rows))


def line(title: str, days: Sequence[tuple[str, int]]) -> str:
    """Return a line through the amount of each day; the highest and the lowest day are named.

    Raises:
        InputError: fewer than two days, or an amount below 0.
    """
    if len(days) < 2 or min(amount for _, amount in days) < 0:
        raise InputError("Perlu paling sedikit dua hari untuk digambar.", "days")
    # Of days alike, the later one is the lowest: it is the one a reader still remembers.
    high = max(range(len(days)), key=lambda at: days[at][1])
    low = min(range(len(days)), key=lambda at: (days[at][1], -at))
    most = max(days[high][1], 1)
    step = (_WIDTH - 2 * _EDGE) / (len(days) - 1)
    places = [
        (_EDGE + at * step, _LOW - (_LOW - _TOP - 14) * amount / most)
        for at, (_, amount) in enumerate(days)
    ]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    drawn = (
        f'<path d="M{_EDGE} {_LOW}H{_WIDTH - _EDGE}" stroke="currentColor" stroke-opacity="0.4"/>'
        f'<path d="{path}" fill="none" stroke="{_FILL}" stroke-width="2"/>'
        f"{_named(places[high], days[high], above=True)}{_named(places[low], days[low], above=False)}"
        f"{_text(_EDGE, _LOW + 42, days[0][0])}"
        f"{_text(_WIDTH - _EDGE, _LOW + 42, days[-1][0], 'end')}"
    )
    description = (
        f"{title}: paling banyak {format_rupiah(days[high][1])} pada {days[high][0]}, "
        f"paling sedikit {format_rupiah(days[low][1])} pada {days[low][0]}, "
        f"terakhir {format_rupiah(days[-1][1])}"
    )
    return _svg(description, _LOW + 50, drawn)


def _bar(number: int, label: str, amount: int, share: float) -> str:
    top = number * _ROW
    return (
        f"{_text(0, top + 14, label)}{_text(_WIDTH, top + 14, format_rupiah(amount), 'end')}"
        f'<rect x="0" y="{top + 20}" width="{_WIDTH}" height="{_BAR}" rx="3" fill="currentColor" fill-opacity="0.15"/>'
        f'<rect x="0" y="{top + 20}" width="{_WIDTH * share:.1f}" height="{_BAR}" rx="3" fill="{_FILL}"/>'
    )


def _named(place: tuple[float, float], day: tuple[str, int], *, above: bool) -> str:
    x, y = place
    words = f"{day[0]}: {format_rupiah(day[1])}"
    anchor = "start" if x < _WIDTH / 3 else "end" if x > _WIDTH * 2 / 3 else "middle"
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{_FILL}"/>'
        f"{_text(x, y - 10 if above else _LOW + 20, words, anchor)}"
    )


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="sans-serif" font-size="13" fill="currentColor"'
        f' text-anchor="{anchor}">{escape(words)}</text>'
    )


def _svg(label: str, height: float, drawn: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" role="img"'
        f" aria-label={quoteattr(label + '.')}>{drawn}</svg>"
    )
