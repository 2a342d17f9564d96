"""Photos from phones, good and bad, taken in."""

import io
import struct
import zlib
from math import dist

import pillow_heif
import pytest
from PIL import Image
from tests.unit.umkm.marketing import studio

from umkm.images import LARGEST_BYTES, ImageError, brighten, normalize_photo, open_picture, square


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    into = io.BytesIO()
    picture.save(into, kind, **how)
    return into.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_kind_a_phone_saves_becomes_a_jpeg(kind: str):
    pillow_heif.register_heif_opener()
    photo = normalize_photo(saved(studio.product(side=400), kind))
    kept = opened(photo.jpeg)
    assert (kept.format, kept.size, (photo.width, photo.height)) == ("JPEG", (400, 400), (400, 400))
    red, green, blue = kept.getpixel((200, 100))  # type: ignore[misc]
    assert abs(red - 150) < 25
    assert abs(green - 60) < 25
    assert abs(blue - 40) < 25


def test_place_and_phone_do_not_stay_and_up_is_up():
    picture = Image.new("RGB", (300, 200), "white")
    picture.paste((200, 0, 0), (0, 0, 300, 60))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Telepon Bu Ratna"
    exif.get_ifd(0x8825)[1] = "S"
    sent = saved(picture, "JPEG", exif=exif, comment=b"rumah Bu Ratna")
    photo = normalize_photo(sent)
    kept = opened(photo.jpeg)
    assert dict(kept.getexif()) == {}
    assert b"Ratna" not in photo.jpeg
    # Orientation 6: the first row stands at the right.
    assert kept.size == (200, 300)
    assert kept.getpixel((190, 150))[0] > 150  # type: ignore[index]
    assert kept.getpixel((10, 150))[1] > 200  # type: ignore[index]


@pytest.mark.slow
def test_a_hundred_megapixels_are_made_small():
    photo = normalize_photo(saved(Image.new("RGB", (11_000, 9_500), "white"), "JPEG"))
    assert max(photo.width, photo.height) <= 1600


def test_what_is_clear_stands_on_white():
    photo = normalize_photo(saved(Image.new("RGBA", (200, 200), (0, 0, 0, 0)), "PNG"))
    assert opened(photo.jpeg).getpixel((100, 100)) == (255, 255, 255)


def bomb() -> bytes:
    """Give a PNG of a few bytes that claims 30,000 x 30,000 pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunks = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"")), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (b"", "bukan foto"),
        (b"%PDF-1.7 daftar harga", "bukan foto"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "bukan foto"),
        (b"GIF89a" + bytes(40), "bukan foto"),
        (bomb(), "terlalu lebar"),
        (b"\xff\xd8" + bytes(LARGEST_BYTES), "terlalu besar"),
        (saved(Image.new("RGB", (90, 900)), "PNG"), "terlalu kecil"),
        (saved(studio.product(side=400), "JPEG")[:9000], "belum terkirim utuh"),
        (saved(studio.product(side=400), "PNG")[:9000], "belum terkirim utuh"),
    ],
)
def test_what_is_no_good_photo_is_told_in_words(sent: bytes, says: str):
    with pytest.raises(ImageError, match=says) as refused:
        normalize_photo(sent)
    assert refused.value.field == "photo"


def test_crop_and_light():
    picture = studio.dark(studio.product(side=900)).crop((0, 0, 900, 600))
    cut = square(picture, 500)
    assert cut.size == (500, 500)
    lit = brighten(cut).convert("L")
    assert sum(lit.histogram()[180:]) > sum(cut.convert("L").histogram()[180:])
    assert open_picture(saved(cut, "PNG")).mode == "RGB"


def lab(colour: tuple[int, int, int]) -> list[float]:
    """Give sRGB as CIE L*a*b* under D65 (IEC 61966-2-1, CIE 15)."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (one / 255 for one in colour)
    ]
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.95047, 1.0, 1.08883)
    x, y, z = (
        sum(part * light for part, light in zip(row, linear, strict=True)) / whole
        for row, whole in zip(rows, white, strict=True)
    )
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z)]
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]


@pytest.mark.parametrize(
    "cloth",
    [(143, 151, 121), (190, 145, 150), (150, 115, 95), (190, 150, 60), (30, 40, 80), (124, 144, 114),
     (189, 59, 39), (245, 245, 240), (28, 28, 30)],
)  # fmt: skip
@pytest.mark.parametrize("fills", [True, False])
def test_goods_keep_their_colour(cloth: tuple[int, int, int], fills: bool):
    """A difference of 8 (dE76) is what is just let pass; 2 to 3 is just seen."""
    photo = Image.new("RGB", (400, 400), cloth if fills else (240, 238, 232))
    photo.paste(cloth, (120, 60, 280, 340))
    is_dark = sum(cloth) / 3 < 75 and fills
    after = brighten(photo).getpixel((200, 200))
    assert is_dark or dist(lab(cloth), lab(after)) <= 8  # type: ignore[arg-type]


def test_a_dark_photo_gets_lighter_in_its_own_colours():
    photo = Image.new("RGB", (300, 300), (60, 24, 12))
    photo.paste((0, 0, 0), (0, 0, 100, 300))
    after = brighten(photo)
    red, green, blue = after.getpixel((200, 100))  # type: ignore[misc]
    assert red > 100
    assert (green / red, blue / red) == (pytest.approx(0.4, abs=0.02), pytest.approx(0.2, abs=0.02))
    assert after.getpixel((50, 100)) == (0, 0, 0)


def test_sixteen_bits_of_grey_are_no_white():
    photo = normalize_photo(saved(Image.new("I;16", (200, 200), 190 * 257), "PNG"))
    assert abs(opened(photo.jpeg).convert("L").getpixel((100, 100)) - 190) < 4  # type: ignore[operator]
