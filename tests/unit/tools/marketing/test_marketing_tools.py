"""The form tools of marketing without a browser: the course's own fees, sums by hand, bad forms."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from umkm_courses import Catalogue
from umkm_tools.base.rates import marketplaces
from umkm_tools.content_calendar.widget import ContentCalendar
from umkm_tools.listing_editor.widget import ListingEditor
from umkm_tools.marketplace_fees.widget import MarketplaceFees, models_from

TODAY = date(2026, 11, 25)


def ask(tool, **form):
    tool.on_message({"type": "reckon", "number": 7, "form": form})
    assert tool.result["number"] == 7
    return tool.result


@pytest.fixture(scope="module")
def models(catalogue):
    return models_from(marketplaces(catalogue))


def test_prices_by_the_courses_examples(models):
    said = ask(MarketplaceFees(models), cost="14rb", packaging="1.500", profit="6rb", items="1")
    prices = {one["name"]: one["price"] for one in said["places"]}
    # 21.500 itself; (21.500 + 1.250) / 0,9 and / 0,91, in steps of 100.
    assert prices["Toko atau WhatsApp sendiri"] == "Rp21.500"
    assert prices["Shopee · makanan"] == "Rp25.300"
    assert prices["Shopee · busana"] == "Rp25.000"
    assert all(one["sources"] for one in said["places"][1:])


def test_the_own_fee_stands_before_our_examples(models):
    said = ask(MarketplaceFees(models), cost="14rb", profit="6rb", percent="8")
    names = [one["name"] for one in said["places"]]
    assert names[:2] == ["Toko atau WhatsApp sendiri", "Tarif saya"]
    assert len(names) == 2 + len(models)


def test_several_items_share_the_fee_of_an_order(models):
    one, three = (
        ask(MarketplaceFees(models), cost="14rb", profit="6rb", items=number)["places"][1]["price"]
        for number in ("1", "3")
    )
    assert one != three


def test_without_the_course_there_are_no_examples():
    assert models_from(marketplaces(Catalogue(courses={}))) == []
    tool = MarketplaceFees()
    assert tool.setup["known"] is False
    assert len(ask(tool, cost="5rb", profit="1rb")["places"]) == 1


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"cost": "mahal", "profit": "1rb"}, "cost"),
        ({"cost": "5rb", "profit": "banyak"}, "profit"),
        ({"cost": "5rb", "profit": "1rb", "items": "setengah"}, "items"),
        ({"cost": "5rb", "profit": "1rb", "percent": "95"}, "percent"),
        ({"cost": "9" * 20, "profit": "1rb"}, "cost"),
    ],
)
def test_what_cannot_be_read_is_asked_back(models, form, field):
    said = ask(MarketplaceFees(models), **form)
    assert (said["ok"], said["field"]) == (False, field)


def test_a_form_that_no_phone_sends():
    tool = MarketplaceFees()
    for message in (None, [], {"type": "reckon", "form": 5}, {"type": "make", "what": "x"}):
        tool.on_message(message)
    assert tool.result["ok"] is False
    assert tool.result["message"] == "Berkas ini tidak ada."
    tool.on_message({"type": "take"}, [b"x"])
    assert (
        "tidak menerima berkas" in tool.result["message"]
        or "terlalu besar" in tool.result["message"]
    )


def test_a_listing_is_built_and_advised_on():
    tool = ListingEditor(lambda: TODAY)
    assert ask(tool)["title"] == ""
    said = ask(tool, what="Emping", brand="Bu Siti", platform="Tokopedia", price="20rb", food="ya")
    assert said["title"] == "Emping Bu Siti"
    assert said["description"].splitlines() == ["Emping Bu Siti", "Harga: 20rb"]
    weights = [one["weight"] for one in said["advice"]]
    assert "wajib" in weights
    assert any("40 atau lebih" in one["message"] for one in said["advice"])
    own = ask(tool, what="Emping", title="Emping melinjo", description="Buatan sendiri.")
    assert (own["title"], own["description"]) == ("Emping melinjo", "Buatan sendiri.")


def test_a_month_keeps_ones_own_words():
    tool = ContentCalendar("Dapur Siti", lambda: date(2026, 11, 25))
    assert [name for _, name in tool.setup["months"]] == [
        "November 2026", "Desember 2026", "Januari 2027", "Februari 2027",
    ]  # fmt: skip
    form = {"month": "2026-12", "goods": "emping", "weekdays": ["1"], "channels": ["Instagram"]}
    said = ask(tool, **form, ideas={"2026-12-08": "Video   menjemur\nemping"})
    assert [post["day"] for post in said["posts"]] == [
        f"Selasa, {day} Desember 2026" for day in (1, 8, 15, 22, 29)
    ]
    assert said["posts"][1]["idea"] == "Video menjemur emping"
    assert said["special"] == ["25 Desember 2026: Hari Raya Natal"]
    assert ask(tool, **form | {"weekdays": []})["field"] == "weekdays"
    assert ask(tool, **form | {"month": "besok"})["field"] == "month"
    assert ask(tool, **form | {"channels": "Instagram"})["field"] == "channels"


def test_the_sheet_for_the_wall_holds_every_post():
    tool = ContentCalendar("Dapur Siti", lambda: TODAY)
    sent = []
    tool.send = lambda content, buffers=None: sent.append((content, buffers))
    form = {"month": "2026-12", "goods": "emping 🌶", "weekdays": ["1"], "channels": ["TikTok"]}
    tool.on_message({"type": "make", "what": "pdf", "form": form})
    ((told, (content,)),) = sent
    assert told["name"] == "kalender-konten-2026-12.pdf"
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "Dapur Siti" in text
    assert all(f"{day} Des" in text for day in (1, 8, 15, 22, 29))
