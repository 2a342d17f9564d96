"""The price calculator, against sums done by hand."""

import io

import pytest
from pypdf import PdfReader

from umkm_tools.price_calculator.widget import PriceCalculator

# Rice 2 of 1 kg at 14.000: 28.000; eggs 10 of 16 at 28.000: 17.500; labour 20.000, gas 8.000:
# 73.500. 20 portions, 5 % unsold: 19, so 3.868,4 -> 3.869; box 500: 4.369.
RECIPE = {
    "way": "resep", "portions": "20", "labour": "20rb", "overhead": "8rb", "waste": "5",
    "packaging": "Rp500", "target": "margin", "aim": "35", "step": "500",
    "ingredients": [
        {"name": "Beras", "price": "14rb", "size": "1", "used": "2"},
        {"name": "Telur", "price": "28rb", "size": "16", "used": "10"},
        {"name": "", "price": "", "size": "", "used": ""},
    ],
}  # fmt: skip
# Two dozen for 288.000 and 12.000 freight: 12.500 each.
BOUGHT = {
    "way": "beli", "total": "288rb", "quantity": "24", "freight": "12rb", "target": "margin",
    "aim": "30", "step": "1",
}  # fmt: skip


class Calculator:
    def __init__(self):
        self.widget = PriceCalculator("Warung Bu Siti 🙂")
        self.files = []
        self.widget.send = lambda content, buffers: self.files.append((content, buffers))

    def calculate(self, form, **changes):
        self.widget.on_message({"type": "reckon", "number": 7, "form": form | changes})
        return self.widget.result


@pytest.fixture
def tool():
    return Calculator()


def test_a_recipe(tool):
    said = tool.calculate(RECIPE)
    # 4.369 / 0,65 = 6.721,5 -> 7.000; profit 2.631 = 37,6 % of the price, 60,2 % of the cost.
    assert (said["cost"], said["price"], said["profit"]) == ("Rp4.369", "Rp7.000", "Rp2.631")
    assert (said["margin"], said["markup"]) == ("37,6%", "60,2%")
    # 35 % on top of 4.369 is 5.898 -> 6.000, of which 1.631 is 27,2 %.
    assert "Rp6.000" in said["mixed"]
    assert "27,2%" in said["mixed"]
    # 10 % off: 6.300, profit 1.931; 2.631 / 1.931 = 1,36.
    assert said["discount"]["price"] == "Rp6.300"
    assert said["discount"]["profit"] == "Rp1.931"
    assert "1,4 kali" in said["discount"]["more"]


def test_a_purchase_with_a_marketplace(tool):
    # 12.500 / (1 - 0,3 - 0,1) = 20.833,3 -> 20.834; fee 2.083.
    said = tool.calculate(BOUGHT, fee="10")
    assert (said["cost"], said["price"], said["fee"]) == ("Rp12.500", "Rp20.834", "Rp2.083")


def test_each_way_to_a_price(tool):
    assert tool.calculate(BOUGHT, target="markup", aim="50")["price"] == "Rp18.750"
    assert tool.calculate(BOUGHT, target="untung", aim="5rb")["price"] == "Rp17.500"
    own = tool.calculate(BOUGHT, target="harga", aim="25rb")
    assert (own["margin"], own["markup"], own["mixed"]) == ("50%", "100%", "")


def test_a_loss_is_called_one(tool):
    said = tool.calculate(BOUGHT, target="harga", aim="12rb", fixed="1jt")
    assert said["loss"]
    assert said["profit"] == "-Rp500"
    assert said["even"] == ""
    assert "jangan didiskon" in said["discount"]["more"]
    thin = tool.calculate(BOUGHT, target="harga", aim="13rb")
    assert "rugi" in thin["discount"]["more"]


def test_break_even(tool):
    # 600.000 / (25.000 - 12.500) = 48 pieces, 1.200.000; 48 / 26 days -> 2 a day.
    said = tool.calculate(BOUGHT, target="harga", aim="25rb", fixed="600rb")
    assert "48 sebulan (Rp1.200.000), kira-kira 2 sehari" in said["even"]


def test_an_unclear_amount_offers_its_meanings(tool):
    said = tool.calculate(RECIPE, packaging="500")
    assert said["field"] == "packaging"
    assert said["choices"] == ["Rp500", "Rp500.000"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ingredients": []}, "ingredients"),
        ({"ingredients": "x"}, "ingredients"),
        ({"ingredients": [{"name": "Gula", "price": "x"}]}, "ingredients"),
        (
            {"ingredients": [{"name": "Gula", "price": "9rb", "size": "0", "used": "1"}]},
            "pack_size",
        ),
        ({"portions": "0"}, "portions"),
        ({"portions": ""}, "portions"),
        ({"waste": "100"}, "waste"),
        ({"fee": "70"}, "margin"),
        ({"fee": "banyak"}, "fee"),
        ({"aim": ""}, "aim"),
        ({"aim": "1" * 50}, "aim"),
        ({"target": "harga", "aim": "1000000000000000"}, "price"),
        ({"way": "beli", "total": "", "quantity": "3"}, "total"),
    ],
)
def test_mistakes_are_told(tool, changes, field):
    said = tool.calculate(RECIPE, **changes)
    assert (said["ok"], said["field"]) == (False, field)
    assert said["message"].endswith((".", "?"))


@pytest.mark.parametrize(
    "message",
    [None, [], {}, {"type": "reckon"}, {"type": "reckon", "form": {"way": {}, "aim": []}},
     {"type": "make", "what": "list", "form": {"products": [1, {"name": 5, "price": 6}]}},
     {"type": "x", "number": "1"}],
)  # fmt: skip
def test_forged_messages_break_nothing(tool, message):
    tool.widget.on_message(message)
    assert tool.files == []
    assert tool.widget.result.get("ok") is not True


def test_the_price_list_on_paper(tool):
    products = [{"name": f"Nasi uduk {n} 🍚", "price": "Rp7.000"} for n in range(60)]
    products.append({"name": "Nama panjang " * 12, "price": "Rp1"})
    tool.widget.on_message({"type": "make", "what": "list", "form": {"products": products}})
    (content, (file,)) = tool.files[0]
    assert content["name"] == "daftar-harga.pdf"
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(file)).pages]
    assert "Warung Bu Siti" in pages[0]
    assert len(pages) > 1
    assert sum(page.count("Rp7.000") for page in pages) == 60
