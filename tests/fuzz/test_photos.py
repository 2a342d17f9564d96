"""1,500 damaged pictures: taken in as small JPEGs, or refused in words."""

import io

from PIL import Image
from tests.fuzz.mutations import damaged
from tests.unit.time_limit import limited

from umkm.images import ImageError, normalize_photo


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    image = Image.radial_gradient("L").convert("RGB").resize((120, 110))
    image.save(file, kind)
    return file.getvalue()


#: Damage near the beginning, where kinds, sizes and tables are told, and anywhere.
KINDS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


def test_damaged_pictures():
    whole = [picture(kind) for kind in KINDS]
    heads = [(one[:600], one[600:]) for one in whole]
    taken = 0
    with limited(60):
        for number, data in damaged([head for head, _ in heads] + whole, 1_500):
            rest = heads[number % len(heads)][1] if len(data) < 700 else b""
            try:
                photo = normalize_photo(data + rest, longest=64)
            except ImageError:
                continue
            taken += 1
            assert max(photo.width, photo.height) <= 64
            with Image.open(io.BytesIO(photo.jpeg)) as made:
                assert made.format == "JPEG"
    assert taken > 0
