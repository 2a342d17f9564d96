"""Advice on a product photo: size, light, sharpness, contrast, level, what stands at its edges.

All thresholds are rules of thumb of ours, tuned on photos with known faults; what comes out is a
"saran", never a verdict. Sizes: paxel.co (square, 400 x 400 at least), and 1,000 x 1,000 as common
advice. The measure of sharpness is the variance of the Laplacian, which falls as edges soften.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

Pixels = NDArray[np.float64]

_MEASURED_AT: Final = 800
_DARK, _BRIGHT = 75.0, 215.0
_FEW_TONES: Final = 28.0
_SOFT: Final = 45.0
_EDGE_SHARE: Final = 0.12
_BUSY: Final = 0.06
_TILTED: Final = (2.5, 20.0)


@dataclass(frozen=True)
class Reading:
    """What was measured: 0-255 for light and tones, degrees for the tilt (None: no lines seen)."""

    width: int
    height: int
    light: float
    burnt: float
    tones: float
    sharpness: float
    edge_clutter: float
    tilt: float | None


@dataclass(frozen=True)
class PhotoAdvice:
    """One thing to better: what it is about, and what to do, in a sentence."""

    about: str
    message: str


def measure(picture: "Image") -> Reading:
    """Return the measurements of an upright RGB picture of any size."""
    small = picture.convert("L")
    small.thumbnail((_MEASURED_AT, _MEASURED_AT))
    grey = np.asarray(small, dtype=np.float64)
    return Reading(
        width=picture.width,
        height=picture.height,
        light=float(grey.mean()),
        burnt=float((grey >= 252).mean()),
        tones=float(grey.std()),
        sharpness=_sharpness(grey),
        edge_clutter=_edge_clutter(grey),
        tilt=_tilt(grey),
    )


def advise(reading: Reading) -> list[PhotoAdvice]:
    """Return what to better, most telling first; empty where the photo is good as it is."""
    return [*_light(reading), *_focus(reading), *_frame(reading)]


def _light(reading: Reading) -> Iterator[PhotoAdvice]:
    if reading.light < _DARK:
        yield PhotoAdvice("cahaya", "Foto gelap. Foto lagi dekat jendela, pagi atau sore.")
    elif reading.light > _BRIGHT and reading.tones < _FEW_TONES * 2:
        yield PhotoAdvice("cahaya", "Foto terlalu terang. Jauhkan dari sinar langsung.")
    if reading.tones < _FEW_TONES and reading.light >= _DARK:
        yield PhotoAdvice(
            "kontras", "Barang dan latarnya hampir sewarna. Pakai alas yang warnanya berbeda."
        )


def _focus(reading: Reading) -> Iterator[PhotoAdvice]:
    # A dark or flat photo has weak edges even when it is sharp.
    spread = max(reading.tones / 60.0, 0.25) ** 2
    if reading.sharpness < _SOFT * min(spread, 1.0):
        yield PhotoAdvice(
            "ketajaman", "Foto buram. Bersihkan lensa, ketuk barangnya di layar, tahan HP diam."
        )


def _frame(reading: Reading) -> Iterator[PhotoAdvice]:
    if reading.tilt is not None and _TILTED[0] <= abs(reading.tilt) <= _TILTED[1]:
        side = "kanan" if reading.tilt > 0 else "kiri"
        yield PhotoAdvice(
            "miring",
            f"Foto miring ke {side} sekitar {abs(reading.tilt):.0f} derajat. "
            "Luruskan dengan garis meja.",
        )
    if reading.edge_clutter > _BUSY:
        yield PhotoAdvice("latar", "Pinggir foto ramai. Pakai alas polos, atau lebih dekat.")
    shorter = min(reading.width, reading.height)
    if shorter < 400:
        yield PhotoAdvice("ukuran", "Foto kecil. Marketplace meminta paling sedikit 400 x 400.")
    elif shorter < 1000:
        yield PhotoAdvice(
            "ukuran", "Sebaiknya 1.000 x 1.000 titik atau lebih, supaya bisa dibesarkan."
        )
    if abs(reading.width - reading.height) > 0.05 * max(reading.width, reading.height):
        yield PhotoAdvice("bentuk", "Potong menjadi persegi, supaya rapi di daftar barang.")


def _sharpness(grey: Pixels) -> float:
    inner = grey[1:-1, 1:-1]
    around = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]
    return float((around - 4 * inner).var())


def _slopes(grey: Pixels) -> tuple[Pixels, Pixels]:
    # Averaged over 3 x 3 twice: grain is no line, and the direction of a hard edge comes out true.
    smooth = _box(_box(grey))
    down, across = np.gradient(smooth)
    return np.asarray(down), np.asarray(across)


def _box(grey: Pixels) -> Pixels:
    rows = grey[:-2] + grey[1:-1] + grey[2:]
    return (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / 9


def _edge_clutter(grey: Pixels) -> float:
    """Return the share of pixels along the border that lie on an edge of something."""
    down, across = _slopes(grey)
    on_edge = np.hypot(down, across) > 12
    high, wide = on_edge.shape
    rim = np.ones_like(on_edge)
    margin_y, margin_x = int(high * _EDGE_SHARE), int(wide * _EDGE_SHARE)
    rim[margin_y : high - margin_y, margin_x : wide - margin_x] = False
    return float(on_edge[rim].mean())


def _tilt(grey: Pixels) -> float | None:
    """Return how many degrees the picture's straight lines lean, clockwise positive.

    Lines of a table or box lie level or upright; the direction most edges share, taken modulo a
    right angle, is the lean. None where no direction is shared: a bowl, a heap of crackers.
    """
    down, across = _slopes(grey)
    strength = np.hypot(down, across)
    strong = strength > 12
    if strong.mean() < 0.005:
        return None
    angle = (np.degrees(np.arctan2(down, across))[strong] + 45) % 90 - 45
    counts, bounds = np.histogram(angle, bins=90, range=(-45, 45), weights=strength[strong])
    shared = np.convolve(np.concatenate([counts[-1:], counts, counts[:1]]), np.ones(3), "valid")
    top = int(shared.argmax())
    if shared[top] < 0.25 * counts.sum():
        return None
    near = (angle >= bounds[top] - 1) & (angle <= bounds[top] + 2)
    return float(np.average(angle[near], weights=strength[strong][near]))
