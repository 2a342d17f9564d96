"""The advertising game: fair, repeatable, and won by stopping in time."""

import pytest

from umkm.marketing import Decision, Game, MarketingError, Shop, play
from umkm.marketing.campaign import lesson, ranking

CRACKERS = Shop("Keripik talas 250 g", 25_000, 15_000)
GOOD = Decision(200_000, "sekitar", "jelas")
LOUD = Decision(200_000, "semua", "heboh")
STOP = Decision(0, "sekitar", "jelas")


def played(*decisions: Decision, seed: int = 7, shop: Shop = CRACKERS) -> Game:
    game = Game(shop, seed)
    for decision in decisions:
        game = play(game, decision)
    return game


def test_alike_decisions_bring_alike_results():
    assert played(GOOD, GOOD) == played(GOOD, GOOD)
    assert played(GOOD, seed=7).outcomes != played(GOOD, seed=8).outcomes


def test_the_books_of_a_round_tie():
    (outcome,) = played(GOOD).outcomes
    # Rp18.000 a thousand views: Rp200.000 buy 11.111.
    assert outcome.views == 11_111
    assert outcome.sales == outcome.orders * 25_000
    assert outcome.profit == outcome.orders * 10_000 - 200_000


@pytest.mark.parametrize("seed", range(20))
def test_shouting_at_everybody_loses_to_showing_the_price_nearby(seed: int):
    assert played(LOUD, seed=seed).profit < played(GOOD, seed=seed).profit


@pytest.mark.parametrize("seed", range(20))
def test_who_stops_in_time_has_more_than_who_goes_on(seed: int):
    went_on = played(GOOD, GOOD, GOOD, GOOD, seed=seed)
    in_time = played(GOOD, STOP, STOP, STOP, seed=seed)
    assert in_time.profit > went_on.profit


def test_nothing_spent_is_nothing_lost():
    game = played(STOP, STOP)
    assert game.profit == 0
    assert lesson(game).startswith("Belum ada iklan")
    assert game.outcomes[0].roas.value is None


def test_the_lesson_compares_with_break_even():
    # Rp10.000 of Rp25.000 are left: it pays from 2,5 times on.
    assert "balik modal di 2,5 kali" in lesson(played(LOUD))
    assert "menambah rugi" in lesson(played(GOOD, shop=Shop("Rugi", 10_000, 12_000)))


def test_what_is_not_on_offer():
    with pytest.raises(MarketingError, match="Biaya iklan"):
        played(Decision(-1, "sekitar", "jelas"))
    with pytest.raises(MarketingError, match="Pilih siapa"):
        played(Decision(1, "bulan", "jelas"))
    with pytest.raises(MarketingError, match="sudah selesai"):
        played(*[STOP] * 5)


def test_the_class_is_ranked_by_what_is_left():
    games = {"Ida": played(STOP), "Amin": played(STOP), "Nia": played(LOUD)}
    assert [name for name, _ in ranking(games)] == ["Amin", "Ida", "Nia"]
