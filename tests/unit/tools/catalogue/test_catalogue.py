"""The catalogue's widget without a browser: deeds and what undoes them, files, bad messages."""

import io
from uuid import uuid4

import pytest
from PIL import Image
from pypdf import PdfReader

from umkm.errors import UmkmError
from umkm.marketing import Seller
from umkm_tools.catalogue.catalogue_store import MemoryCatalogueStore
from umkm_tools.catalogue.widget import CatalogueTool

PHOTO = "a" * 64


class BookStore(MemoryCatalogueStore):
    """In memory, with one photo."""

    def photos(self, names):
        written = io.BytesIO()
        Image.new("RGB", (800, 600), "teal").save(written, "JPEG")
        return {name: written.getvalue() for name in names if name == PHOTO}


@pytest.fixture
def desk():
    made = CatalogueTool(BookStore(Seller("Dapur Siti", "+6281234567890")), ["Setuju?"])
    made.sent = []
    made.send = lambda content, buffers=None: made.sent.append((content, buffers))
    return made


def tell(desk, kind, **more):
    desk.on_message({"type": kind, "id": uuid4().hex, **more})
    return desk.outcome


def save(desk, product, name="Emping", price="20rb", **more):
    return tell(desk, "save", product=product, name=name, price=price, **more)


def names(desk):
    return [one["name"] for one in desk.view["products"]]


def test_nothing_is_kept_before_the_person_agrees(desk):
    assert desk.view["mode"] == "start"
    assert desk.setup["consent"] == ["Setuju?"]
    assert save(desk, "a")["ok"] is False
    tell(desk, "begin")
    assert (desk.view["mode"], desk.view["seller"]["phone"]) == ("own", "081234567890")


def test_the_example_is_no_ones(desk):
    tell(desk, "begin")
    tell(desk, "sample")
    assert desk.view["mode"] == "sample"
    # An order of the example goes to whoever looks at it.
    assert desk.view["seller"]["phone"] == "081234567890"
    save(desk, "a")
    tell(desk, "leave")
    assert (desk.view["mode"], desk.view["products"]) == ("own", [])


def test_each_deed_can_be_undone(desk):
    tell(desk, "begin")
    for name in "abc":
        save(desk, name, name)
    assert save(desk, "b", "B baru", "5.000")["undo"]
    assert desk.view["products"][1]["price"] == "Rp5.000"
    assert tell(desk, "undo")["message"] == "Sudah dikembalikan."
    assert names(desk) == ["a", "b", "c"]
    assert tell(desk, "delete", product="b")["undo"]
    assert names(desk) == ["a", "c"]
    tell(desk, "undo")
    assert names(desk) == ["a", "b", "c"]
    tell(desk, "move", product="c", by=-1)
    assert names(desk) == ["a", "c", "b"]
    tell(desk, "undo")
    save(desk, "d", "d")
    tell(desk, "undo")
    tell(desk, "describe", name="Dapur Baru", phone="")
    tell(desk, "undo")
    assert (names(desk), desk.view["seller"]["name"]) == (["a", "b", "c"], "Dapur Siti")
    assert tell(desk, "undo")["ok"] is False


def test_saving_twice_adds_once(desk):
    tell(desk, "begin")
    save(desk, "a")
    save(desk, "a")
    assert names(desk) == ["Emping"]


def test_a_deed_that_is_sent_again_is_done_once(desk):
    tell(desk, "begin")
    for name in "abc":
        save(desk, name, name)
    for _ in range(3):  # a phone that heard no answer
        desk.on_message({"type": "move", "id": "once", "product": "c", "by": -1})
    assert names(desk) == ["a", "c", "b"]
    for _ in range(2):
        desk.on_message({"type": "delete", "id": "gone", "product": "c"})
    assert (desk.outcome["ok"], names(desk)) == (True, ["a", "b"])


def test_what_another_phone_did_is_shown(desk):
    tell(desk, "begin")
    other = CatalogueTool(desk._own)
    save(other, "a")
    tell(desk, "look")
    assert names(desk) == ["Emping"]
    tell(other, "erase")
    tell(desk, "look")
    assert desk.view["mode"] == "start"


@pytest.mark.parametrize(
    ("form", "field"),
    [({"price": "mahal"}, "price"), ({"price": ""}, "price"), ({"price": "0"}, "price"),
     ({"price": "15"}, "price"), ({"name": " "}, "name"), ({"name": "x" * 81}, "name"),
     ({"description": "x" * 301}, "description")],
)  # fmt: skip
def test_what_cannot_be_is_asked_back(desk, form, field):
    tell(desk, "begin")
    told = save(desk, "a", **form)
    assert (told["ok"], told["field"], names(desk)) == (False, field, [])


def test_messages_that_no_phone_sends(desk):
    tell(desk, "begin")
    for message in (None, [], {"type": "x"}, {"type": "save", "product": "../x", "price": "5rb"},
                    {"type": "delete"}, {"type": "move", "product": "a"}, {"type": "describe"}):  # fmt: skip
        desk.on_message(message)
    assert desk.outcome["ok"] is False
    save(desk, "a", photo="../../etc/passwd")
    assert desk.view["products"][0]["photo"] == ""


def test_a_photo_that_comes_late_finds_its_product(desk):
    tell(desk, "begin")
    save(desk, "a")
    tell(desk, "attach", product="a", photo=PHOTO)
    assert desk.view["products"][0]["photo"] == PHOTO
    assert tell(desk, "attach", product="gone", photo=PHOTO)["ok"]


def test_what_is_taken_home(desk):
    tell(desk, "begin")
    assert "masih kosong" in tell(desk, "make", what="html")["message"]
    save(desk, "a", "Emping 🌶", photo=PHOTO)
    save(desk, "b", "Keripik", photo="b" * 64)  # a photo that is gone
    tell(desk, "make", what="html")
    tell(desk, "make", what="preview")
    tell(desk, "make", what="pdf")
    (page, (html,)), (preview, (same,)), (sheet, (pdf,)) = desk.sent
    assert (page["name"], sheet["name"]) == (
        "katalog-dapur-siti.html",
        "daftar-harga-dapur-siti.pdf",
    )
    assert (preview["type"], same) == ("preview", html)
    assert html.decode().count("<img ") == 1
    assert "Rp20.000" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_without_a_number_it_is_asked_for(desk):
    tell(desk, "begin")
    save(desk, "a")
    tell(desk, "describe", name="Dapur Siti", phone="")
    assert tell(desk, "make", what="html")["field"] == "phone"
    assert desk.sent == []


def test_a_shelf_that_fails_says_so_and_loses_nothing(desk):
    tell(desk, "begin")
    save(desk, "a")

    def full(_):
        raise UmkmError("Tidak ada ruang.")

    desk._store.change = full
    assert save(desk, "b")["message"] == "Tidak ada ruang."
    assert names(desk) == ["Emping"]


def test_erased_means_gone(desk):
    tell(desk, "begin")
    save(desk, "a")
    tell(desk, "erase")
    assert desk.view == {"mode": "start", "products": []}
    assert tell(desk, "undo")["ok"] is False
