"""Whose sticker it is: the synthetic codes of the facts, and a published one."""

import pytest

from umkm.qris import Order, PracticeShop, build, parse
from umkm.qris.sticker import Likeness, OwnCode, compare, mark_of

SITI = build(PracticeShop("Warung Bu Siti", serial=17))
OTHER = build(PracticeShop("Warung Bu Siti", serial=18))
# A real static code published in astrapay/spring-qris, QrisMapperTest.java:42.
PAW = (
    "00020101021126650013ID.CO.BCA.WWW011893600014000128766702150008850012876670303UKE51440014ID.CO"
    ".QRIS.WWW0215ID10210818616060303UKE5204074253033605802ID5909GREEN PAW6007TANGSEL6105153236207"
    "0703A0163046D3F"
)


@pytest.mark.parametrize(
    ("own", "text", "likeness"),
    [
        (OwnCode("Green Paw", "ID1021081861606"), PAW, Likeness.ALIKE),
        (OwnCode("GREEN  PAW", "id 1021-0818-61606"), PAW, Likeness.ALIKE),
        (OwnCode("", "ID1021081861606"), PAW, Likeness.ALIKE),
        (OwnCode("", "NMID: ID1021081861606"), PAW, Likeness.ALIKE),
        (OwnCode("", "1O21O81861606"), PAW, Likeness.ALIKE),
        # Providers add to the name; the NMID decides.
        (OwnCode("Warung Bu Siti", "ID1021081861606"), PAW, Likeness.ALIKE),
        # One or two digits may be the typing; what a scan wrote down was not typed.
        (OwnCode("Green Paw", "ID1021081861607"), PAW, Likeness.UNKNOWN),
        (OwnCode("Green Paw", "ID102108186160"), PAW, Likeness.UNKNOWN),
        (OwnCode("Green Paw", "ID1021081861607", "0" * 16), PAW, Likeness.OTHER),
        (OwnCode("Green Paw", "ID1099900000017"), PAW, Likeness.OTHER),
        (OwnCode(mark=mark_of(parse(PAW))), PAW, Likeness.SAME),
        (OwnCode(mark=mark_of(parse(PAW))), f" {PAW}\n", Likeness.SAME),
        # Same name, another shop: what a sticker laid over another looks like at its best.
        (
            OwnCode("CONTOH Warung Bu Siti", "ID1099900000017", mark_of(parse(SITI))),
            OTHER,
            Likeness.OTHER,
        ),
        (OwnCode("Warung", "ID1"), "00020101021163041234", Likeness.UNKNOWN),
    ],
)
def test_likeness(own, text, likeness):
    assert compare(parse(text), own).likeness is likeness


def test_a_sticker_with_another_account_under_the_same_name_is_told():
    forged = SITI.replace("936009990000000017", "936009990000000099")
    own = OwnCode("CONTOH Warung Bu Siti", "ID1099900000017", mark_of(parse(SITI)))
    said = compare(parse(forged), own)
    assert said.likeness is Likeness.CHANGED
    assert "jangan dipakai dulu" in said.message
    # A code for one payment is another one each time.
    dynamic = build(PracticeShop("Warung Bu Siti"), Order(amount=5_000))
    assert compare(parse(dynamic), own).likeness is Likeness.ALIKE


def test_only_where_name_and_number_differ_a_sticker_comes_down():
    thief = compare(parse(PAW), OwnCode("Warung Bu Siti", "ID1099900000017")).message
    assert thief.index("foto dulu") < thief.index("lepas") < thief.index("lapor")
    for own in (OwnCode("Green Paw", "ID1099900000017"), OwnCode("Warung Bu Siti")):
        said = compare(parse(PAW), own)
        assert said.likeness is Likeness.OTHER
        assert "Jangan dipakai dulu" in said.message
        assert "lepas," not in said.message


def test_agreeing_is_called_no_proof():
    said = compare(parse(PAW), OwnCode("Green Paw", "ID1021081861606"))
    assert "bisa ditiru" in said.message
    assert "riwayat" in said.message


def test_a_name_alone_is_not_enough():
    said = compare(parse(SITI), OwnCode("contoh warung bu siti"))
    assert said.likeness is Likeness.ALIKE
    assert "Isi NMID" in said.message
    assert not OwnCode("  ")


def test_a_long_name_is_compared_as_far_as_a_code_holds_it():
    long = build(PracticeShop("Toko Oleh-Oleh Ber"))
    own = OwnCode("CONTOH Toko Oleh-Oleh Berkah Jaya Serang", "ID1099900000017")
    assert compare(parse(long), own).likeness is Likeness.ALIKE
    assert compare(parse(SITI), OwnCode("contoh warung bu siti jaya")).likeness is Likeness.OTHER


@pytest.mark.parametrize("text", ["", "x", "\ud800", "00" * 50_000, None, 7])
def test_any_text_has_a_likeness(text):
    assert compare(parse(text), OwnCode("a", "b", "c")).likeness is Likeness.UNKNOWN
