"""Photos are opened in a child process that is limited and ends: a small file can unpack to gigabytes.

One child of this user's pages works at a time on a computer; the trainees' server has a line of its own.

What comes back is made by the child: a JPEG, pixels, or the texts of QR codes. Whatever happens to the
child (no memory, no time, a crash in a decoder) is told as a photo that is too large.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from umkm.images import LARGEST_BYTES, TOO_HEAVY, TOO_MUCH, ImageError, Photo

if TYPE_CHECKING:
    from PIL.Image import Image

#: Bytes a child may write to (RLIMIT_DATA), and seconds it may take.
MOST_MEMORY: Final = 600 * 1024 * 1024
MOST_SECONDS: Final = 20
#: Seconds that a page waits for other pages' photos: less than the message it is at may take.
MOST_WAIT: Final = 12.0
BUSY: Final = "Sedang banyak foto yang dibuka. Tunggu sebentar, lalu pilih lagi fotonya."
#: As far as QR codes on a photo of a phone's screen need it.
_CODES_SIDE: Final = 4000

_CHILD: Final = Path(__file__).with_name("photo_child.py")


def develop(
    content: bytes, longest: int = 1600, quality: int = 82, *, in_turn: bool = True
) -> Photo:
    """Return a photo made anew from what was sent, no side longer than `longest` pixels.

    Args:
        content: the file.
        longest: in pixels.
        quality: of the JPEG.
        in_turn: wait for the photos of other pages; the caller sees to it otherwise.

    Raises:
        ImageError: no picture, a kind not taken, broken, too large or too small; too many at once.
    """
    with _turn() if in_turn else contextlib.nullcontext():
        told, jpeg = _ask("jpeg", content, longest, quality)
    return Photo(jpeg, told["width"], told["height"])


def open_small(content: bytes, longest: int) -> "Image":
    """Return what was sent as an upright RGB picture, no side longer than `longest` pixels.

    Raises:
        ImageError: as `develop`.
    """
    from PIL import Image  # noqa: PLC0415 - only whoever has a photo waits

    with _turn():
        told, pixels = _ask("pixels", content, longest)
    return Image.frombytes("RGB", (told["width"], told["height"]), pixels)


def codes_in(content: bytes) -> list[str]:
    """Return the texts of all QR codes on a photo; empty where there are none.

    Raises:
        ImageError: as `develop`.
    """
    with _turn():
        told, _ = _ask("codes", content, _CODES_SIDE)
    return list(told["codes"])


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    """Hold the one place for a child of a page; it is free again when this process ends, however it does.

    Raises:
        ImageError: others hold it for too long.
    """
    try:
        import fcntl  # noqa: PLC0415 - not everywhere

        place = Path(tempfile.gettempdir()) / f"umkm-foto-{os.getuid()}"
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(place, flags, 0o600)
    except (ImportError, OSError):
        # Another system, or somebody else's file of this name: each child is limited all the same.
        yield
        return
    try:
        ends = time.monotonic() + MOST_WAIT
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > ends:
                    raise ImageError(BUSY, "photo") from None
                time.sleep(0.05)
        yield
    finally:
        os.close(descriptor)


def _ask(made: str, content: bytes, longest: int, quality: int = 0) -> tuple[dict[str, Any], bytes]:
    if len(content) > LARGEST_BYTES:
        raise ImageError(TOO_HEAVY, "photo")
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
        raise ImageError(TOO_MUCH, "photo") from None
    head, _, body = done.stdout.partition(b"\n")
    told = json.loads(head)
    if "message" in told:
        raise ImageError(told["message"], "photo")
    return told, body
