"""Photos are opened in a child process that is limited and ends: a small file can unpack to gigabytes.

What comes back is made by the child: a JPEG, pixels, or the texts of QR codes. Whatever happens to the
child (no memory, no time, a crash in a decoder) is told as a photo that is too large.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from umkm.marketing.errors import MarketingError
from umkm.marketing.pictures import LARGEST_BYTES, TOO_HEAVY, TOO_MUCH, Photo

if TYPE_CHECKING:
    from PIL.Image import Image

#: Bytes a child may write to (RLIMIT_DATA), and seconds it may take.
MOST_MEMORY: Final = 600 * 1024 * 1024
MOST_SECONDS: Final = 20
#: As far as QR codes on a photo of a phone's screen need it.
_CODES_SIDE: Final = 4000

_CHILD: Final = Path(__file__).with_name("photo_child.py")


def develop(content: bytes, longest: int = 1600, quality: int = 82) -> Photo:
    """Return a photo made anew from what was sent, no side longer than `longest` pixels.

    Raises:
        MarketingError: no picture, a kind not taken, broken, too large or too small.
    """
    told, jpeg = _ask("jpeg", content, longest, quality)
    return Photo(jpeg, told["width"], told["height"])


def open_small(content: bytes, longest: int) -> "Image":
    """Return what was sent as an upright RGB picture, no side longer than `longest` pixels.

    Raises:
        MarketingError: as `develop`.
    """
    from PIL import Image  # noqa: PLC0415 - only whoever has a photo waits

    told, pixels = _ask("pixels", content, longest)
    return Image.frombytes("RGB", (told["width"], told["height"]), pixels)


def codes_in(content: bytes) -> list[str]:
    """Return the texts of all QR codes on a photo; empty where there are none.

    Raises:
        MarketingError: as `develop`.
    """
    told, _ = _ask("codes", content, _CODES_SIDE)
    return list(told["codes"])


def _ask(made: str, content: bytes, longest: int, quality: int = 0) -> tuple[dict[str, Any], bytes]:
    if len(content) > LARGEST_BYTES:
        raise MarketingError(TOO_HEAVY, "photo")
    wanted = {
        "made": made,
        "longest": longest,
        "quality": quality,
        "memory": MOST_MEMORY,
        "seconds": MOST_SECONDS,
    }
    try:
        # Not forked: a server with threads cannot be forked safely. -P: nothing beside the script is
        # imported in place of a package.
        done = subprocess.run(
            [sys.executable, "-P", str(_CHILD)],
            input=json.dumps(wanted).encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS * 3,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise MarketingError(TOO_MUCH, "photo") from None
    head, _, body = done.stdout.partition(b"\n")
    told = json.loads(head)
    if "message" in told:
        raise MarketingError(told["message"], "photo")
    return told, body
