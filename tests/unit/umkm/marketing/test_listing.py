"""Advice on listings: what the law asks for, what platforms take, and what is left alone."""

import pytest

from umkm.marketing import Limits, Listing, check_listing, duties, read_pirt
from umkm.marketing.listing import count_characters

TOKOPEDIA = Limits("Tokopedia", min_title=40, max_title=70, source="everpro.id")

GOOD = Listing(
    title="Keripik Talas Beneng Bu Ratna Rasa Asin Gurih 250 gram",
    description=(
        "Keripik talas beneng dari Banten, digoreng setiap pagi. Bahan: talas, minyak goreng, "
        "garam. Isi bersih 250 g. Tahan 3 bulan, simpan di tempat sejuk dan kering. Diproduksi "
        "oleh Dapur Ratna, Kasemen, Kota Serang."
    ),
    price="18rb",
    food=True,
    p_irt="P-IRT No. 2153673010001-31",
)


def fields(listing: Listing) -> set[tuple[str, str]]:
    return {(one.field, one.weight.value) for one in check_listing(listing, TOKOPEDIA, 2026)}


def changed(**how: str) -> Listing:
    return Listing(**{**GOOD.__dict__, **how})


def test_a_good_listing_is_left_alone():
    assert check_listing(GOOD, TOKOPEDIA, 2026) == []


@pytest.mark.parametrize(
    ("how", "field", "weight"),
    [
        ({"title": ""}, "title", "wajib"),
        ({"title": "Keripik"}, "title", "saran"),
        ({"title": "x" * 71}, "title", "wajib"),
        ({"title": "KERIPIK TALAS BENENG BU RATNA RASA ASIN GURIH"}, "title", "saran"),
        ({"title": "Keripik talas yg gurih dgn bumbu asli Banten, 250 gram"}, "title", "saran"),
        ({"title": "Keripik keripik keripik talas beneng Banten 250 gram"}, "title", "saran"),
        ({"description": ""}, "description", "wajib"),
        ({"description": GOOD.description + " WA 0812-3456-7890"}, "description", "saran"),
        ({"description": GOOD.description + " Menyembuhkan diabetes"}, "description", "wajib"),
        ({"description": GOOD.description + " Halal!"}, "description", "wajib"),
        ({"title": "Keripik Talas Terenak di Dunia Bu Ratna Gurih 250 g"}, "title", "wajib"),
        ({"price": "gratis"}, "price", "wajib"),
        ({"p_irt": ""}, "p_irt", "saran"),
        ({"p_irt": "12345"}, "p_irt", "wajib"),
        ({"p_irt": "2153673010001-25"}, "p_irt", "wajib"),
    ],
)
def test_each_fault_is_told_where_it_stands(how: dict[str, str], field: str, weight: str):
    assert (field, weight) in fields(changed(**how))


def test_a_missing_label_is_named():
    bare = changed(description="Keripik gurih buatan rumah. " * 6)
    (labels,) = duties(check_listing(bare, TOKOPEDIA, 2026))
    assert "bahan atau komposisi" in labels.message
    assert "tanggal kedaluwarsa" in labels.message


def test_duties_stand_before_advice():
    weights = [
        one.weight.value for one in check_listing(changed(title="", p_irt=""), TOKOPEDIA, 2026)
    ]
    assert weights == sorted(weights, key=["wajib", "saran"].index)


def test_the_parts_of_a_pirt_number():
    # BPOM 22/2018: packaging, kind of food, province and city, ..., year it ends.
    number = read_pirt("PIRT 2 15 3673 01 0001 - 31")
    assert number is not None
    assert (number.packaging, number.region, number.ends) == ("plastik", "3673", 2031)
    assert number.written == "P-IRT No. 2153673010001-31"
    assert read_pirt("9153673010001-31") is None


def test_an_emoji_counts_as_one():
    assert count_characters("talas") == 5
    assert count_characters("👍🏽") == 1
    assert count_characters("👩‍🍳") == 1
    assert count_characters("café") == count_characters("cafe\u0301") == 4
