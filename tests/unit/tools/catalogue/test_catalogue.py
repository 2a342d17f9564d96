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
def tool():
    made = CatalogueTool(BookStore(Seller("Dapur Siti", "+6281234567890")), ["Setuju?"])
    made.sent = []
    made.send = lambda content, buffers=None: made.sent.append((content, buffers))
    return made


def tell(tool, kind, **more):
    tool.on_message({"type": kind, "id": uuid4().hex, **more})
    return tool.outcome


def save(tool, product, name="Emping", price="20rb", **more):
    return tell(tool, "save", product=product, name=name, price=price, **more)


def names(tool):
    return [one["name"] for one in tool.view["products"]]


def test_nothing_is_kept_before_the_person_agrees(tool):
    assert tool.view["mode"] == "start"
    assert tool.setup["consent"] == ["Setuju?"]
    assert save(tool, "a")["ok"] is False
    tell(tool, "begin")
    assert (tool.view["mode"], tool.view["seller"]["phone"]) == ("own", "081234567890")


def test_the_example_is_no_ones(tool):
    tell(tool, "begin")
    tell(tool, "sample")
    assert tool.view["mode"] == "sample"
    # An order of the example goes to whoever looks at it.
    assert tool.view["seller"]["phone"] == "081234567890"
    save(tool, "a")
    tell(tool, "leave")
    assert (tool.view["mode"], tool.view["products"]) == ("own", [])


def test_each_deed_can_be_undone(tool):
    tell(tool, "begin")
    for name in "abc":
        save(tool, name, name)
    assert save(tool, "b", "B baru", "5.000")["undo"]
    assert tool.view["products"][1]["price"] == "Rp5.000"
    assert tell(tool, "undo")["message"] == "Sudah dikembalikan."
    assert names(tool) == ["a", "b", "c"]
    assert tell(tool, "delete", product="b")["undo"]
    assert names(tool) == ["a", "c"]
    tell(tool, "undo")
    assert names(tool) == ["a", "b", "c"]
    tell(tool, "move", product="c", by=-1)
    assert names(tool) == ["a", "c", "b"]
    tell(tool, "undo")
    save(tool, "d", "d")
    tell(tool, "undo")
    tell(tool, "describe", name="Dapur Baru", phone="")
    tell(tool, "undo")
    assert (names(tool), tool.view["seller"]["name"]) == (["a", "b", "c"], "Dapur Siti")
    assert tell(tool, "undo")["ok"] is False


def test_saving_twice_adds_once(tool):
    tell(tool, "begin")
    save(tool, "a")
    save(tool, "a")
    assert names(tool) == ["Emping"]


def test_a_deed_that_is_sent_again_is_done_once(tool):
    tell(tool, "begin")
    for name in "abc":
        save(tool, name, name)
    for _ in range(3):  # a phone that heard no answer
        tool.on_message({"type": "move", "id": "once", "product": "c", "by": -1})
    assert names(tool) == ["a", "c", "b"]
    for _ in range(2):
        tool.on_message({"type": "delete", "id": "gone", "product": "c"})
    assert (tool.outcome["ok"], names(tool)) == (True, ["a", "b"])


def test_what_another_phone_did_is_shown(tool):
    tell(tool, "begin")
    other = CatalogueTool(tool._own)
    save(other, "a")
    tell(tool, "look")
    assert names(tool) == ["Emping"]
    tell(other, "erase")
    tell(tool, "look")
    assert tool.view["mode"] == "start"


@pytest.mark.parametrize(
    ("form", "field"),
    [({"price": "mahal"}, "price"), ({"price": ""}, "price"), ({"price": "0"}, "price"),
     ({"price": "15"}, "price"), ({"name": " "}, "name"), ({"name": "x" * 81}, "name"),
     ({"description": "x" * 301}, "description")],
)  # fmt: skip
def test_what_cannot_be_is_asked_back(tool, form, field):
    tell(tool, "begin")
    told = save(tool, "a", **form)
    assert (told["ok"], told["field"], names(tool)) == (False, field, [])


def test_messages_that_no_phone_sends(tool):
    tell(tool, "begin")
    for message in (None, [], {"type": "x"}, {"type": "save", "product": "../x", "price": "5rb"},
                    {"type": "delete"}, {"type": "move", "product": "a"}, {"type": "describe"}):  # fmt: skip
        tool.on_message(message)
    assert tool.outcome["ok"] is False
    save(tool, "a", photo="../../etc/passwd")
    assert tool.view["products"][0]["photo"] == ""


def test_a_photo_that_comes_late_finds_its_product(tool):
    tell(tool, "begin")
    save(tool, "a")
    tell(tool, "attach", product="a", photo=PHOTO)
    assert tool.view["products"][0]["photo"] == PHOTO
    assert tell(tool, "attach", product="gone", photo=PHOTO)["ok"]


def test_what_is_taken_home(tool):
    tell(tool, "begin")
    assert "masih kosong" in tell(tool, "make", what="html")["message"]
    save(tool, "a", "Emping 🌶", photo=PHOTO)
    save(tool, "b", "Keripik", photo="b" * 64)  # a photo that is gone
    tell(tool, "make", what="html")
    tell(tool, "make", what="preview")
    tell(tool, "make", what="pdf")
    (page, (html,)), (preview, (same,)), (sheet, (pdf,)) = tool.sent
    assert (page["name"], sheet["name"]) == (
        "katalog-dapur-siti.html",
        "daftar-harga-dapur-siti.pdf",
    )
    assert (preview["type"], same) == ("preview", html)
    assert html.decode().count("<img ") == 1
    assert "Rp20.000" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_without_a_number_it_is_asked_for(tool):
    tell(tool, "begin")
    save(tool, "a")
    tell(tool, "describe", name="Dapur Siti", phone="")
    assert tell(tool, "make", what="html")["field"] == "phone"
    assert tool.sent == []


def test_a_shelf_that_fails_says_so_and_loses_nothing(tool):
    tell(tool, "begin")
    save(tool, "a")

    def full(_):
        raise UmkmError("Tidak ada ruang.")

    tool._store.change = full
    assert save(tool, "b")["message"] == "Tidak ada ruang."
    assert names(tool) == ["Emping"]


def test_erased_means_gone(tool):
    tell(tool, "begin")
    save(tool, "a")
    tell(tool, "erase")
    assert tool.view == {"mode": "start", "products": []}
    assert tell(tool, "undo")["ok"] is False
