"""The rules of the cashier game, told as what happens at a till."""

import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm.errors import InputError
from umkm.qris import PracticeShop, Strictness, build, parse, summarize, validate
from umkm.qris.cashier_game import (
    Decision,
    Kind,
    Outcome,
    Role,
    Sale,
    Scenario,
    Score,
    arrive,
    by_computer,
    code_in,
    decide,
    new_sale,
    pay,
    payload,
    proof,
    release,
    role_in,
    sale_from_plain,
    sale_to_plain,
    score,
)

HAND_OVER, WAIT, REFUSE = Decision.HAND_OVER, Decision.WAIT, Decision.REFUSE
TILL = Sale("K7PM", "Warung Bu Siti", 17, "Nasi uduk", 12_000, dynamic=True, scene=Scenario.PAID)


def played(scene, *decisions, dynamic=True, typed=0):
    sale = pay(arrive(replace(TILL, scene=scene, dynamic=dynamic)), typed)
    for decision in decisions:
        sale = decide(sale, decision)
    return sale


@pytest.mark.parametrize(
    ("scene", "decisions", "outcome"),
    [
        (Scenario.PAID, (HAND_OVER,), Outcome.HANDED),
        (Scenario.PAID, (REFUSE,), Outcome.OFFENDED),
        (Scenario.LATE, (WAIT, HAND_OVER), Outcome.HANDED),
        (Scenario.LATE, (HAND_OVER,), Outcome.LUCKY),
        (Scenario.LATE, (REFUSE,), Outcome.OFFENDED),
        (Scenario.LATE, (WAIT, REFUSE), Outcome.OFFENDED),
        (Scenario.PROOF, (HAND_OVER,), Outcome.LOST),
        (Scenario.PROOF, (REFUSE,), Outcome.CAUGHT),
        (Scenario.PROOF, (WAIT, WAIT, REFUSE), Outcome.CAUGHT),
        (Scenario.PROOF, (WAIT, WAIT, HAND_OVER), Outcome.LOST),
        (Scenario.SHORT, (HAND_OVER,), Outcome.LOST),
        (Scenario.SHORT, (REFUSE,), Outcome.CAUGHT),
    ],
)
def test_what_a_decision_is_worth(scene, decisions, outcome):
    assert played(scene, *decisions).outcome is outcome


def test_only_what_the_merchants_own_application_says_is_money():
    late = played(Scenario.LATE)
    assert (late.shown, late.notified) == (12_000, 0)
    assert decide(late, WAIT).notified == 12_000
    fraud = played(Scenario.PROOF, WAIT, WAIT)
    assert (fraud.shown, fraud.notified) == (12_000, 0)
    assert played(Scenario.SHORT).notified == 1_200
    # To the merchant the screens of both say the same.
    assert proof(late) == proof(fraud)


def test_an_honest_buyer_may_mistype():
    short = played(Scenario.PAID, dynamic=False, typed=1_200)
    assert short.notified == 1_200
    assert decide(short, REFUSE).outcome is Outcome.CAUGHT
    assert decide(short, HAND_OVER).outcome is Outcome.LOST
    more = played(Scenario.PAID, HAND_OVER, dynamic=False, typed=120_000)
    assert more.outcome is Outcome.HANDED
    for typed in (0, -5, 10_000_001):
        with pytest.raises(InputError):
            played(Scenario.PAID, dynamic=False, typed=typed)


def test_a_till_serves_one_buyer():
    with pytest.raises(InputError, match="pembeli lain"):
        arrive(arrive(TILL))
    with pytest.raises(InputError, match="pembeli lain"):
        by_computer(arrive(TILL))
    with pytest.raises(InputError, match="sudah selesai"):
        arrive(played(Scenario.PAID, HAND_OVER))
    assert release(arrive(TILL)) == TILL
    with pytest.raises(InputError):
        release(TILL)
    with pytest.raises(InputError):
        release(played(Scenario.PAID))


def test_nothing_happens_before_its_time_or_twice():
    with pytest.raises(InputError):
        decide(arrive(TILL), HAND_OVER)
    with pytest.raises(InputError):
        pay(TILL)
    with pytest.raises(InputError):
        pay(played(Scenario.PAID))
    done = played(Scenario.PAID, HAND_OVER)
    assert decide(done, HAND_OVER) == done  # a second tap
    with pytest.raises(InputError):
        decide(done, REFUSE)
    with pytest.raises(InputError, match="sudah masuk"):
        decide(played(Scenario.PAID), WAIT)
    with pytest.raises(InputError, match="Putuskan"):
        decide(played(Scenario.PROOF, WAIT, WAIT), WAIT)


@pytest.mark.slow
@given(seed=st.text(max_size=20), kind=st.sampled_from(Kind))
def test_every_sale_can_be_shown_and_played(seed, kind):
    sale = new_sale(seed, kind)
    assert sale == new_sale(seed, kind)
    text = payload(sale)
    assert validate(text, Strictness.STRICT).accepted
    assert f"CONTOH {sale.shop}" in summarize(text)
    assert code_in(text) == code_in(sale.code.lower()) == sale.code
    assert kind is Kind.MIXED or sale.scene.honest
    shown = by_computer(sale)
    ElementTree.fromstring(proof(shown))
    again = sale_from_plain(json.loads(json.dumps(sale_to_plain(decide(shown, REFUSE)))))
    assert again.outcome in {Outcome.CAUGHT, Outcome.OFFENDED}


def test_a_mixed_round_has_all_kinds():
    drawn = [new_sale(f"x{number}", Kind.MIXED).scene for number in range(200)]
    honest = sum(scene.honest for scene in drawn)
    assert set(drawn) == set(Scenario)
    assert 70 < honest < 130


@pytest.mark.parametrize(
    "text", ["", "K7", "K7PMX", "K0PM", "https://x.id", None, 4, "x" * 100_000, "\u202e"]
)
def test_what_is_no_code_is_told(text):
    with pytest.raises(InputError, match="belum dikenal"):
        code_in(text)


def test_a_real_qris_is_not_paid_here():
    # Published in astrapay/spring-qris, QrisMapperTest.java:42.
    real = (
        "00020101021126650013ID.CO.BCA.WWW011893600014000128766702150008850012876670303UKE51440014"
        "ID.CO.QRIS.WWW0215ID10210818616060303UKE5204074253033605802ID5909GREEN PAW6007TANGSEL6105"
        "1532362070703A0163046D3F"
    )  # fmt: skip
    with pytest.raises(InputError, match="QRIS sungguhan"):
        code_in(real)
    with pytest.raises(InputError, match="bukan dari kasir"):
        code_in(build(PracticeShop("Warung Bu Siti")))
    assert parse(real).value("59") == "GREEN PAW"


def test_roles_change_each_round():
    assert [role_in(place, 1) for place in range(3)] == [Role.MERCHANT, Role.BUYER, Role.MERCHANT]
    assert [role_in(place, 2) for place in range(3)] == [Role.BUYER, Role.MERCHANT, Role.BUYER]


def test_the_score_counts_ends():
    sales = [
        played(Scenario.PAID, HAND_OVER), played(Scenario.PROOF, REFUSE), played(Scenario.PROOF, HAND_OVER),
        played(Scenario.LATE, HAND_OVER), played(Scenario.PAID, REFUSE), played(Scenario.PAID), TILL,
    ]  # fmt: skip
    found = score(sales)
    assert found == Score(handed=1, caught=1, lost=1, lucky=1, offended=1)
    assert (found.right, found.decided) == (2, 5)
