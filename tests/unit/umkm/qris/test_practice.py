"""Practice codes: whole, recognisable, and of no use to pay with."""

import inspect
import string
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.umkm.qris.payloads import (
    ACQUIRER,
    PRACTICE,
    PUBLISHED,
    REPOSITORY,
    code,
    one,
    template,
)

from umkm.errors import InputError
from umkm.qris import (
    Kind,
    Order,
    OtherLanguage,
    PracticeShop,
    Tip,
    build,
    is_practice,
    parse,
    read_merchant,
    validate,
)
from umkm.qris.checks.accounts import CRITERIA

printable = "".join(c for c in string.printable if c.isprintable() and c != "|")
words = st.text(printable, min_size=1, max_size=12).map(lambda t: " ".join(t.split())).filter(bool)
shops = st.builds(
    PracticeShop,
    name=words,
    city=words,
    postal_code=st.text(string.digits, min_size=5, max_size=5),
    category=st.text(string.digits, min_size=4, max_size=4),
    criteria=st.sampled_from(CRITERIA),
    serial=st.integers(1, 99_999_999),
)
tips = st.one_of(
    st.none(),
    st.just(Tip()),
    st.builds(Tip, fixed=st.integers(1, 10**13 - 1)),
    st.builds(Tip, percent=st.integers(1, 9999).map(lambda n: Fraction(n, 100))),
)
visible = st.text(min_size=1, max_size=12).map(lambda t: " ".join(t.split())).filter(
    lambda t: t and t.isprintable()
)  # fmt: skip
orders = st.builds(
    Order,
    amount=st.none() | st.integers(1, 10**13 - 1),
    tip=tips,
    additional=st.dictionaries(st.sampled_from(["01", "05", "07"]), words, max_size=3)
    | st.just({"09": "EA"}),
    other_language=st.none() | st.builds(OtherLanguage, st.sampled_from(["EN", "ZH"]), visible),
)


@pytest.mark.slow
@given(shops, orders)
def test_what_is_built_says_what_was_asked_and_keeps_every_rule(shop, order):
    text = build(shop, order)
    verdict = validate(text)
    assert [f for f in verdict.findings if f.rule != "longer-than-advised"] == []
    said = verdict.code
    assert said.kind is Kind.PAYMENT
    assert said.static is (order.amount is None)
    assert {shop.name, f"CONTOH {shop.name}"} & {said.name}
    assert (said.city, said.postal_code, said.category) == (
        shop.city,
        shop.postal_code,
        shop.category,
    )
    assert (said.criteria, said.amount, said.tip) == (shop.criteria, order.amount, order.tip)
    assert said.additional == dict(order.additional)
    assert (said.country, said.currency) == ("ID", "360")
    if order.other_language:
        assert said.language == order.other_language.language
        assert "CONTOH" in said.name_in_language.upper().split()


@pytest.mark.slow
@given(shops, orders)
def test_what_is_built_can_only_be_practice(shop, order):
    parsed = parse(build(shop, order))
    assert is_practice(parsed)
    (account,) = read_merchant(parsed).accounts
    assert account.nns == "93600999"
    assert account.domain == "ID.CO.CONTOH.WWW"
    assert read_merchant(parsed).nmid.startswith("ID10999")


def test_nobody_can_hand_in_an_account():
    accepted = set(inspect.signature(PracticeShop).parameters)
    assert accepted == {"name", "city", "postal_code", "category", "criteria", "serial"}


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Warung Bu Siti", "CONTOH Warung Bu Siti"),
        ("WARUNG CONTOH BU SITI", "WARUNG CONTOH BU SITI"),
        ("Warung Contoh", "Warung Contoh"),
        ("  Warung   Bu\nSiti ", "CONTOH Warung Bu Siti"),
        ("CONTOHNYA", "CONTOH CONTOHNYA"),
    ],
)
def test_the_name_says_contoh(name, printed):
    assert read_merchant(parse(build(PracticeShop(name)))).name == printed


