"""Photo check as a widget: advice on a photo, and the photo cropped and lit. It is not stored."""

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from umkm_tools.base.form_tool import FormTool
from umkm_tools.base.scripts import script

if TYPE_CHECKING:
    from umkm.marketing.photo import Reading

#: A phone makes its photo smaller than this; what it cannot open itself comes as it is.
_MOST_BYTES: Final = 8 * 1024 * 1024
_LONGEST: Final = 1600
#: Of the photo as the page keeps it: what is made from it is packed once more.
_KEPT_QUALITY: Final = 95
_LARGEST_SIDE: Final = 20_000


class PhotoCheck(FormTool):
    """Looks at one photo after the other; `done` holds what a person wants done to it."""

    _esm = script(Path(__file__).parent)

    most_bytes: ClassVar[int] = _MOST_BYTES

    def __init__(self) -> None:
        super().__init__(
            {"done": [["square", "Potong persegi"], ["light", "Terangkan foto gelap"]]}
        )
        #: The photo, packed: pixels take 8 MB, and it stays as long as the page is open.
        self._jpeg = b""
        self._reading: Reading | None = None

    def import_file(self, content: bytes, form: Mapping[str, Any]) -> dict[str, Any]:
        """Return advice on a photo from the phone, which says too how large it was before it shrank it."""
        from umkm.images import encode  # noqa: PLC0415 - only whoever has a photo waits
        from umkm.marketing.photo import measure  # noqa: PLC0415
        from umkm_widgets.photo_process import open_small  # noqa: PLC0415

        picture = open_small(content, _LONGEST)
        wide, high = (
            _side(form, side, least) for side, least in zip(_SIDES, picture.size, strict=True)
        )
        self._jpeg = encode(picture, quality=_KEPT_QUALITY).jpeg
        self._reading = replace(measure(picture), width=wide, height=high)
        return self.calculate(form)

    def calculate(self, form: Mapping[str, Any]) -> dict[str, Any]:
        """Return the advice again, and send the photo with what is wanted done to it."""
        if self._reading is None:
            return {"seen": False}
        from PIL import Image  # noqa: PLC0415

        from umkm.images import brighten, encode, square  # noqa: PLC0415
        from umkm.marketing.photo import advise, measure  # noqa: PLC0415

        wanted = form.get("done")
        done = [one for one in wanted if isinstance(one, str)] if isinstance(wanted, list) else []
        picture: Image.Image = Image.open(io.BytesIO(self._jpeg)).convert("RGB")
        if "square" in done:
            picture = square(picture)
        if "light" in done:
            picture = brighten(picture)
        after = encode(picture)
        advice = [one.message for one in advise(self._reading)]
        # Light that a sum added mends no dark photo: it is to be taken again.
        still = {one.message for one in advise(measure(picture))}
        left = [
            one.message
            for one in advise(self._reading)
            if one.about == "cahaya" or one.message in still
        ]
        self.send({"type": "after", "name": "foto-produk.jpg"}, [after.jpeg])
        return {
            "seen": True,
            "advice": advice,
            "left": left,
            "before": _size(self._reading.width, self._reading.height),
            "after": f"{_size(after.width, after.height)}, {round(len(after.jpeg) / 1024)} KB",
        }


_SIDES: Final = ("wide", "high")


def _side(form: Mapping[str, Any], side: str, least: int) -> int:
    value = form.get(side)
    fits = (
        isinstance(value, int) and not isinstance(value, bool) and least <= value <= _LARGEST_SIDE
    )
    return value if fits else least  # type: ignore[return-value]


def _size(width: int, height: int) -> str:
    return f"{width} x {height} titik"
