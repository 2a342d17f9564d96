"""Opens photos from phones safely, and encodes them anew without metadata.

What arrives is bytes with a name that says nothing. Only pictures Pillow itself recognises as one
of a few kinds are opened, their number of pixels is read before any is decoded (a few kilobytes can
unpack to gigabytes), and what is kept is a new JPEG: turned the right way up, without the place,
time and phone that its EXIF held.
"""

import io
import warnings
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from umkm.errors import InputError

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_BYTES: Final = 15 * 1024 * 1024
LARGEST_PIXELS: Final = 120_000_000
#: A JPEG can be decoded small; of every other kind each pixel is laid out in memory.
LARGEST_PIXELS_WHOLE: Final = 51_000_000
SMALLEST_SIDE: Final = 100
KINDS: Final = ("JPEG", "PNG", "WEBP", "HEIF")

#: Mean light, 0-255, below which a photo is dark: as in `photo.advise`.
_DARK: Final = 75
_MOST_LIGHT: Final = 2.5

# From hardly to be told from the photo, to where its blocks begin to show.
_QUALITIES: Final = (80, 70, 60, 50, 40)

_NO_PICTURE: Final = "File ini bukan foto yang bisa dibuka. Pilih foto JPG, PNG, WEBP, atau HEIC."
_BROKEN: Final = "Foto ini rusak atau belum terkirim utuh. Kirim sekali lagi."
TOO_HEAVY: Final = "Foto ini terlalu besar. Kirim yang paling besar 15 MB."
TOO_MUCH: Final = "Foto terlalu besar. Kecilkan dulu di galeri HP, lalu kirim lagi."
"""What is told where opening a photo would take more memory or time than there is."""
_TOO_WIDE: Final = "Foto ini terlalu lebar. Kecilkan dulu di galeri HP, lalu kirim lagi."
_TOO_SMALL: Final = "Foto ini terlalu kecil. Pilih foto aslinya, bukan potongan layar kecil."


class ImageError(InputError):
    """A photo that cannot be taken in; the message says what to send instead."""


@dataclass(frozen=True)
class Photo:
    """A photo ready to be kept or sent: JPEG bytes without any metadata, and its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def normalize_photo(data: bytes, longest: int = 1600, quality: int = 82) -> Photo:
    """Return a photo made anew from what was sent, no side longer than `longest` pixels.

    Raises:
        ImageError: no picture, a kind not taken, broken, too large or too small.
    """
    return encode(open_picture(data, longest), quality)


def open_picture(data: bytes, longest: int | None = None) -> "Image":
    """Return what was sent as an upright RGB picture, whatever its file is called.

    With `longest`, no side has more pixels. A large photo takes hundreds of megabytes for a moment: a
    process that others depend on opens it by `umkm_widgets.photo_process`.

    Raises:
        ImageError: as `normalize_photo`.
    """
    # Loaded only where a photo is: Pillow's plug-ins weigh more than a whole lesson.
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415
    from pillow_heif import register_heif_opener  # noqa: PLC0415

    register_heif_opener(thumbnails=False)
    if len(data) > LARGEST_BYTES:
        raise ImageError(TOO_HEAVY, "photo")
    try:
        with warnings.catch_warnings():
            # Pillow warns at 89 megapixels; the limit that counts is ours, below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=KINDS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise ImageError(_NO_PICTURE, "photo") from None
    except Image.DecompressionBombError:
        raise ImageError(_TOO_WIDE, "photo") from None
    width, height = opened.size
    most = LARGEST_PIXELS if opened.format in {"JPEG", "MPO"} else LARGEST_PIXELS_WHOLE
    if width * height > most:
        raise ImageError(_TOO_WIDE, "photo")
    if min(width, height) < SMALLEST_SIDE:
        raise ImageError(_TOO_SMALL, "photo")
    try:
        # A JPEG can be decoded at an eighth of its size: a 100-megapixel photo in little memory.
        side = max(2000, longest or 0)
        opened.draft("RGB", (side, side))
        picture = _as_pixels(opened)
        if longest is not None:
            # Before anything makes copies of it.
            picture.thumbnail((longest, longest))
        return _on_white(ImageOps.exif_transpose(picture))
    except MemoryError:
        raise ImageError(TOO_MUCH, "photo") from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise ImageError(_BROKEN, "photo") from None


def encode(picture: "Image", quality: int = 82) -> Photo:
    """Return a picture as JPEG bytes that hold pixels and nothing else."""
    from PIL import Image  # noqa: PLC0415

    # Copied pixel by pixel into a new picture: `info` may carry EXIF, comments and profiles.
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    return Photo(written.getvalue(), *picture.size)


def square(picture: "Image", side: int = 1000) -> "Image":
    """Return the middle of a picture as a square, no larger than it was."""
    edge = min(picture.size)
    left, top = (picture.width - edge) // 2, (picture.height - edge) // 2
    cut = picture.crop((left, top, left + edge, top + edge))
    cut.thumbnail((side, side))
    return cut


def fit(data: bytes, side: int, most_bytes: int) -> bytes:
    """Return a photo as a square JPEG of at most so many pixels a side and so many bytes.

    Raises:
        ImageError: as `normalize_photo`.
    """
    picture = square(open_picture(data), side)
    for quality in _QUALITIES:
        made = encode(picture, quality).jpeg
        if len(made) <= most_bytes:
            return made
    # A picture of nothing but noise: smaller, then, until it fits.
    return fit(made, side * 3 // 4, most_bytes)


def brighten(picture: "Image") -> "Image":
    """Return a dark RGB picture with more light; one that is not dark as it is.

    Every pixel is multiplied by one number, so that the proportions of red, green and blue, which make
    a colour, stay, and black stays black: goods must not arrive in another colour than on the photo.
    """
    lights = picture.convert("L").histogram()
    count = sum(lights)
    if sum(level * share for level, share in enumerate(lights)) >= _DARK * count:
        return picture
    # What all but the brightest hundredth stay below, so that little burns out.
    level = next(at for at, below in enumerate(accumulate(lights)) if below >= count * 0.99)
    gain = min(_MOST_LIGHT, 245 / max(level, 1))
    return picture.point([min(255, round(value * gain)) for value in range(256)] * 3)


def _as_pixels(picture: "Image") -> "Image":
    """Return a picture whose numbers are lights, so that it can be made smaller by averaging."""
    if picture.mode.startswith("I;16"):
        # Pillow cuts sixteen bits off at 255 where they are to be divided.
        return picture.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    if picture.mode in {"1", "P", "PA"}:
        return picture.convert("RGBA")
    return picture


def _on_white(picture: "Image") -> "Image":
    from PIL import Image  # noqa: PLC0415

    if picture.mode in {"RGBA", "LA", "P", "PA"}:
        layer = picture.convert("RGBA")
        page = Image.new("RGB", layer.size, "white")
        page.paste(layer, mask=layer.getchannel("A"))
        return page
    return picture.convert("RGB")
