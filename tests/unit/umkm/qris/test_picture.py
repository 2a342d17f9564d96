"""Pictures of practice codes: read back by ZXing, which knows nothing of segno or of us."""

import io
from xml.etree import ElementTree

import numpy as np
import pytest
import segno
import zxingcpp
from tests.unit.umkm.qris.payloads import ACQUIRER, PRACTICE, PUBLISHED, code, template

from umkm.errors import InputError
from umkm.qris import Order, OtherLanguage, PracticeShop, build, draw

SVG = "{http://www.w3.org/2000/svg}"


def decode(payload):
    """Read the modules that segno makes of a text, from pixels."""
    drawn = io.BytesIO()
    segno.make(payload, error="m", micro=False, boost_error=False).save(drawn, kind="pbm", scale=3)
    _, size, rest = drawn.getvalue().split(b"\n", 2)
    if size.startswith(b"#"):
        size, rest = rest.split(b"\n", 1)
    width, height = map(int, size.split())
    bits = np.unpackbits(np.frombuffer(rest, np.uint8)).reshape(height, -1)[:, :width]
    (found,) = zxingcpp.read_barcodes(((1 - bits) * 255).astype(np.uint8))
    return found.text


@pytest.mark.parametrize(
    "payload",
    [
        *PRACTICE.values(),
        build(PracticeShop("Siti"), Order(other_language=OtherLanguage("ZH", "最佳", "北京"))),
    ],
)
def test_another_decoder_reads_what_segno_drew(payload):
    assert decode(payload) == payload


def test_the_picture_says_latihan_above_and_across():
    picture = ElementTree.fromstring(draw(build(PracticeShop("Bu <Siti> & Anak"))))
    texts = [text.text for text in picture.iter(f"{SVG}text")]
    assert texts.count("LATIHAN") == 2
    assert "Bukan untuk membayar" in texts
    assert "CONTOH Bu <Siti> & Anak" in texts
    assert "latihan" in picture.get("aria-label")


def test_the_picture_holds_the_modules_of_the_code():
    payload = PRACTICE["S2"]
    symbol = segno.make(payload, error="m", micro=False, boost_error=False)
    picture = ElementTree.fromstring(draw(payload))
    (modules,) = [p for p in picture.iter(f"{SVG}path") if p.get("stroke") == "#000"]
    drawn = io.BytesIO()
    symbol.save(drawn, kind="svg", border=4, omitsize=True, dark="#000")
    alone = ElementTree.fromstring(drawn.getvalue())
    assert modules.get("d") in {p.get("d") for p in alone.iter(f"{SVG}path")}


@pytest.mark.parametrize(
    "payload",
    [
        *PUBLISHED.values(),
        code({"26": template(ACQUIRER, {"01": "936000140000000018"})}),
        PRACTICE["S1"][:-1] + "0",
        "https://contoh.example",
        "",
    ],
)
def test_no_other_code_is_drawn(payload):
    with pytest.raises(InputError):
        draw(payload)
