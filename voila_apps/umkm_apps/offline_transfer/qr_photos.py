"""Decoding of QR codes on photos."""

from __future__ import annotations

from umkm.images import ImageError
from umkm_widgets.photo_process import codes_in

from .errors import Unreadable


def codes_on(photo: bytes) -> list[str]:
    """Return the texts of all QR codes on a photo; empty where there are none.

    Raises:
        Unreadable: it is no picture we can open.
    """
    try:
        return codes_in(photo)
    except ImageError as error:
        raise Unreadable(error.message) from None