@pytest.mark.parametrize(
    ("shop", "field"),
    [
        (PracticeShop("Warung Makan Ibu Hajah Siti"), "name"),
        (PracticeShop("Kafé"), "name"),
        (PracticeShop("Siti|Budi"), "name"),
        (PracticeShop("Siti\u202eitiS"), "name"),
        (PracticeShop("Siti", city="KABUPATEN SERANG"), "city"),
        (PracticeShop("Siti", city=""), "city"),
        (PracticeShop("Siti", postal_code="4" * 11), "postal_code"),
        (PracticeShop("Siti", category="58"), "category"),
        (PracticeShop("Siti", category="58AB"), "category"),
        (PracticeShop("Siti", criteria="UMK"), "criteria"),
        (PracticeShop("Siti", serial=0), "serial"),
        (PracticeShop("Siti", serial=10**8), "serial"),
    ],
)
def test_a_shop_no_code_can_hold_is_refused(shop, field):
    with pytest.raises(InputError) as refused:
        build(shop)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("shop", "told"),
    [
        (PracticeShop("x" * 19), "Nama toko paling banyak 25 huruf, termasuk kata CONTOH."),
        (PracticeShop("Siti", city="x" * 16), "Kota paling banyak 15 huruf."),
        (PracticeShop("Siti", city=""), "Kota belum diisi."),
        (PracticeShop("Siti", category="581"), "Jenis usaha terlalu pendek."),
    ],
)
def test_a_refusal_says_what_to_do(shop, told):
    with pytest.raises(InputError) as refused:
        build(shop)
    assert refused.value.message == told


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (Order(amount=0), "amount"),
        (Order(amount=-1), "amount"),
        (Order(amount=10**13), "amount"),
        (Order(tip=Tip(fixed=0)), "tip"),
        (Order(tip=Tip(percent=Fraction(0))), "tip"),
        (Order(tip=Tip(percent=Fraction(100))), "tip"),
        (Order(tip=Tip(percent=Fraction(1, 3))), "tip"),
        (Order(additional={"99": "x"}), "additional"),
        (Order(additional={"01": "x" * 26}), "additional"),
        (Order(additional={f"0{n}": "x" * 25 for n in range(1, 6)}), "additional"),
        (Order(additional={f"0{n}": "x" * 21 for n in range(1, 5)}), "additional"),
        (Order(additional={"09": "MM"}), "additional"),
        (Order(other_language=OtherLanguage("eng", "Siti")), "language"),
        (Order(other_language=OtherLanguage("EN", "x" * 19)), "language"),
        (Order(other_language=OtherLanguage("EN", "Siti", "x" * 16)), "language"),
        (Order(other_language=OtherLanguage("EN", "Si\x00ti")), "language"),
    ],
)
def test_an_order_no_code_can_hold_is_refused(order, field):
    with pytest.raises(InputError) as refused:
        build(PracticeShop("Siti"), order)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("shop", "order"),
    [
        (PracticeShop("x" * 18, serial=1), Order(amount=1)),
        (PracticeShop("Siti", city="x" * 15, serial=99_999_999), Order(amount=10**13 - 1)),
        (PracticeShop("Siti"), Order(tip=Tip(percent=Fraction(1, 100)))),
        (PracticeShop("Siti"), Order(tip=Tip(percent=Fraction(9999, 100)))),
        (PracticeShop("Siti"), Order(other_language=OtherLanguage("EN", "x" * 18, "y" * 15))),
        (
            PracticeShop("Siti"),
            Order(additional={"01": "x" * 25, "02": "x" * 25, "03": "x" * 25, "04": "x" * 8}),
        ),
        (PracticeShop("Siti"), Order(additional={})),
    ],
)
def test_the_longest_and_the_smallest_a_code_can_hold(shop, order):
    assert validate(build(shop, order)).findings == ()


@pytest.mark.parametrize("name", PRACTICE)
def test_lesson_codes_are_practice(name):
    assert is_practice(parse(PRACTICE[name]))


@pytest.mark.parametrize("name", PUBLISHED)
def test_codes_of_others_are_not(name):
    assert not is_practice(parse(PUBLISHED[name]))


@pytest.mark.parametrize(
    "smuggled",
    [
        code({"59": "WARUNG BU SITI"}),
        code({"26": template(ACQUIRER, {"01": "936000140000000018"})}),
        code({"51": template(REPOSITORY, {"02": "ID1021081861606"})}),
        code({"27": template(ACQUIRER, {"01": "936000140000000018"})}),
        code({"26": template(ACQUIRER) + one("01", "936000140000000018")}),
        code({"04": "5413330089600119"}),
        code({"46": template(ACQUIRER)}),
        code(without=("26",)),
        code().replace("51440014", one("26", template(ACQUIRER)) + "51440014"),
        code() + "x",
        "",
    ],
)
def test_a_real_account_beside_fictional_ones_is_seen(smuggled):
    assert not is_practice(parse(smuggled))
