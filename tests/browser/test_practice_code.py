"""A practice code on a phone's screen: another decoder reads it through its watermark."""

import base64

import numpy as np
import pytest
import zxingcpp

from umkm.qris import Order, PracticeShop, build, draw

pytestmark = pytest.mark.browser

TO_GREY = """async png => {
    const image = new Image();
    image.src = "data:image/png;base64," + png;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const all = context.getImageData(0, 0, image.width, image.height).data;
    let grey = "";
    for (let i = 0; i < all.length; i += 4) {
        grey += String.fromCharCode(all[i] * 0.299 + all[i + 1] * 0.587 + all[i + 2] * 0.114);
    }
    return [image.width, image.height, btoa(grey)];
}"""


@pytest.mark.parametrize("width", [180, 360])
def test_the_watermark_leaves_the_code_readable(new_phone, width):
    payload = build(PracticeShop("Warung Bu Siti"), Order(25_000, additional={"01": "INV0001"}))
    page = new_phone(width).page
    page.set_content(f'<body style="margin:0">{draw(payload)}</body>')
    picture = page.get_by_role("img", name="latihan")
    assert picture.get_by_text("LATIHAN", exact=True).count() == 2
    shot = base64.b64encode(picture.screenshot()).decode()
    columns, rows, grey = page.evaluate(TO_GREY, shot)
    pixels = np.frombuffer(base64.b64decode(grey), np.uint8).reshape(rows, columns)
    (found,) = zxingcpp.read_barcodes(pixels)
    assert found.text == payload
