"""Photos of many megapixels in every kind that is accepted, drawn once and kept for the next run."""

from __future__ import annotations

import contextlib
import io
from functools import cache

from benchmarks.abuse import ROOT

KINDS = ("JPEG", "MPO", "PNG", "WEBP", "HEIF")
#: Megapixels, and the sides of a picture of so many.
SIZES = {12: (4000, 3000), 24: (6000, 4000), 50: (8160, 6120), 100: (11_547, 8660)}
#: Megapixels from which a kind that is decoded whole is refused (umkm.images).
REFUSED_FROM = 51
#: The largest take half a minute to encode.
DRAWN = ROOT / ".cache" / "benchmark-photos"


@cache
def drawn(kind: str, megapixels: int) -> bytes:
    """Return a photo of a kind and size: light that goes from one corner to the other."""
    path = DRAWN / f"{megapixels}.{kind.lower()}"
    with contextlib.suppress(OSError):
        return path.read_bytes()
    from PIL import Image  # noqa: PLC0415 - only a first run draws
    from pillow_heif import register_heif_opener  # noqa: PLC0415

    register_heif_opener()
    light = Image.linear_gradient("L")
    bands = (light, light.rotate(90), light.rotate(180))
    image = Image.merge("RGB", bands).resize(SIZES[megapixels], Image.Resampling.NEAREST)
    file = io.BytesIO()
    more = {"save_all": True, "append_images": [image.resize((640, 480))]} if kind == "MPO" else {}
    image.save(file, kind, quality=80, **more)
    DRAWN.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.getvalue())
    return file.getvalue()
