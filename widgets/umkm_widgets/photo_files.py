"""Photos beside an assignment notebook: what they are called, and how they are read back and shown.

An answer names a photo by the SHA-256 of its file, so no other file can take its place.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from umkm.errors import InputError
from umkm.exercise import photo_names

#: Bytes of the largest photo we make ourselves: 1600 x 1600 pixels at most.
LARGEST_PHOTO: Final = 5_000_000
#: The longest side of a photo in a graded notebook, in pixels.
SHOWN_SIDE: Final = 1000

_FILE: Final = re.compile(r"foto-[0-9a-f]{16}\.jpg")


def file_of(name: str) -> str:
    """Return the file name of a photo."""
    return f"foto-{name[:16]}.jpg"


def is_photo_file(name: str) -> bool:
    """Return whether a file is called as a photo of ours is."""
    return bool(_FILE.fullmatch(name))


def named_in(answers: Mapping[str, object]) -> set[str]:
    """Return the photos that answers name."""
    return {name for answer in answers.values() for name in photo_names(answer)}


def is_photo(name: str, content: bytes) -> bool:
    """Return whether a file's content is the photo of this name."""
    return hashlib.sha256(content).hexdigest() == name


def read_photo(folder: Path, name: str) -> bytes | None:
    """Return a photo that lies in a folder; None where it is not there, or is another."""
    path = folder / file_of(name)
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST_PHOTO:
            return None
        content = path.read_bytes()
    except OSError:
        return None
    return content if is_photo(name, content) else None


def pictures_of(folder: Path, names: Iterable[str]) -> list[str | None]:
    """Return photos as base64 of JPEG files made anew, small enough to be looked at; None for a lost one.

    Whatever a file holds, what comes out is pixels.
    """
    from umkm_widgets.photo_process import develop  # noqa: PLC0415 - few sheets have a photo

    found: list[str | None] = []
    for name in names:
        content = read_photo(folder, name)
        try:
            shown = develop(content, SHOWN_SIDE).jpeg if content is not None else None
        except InputError:
            shown = None
        found.append(None if shown is None else base64.b64encode(shown).decode("ascii"))
    return found
