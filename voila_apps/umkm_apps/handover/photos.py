"""Finds the texts of QR codes on photos."""

from __future__ import annotations

import io

import zxingcpp
from PIL import Image

from .errors import Unreadable

#: A phone's photo has 12 to 50 million points; more is no photo.
MOST_POINTS = 120_000_000


def codes_on(photo: bytes) -> list[str]:
    """The texts of all QR codes on a photo; empty where there are none.

    Raises:
        Unreadable: it is no picture we can open.
    """
    try:
        with Image.open(io.BytesIO(photo)) as opened:
            if opened.width * opened.height > MOST_POINTS:
                raise Unreadable("Foto ini terlalu besar. Kecilkan dulu, atau foto ulang.")
            picture = opened.convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Unreadable(
            "Foto ini tidak bisa dibuka. Simpan sebagai JPG atau PNG, lalu coba lagi."
        ) from None
    found = zxingcpp.read_barcodes(picture)
    return [code.text for code in found]
