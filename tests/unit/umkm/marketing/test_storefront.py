"""The catalogue and its page: an order that can be read back, nothing run, nothing fetched, light."""

import io
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from PIL import Image

from umkm.errors import InputError
from umkm.images import fit
from umkm.marketing import (
    MarketingError,
    Product,
    Seller,
    Storefront,
    product_of,
    seller_of,
    storefront_from_plain,
    storefront_page,
    storefront_to_plain,
)
from umkm.marketing.storefront import MOST_PRODUCTS
from umkm.marketing.storefront_page import PHOTO_SIDE, photo_bytes

SHOP = Seller("Dapur Siti & Anak", "+6281234567890", "Buka jam 7")
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def stocked(*names, seller=SHOP):
    return Storefront(seller, tuple(Product(name, name, 20_000) for name in names))


class Read(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.links, self.sources, self.texts = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        self.links += [given["href"]] if "href" in given else []
        self.sources += [given["src"]] if "src" in given else []
        assert not [name for name in given if name.startswith("on")]

    def handle_data(self, data):
        self.texts.append(data)


def test_an_order_reads_as_it_was_meant():
    page = Read(storefront_page(stocked("Keripik 100% & pedas"), {}, "25 November 2026"))
    (link,) = page.links
    address = urlsplit(link)
    assert (address.scheme, address.netloc, address.path) == ("https", "wa.me", "/6281234567890")
    assert parse_qs(address.query)["text"] == [
        "Halo Dapur Siti & Anak, saya mau pesan Keripik 100% & pedas (Rp20.000)."
    ]


def test_what_people_write_is_text():
    shop = Seller(EVIL[:80], "+6281234567890", EVIL)
    product = Product("a", EVIL, 1_000, EVIL)
    page = Read(storefront_page(Storefront(shop, (product,)), {}, "25 November 2026"))
    assert not {"script", "img"} & set(page.tags)
    assert page.texts.count(EVIL) == 4  # the shop and a line about it, the product and its text
    assert all(link.startswith("https://wa.me/6281234567890?text=") for link in page.links)


def test_the_page_fetches_nothing():
    photo = fit(_noise(), PHOTO_SIDE, photo_bytes(1))
    shown = Storefront(SHOP, (Product("a", "Emping", 20_000, photo="foto"),))
    text = storefront_page(shown, {"foto": photo}, "25 November 2026")
    assert all(source.startswith("data:image/jpeg;base64,") for source in Read(text).sources)
    assert "default-src 'none'" in text
    assert not re.search(r"url\(|@import|<link|<script", text)


def _noise(side=1600):
    """A photo no camera takes: nothing in it can be left out."""
    pixels = np.random.default_rng(7).integers(0, 256, (side, side, 3), dtype=np.uint8)
    written = io.BytesIO()
    Image.fromarray(pixels).save(written, "JPEG", quality=90)
    return written.getvalue()


def test_six_of_the_heaviest_photos_stay_below_300_kilobytes():
    photo = fit(_noise(), PHOTO_SIDE, photo_bytes(6))
    products = tuple(Product(str(n), "x" * 80, 20_000, "y" * 300, photo="foto") for n in range(6))
    page = storefront_page(Storefront(SHOP, products), {"foto": photo}, "25 November 2026")
    assert len(page.encode()) < 300_000
    assert Image.open(io.BytesIO(photo)).size[0] >= 200


def test_photos_become_squares_without_metadata():
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "di rumah saya"
    Image.new("RGB", (900, 600), "teal").save(written, "JPEG", exif=exif)
    made = Image.open(io.BytesIO(fit(written.getvalue(), 480, 33_000)))
    assert made.size == (480, 480)
    assert not made.getexif()


def test_without_a_number_there_is_no_page():
    with pytest.raises(MarketingError) as refused:
        storefront_page(stocked("Emping", seller=Seller("Dapur Siti")), {}, "25 November 2026")
    assert refused.value.field == "phone"


@pytest.mark.parametrize(
    ("typed", "field"),
    [(("Dapur", "021 5551234"), "phone"), (("Dapur", "abc"), "phone"), (("", ""), "name"),
     (("Dapur", "", "x" * 301), "about")],
)  # fmt: skip
def test_a_seller_that_cannot_be(typed, field):
    with pytest.raises(InputError) as refused:
        seller_of(*typed)
    assert refused.value.field == field


@pytest.mark.parametrize("typed", ["0812-3456-7890", "+62 812 3456 7890", "62812.3456.7890"])
def test_a_number_in_any_spelling(typed):
    assert seller_of("Dapur Siti", typed).phone == "+6281234567890"


@pytest.mark.parametrize(
    ("name", "price", "text", "field"),
    [("", 5, "", "name"), ("x" * 81, 5, "", "name"), ("Emping", 0, "", "price"),
     ("Emping", 10**11, "", "price"), ("Emping", 5, "x" * 301, "description")],
)  # fmt: skip
def test_a_product_that_cannot_be(name, price, text, field):
    with pytest.raises(MarketingError) as refused:
        product_of("a", name, price, text, "")
    assert refused.value.field == field


def test_text_keeps_its_lines_and_loses_what_nobody_sees():
    made = product_of("a", "  Emping \u202e\x00 pedas ", 5, "satu\r\n\n  dua\x07 ", "")
    assert (made.name, made.description) == ("Emping pedas", "satu\ndua")


def test_products_change_places_and_go():
    shown = stocked("a", "b", "c")
    order = lambda one: "".join(product.id for product in one.products)  # noqa: E731
    assert order(shown.moved("c", 0)) == "cab"
    assert order(shown.moved("a", 1)) == "bac"
    assert order(shown.moved("a", -3)) == "abc"
    assert order(shown.without("b").inserted(shown.products[1], 1)) == "abc"
    assert order(shown.without("x")) == "abc"
    assert shown.put(Product("b", "Baru", 1)).products[1].name == "Baru"
    with pytest.raises(MarketingError):
        shown.moved("x", 0)
    assert storefront_from_plain(storefront_to_plain(shown)) == shown


def test_a_full_catalogue_takes_changes_but_nothing_new():
    full = stocked(*map(str, range(MOST_PRODUCTS)))
    assert full.put(Product("0", "Baru", 1)).products[0].name == "Baru"
    with pytest.raises(MarketingError, match="penuh"):
        full.put(Product("x", "Baru", 1))
