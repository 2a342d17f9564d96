"""The advertising game: fair, repeatable, and won by stopping in time."""

from fractions import Fraction

import pytest

from umkm.marketing import Decision, Game, MarketingError, Shop, play
from umkm.marketing.campaign import CLASS_SHOP, PURSE, STOP, played
from umkm.marketing.campaign_lessons import (
    by_rounds_advertised,
    lesson,
    player_name,
    standings,
    when_to_stop,
)

pytestmark = pytest.mark.slow

CRACKERS = Shop("Keripik talas 250 g", 25_000, 15_000)
GOOD = Decision(200_000, "sekitar", "jelas")
TOWN = Decision(200_000, "kota", "jelas")
LOUD = Decision(200_000, "semua", "heboh")


def after(*decisions: Decision, seed: object = 7, shop: Shop = CLASS_SHOP) -> Game:
    game = Game(shop, str(seed))
    for decision in decisions:
        game = play(game, decision)
    return game


def test_alike_decisions_bring_alike_results():
    assert after(GOOD, GOOD) == after(GOOD, GOOD) == played(CLASS_SHOP, "7", (GOOD, GOOD))
    assert after(GOOD, seed=7).outcomes != after(GOOD, seed=8).outcomes


def test_the_books_of_a_round_tie():
    game = after(GOOD, shop=CRACKERS)
    (outcome,) = game.outcomes
    # Rp18.000 a thousand views: Rp200.000 buy 11.111.
    assert outcome.views == 11_111
    assert outcome.sales == outcome.orders * 25_000
    assert outcome.profit == outcome.orders * 10_000 - 200_000
    assert game.money == PURSE + outcome.profit


def test_many_classes_together_get_what_the_rates_say():
    # By hand: 11.111 views of 9.000 people are worth 11.111 - 11.111²/36.000 = 7.682 first ones;
    # 3 of 100 tap, 6 of 100 of these order: 13,8. The next 200.000 are worth 2.522: 4,5.
    games = [after(GOOD, GOOD, seed=seed) for seed in range(400)]
    first, second = (sum(g.outcomes[n].orders for g in games) / len(games) for n in (0, 1))
    assert first == pytest.approx(13.8, abs=0.6)
    assert second == pytest.approx(4.54, abs=0.4)


def test_all_at_once_or_in_parts_is_the_same_to_an_audience():
    half = Decision(100_000, "kota", "jelas")
    whole = sum(after(TOWN, seed=s).outcomes[0].clicks for s in range(300))
    parts = sum(o.clicks for s in range(300) for o in after(half, half, seed=s).outcomes)
    assert parts == pytest.approx(whole, rel=0.02)


def test_luck_is_the_same_for_all():
    # A better picture for the same people never brings fewer clicks or, through them, fewer orders.
    dark = Decision(200_000, "kota", "gelap")
    for seed in range(50):
        (bright,), (dull,) = after(TOWN, seed=seed).outcomes, after(dark, seed=seed).outcomes
        assert bright.clicks > dull.clicks
        assert bright.orders >= dull.orders


@pytest.mark.parametrize("seed", range(20))
def test_shouting_at_everybody_loses_to_showing_the_price_nearby(seed: int):
    assert after(LOUD, seed=seed).profit < after(GOOD, seed=seed).profit


@pytest.mark.parametrize("seed", range(20))
def test_who_stops_in_time_has_more_than_who_goes_on(seed: int):
    went_on = after(GOOD, GOOD, GOOD, GOOD, seed=seed)
    in_time = after(GOOD, STOP, STOP, STOP, seed=seed)
    assert in_time.profit > went_on.profit


def test_over_many_games_the_lesson_holds():
    def mean(*decisions: Decision) -> float:
        return sum(after(*decisions, seed=s).money for s in range(200)) / 200

    untouched = mean(STOP, STOP, STOP, STOP)
    assert untouched == PURSE
    assert mean(GOOD, TOWN, STOP, STOP) > mean(GOOD, STOP, STOP, STOP) > untouched
    assert mean(GOOD, GOOD, GOOD, GOOD) < mean(GOOD, GOOD, STOP, STOP) < mean(GOOD)
    assert mean(LOUD, LOUD, LOUD, LOUD) < untouched


def test_nothing_spent_is_nothing_lost():
    game = after(STOP, STOP)
    assert game.profit == 0
    assert lesson(game).startswith("Belum ada iklan")
    assert "utuh" in when_to_stop(game)
    assert game.outcomes[0].roas.value is None


def test_nobody_can_spend_more_than_they_have():
    worst = after(LOUD, LOUD, LOUD, LOUD, shop=Shop("Rugi", 10_000, 10_000))
    assert worst.money >= 0
    assert worst.over


def test_the_lesson_compares_with_break_even():
    # Rp24.000 of Rp60.000 are left: it pays from 2,5 times on.
    assert Fraction(1) / CLASS_SHOP.contribution == Fraction(5, 2)
    assert "balik modal di 2,5 kali" in lesson(after(LOUD))
    assert "menambah rugi" in lesson(after(GOOD, shop=Shop("Rugi", 10_000, 12_000)))
    assert lesson(after(GOOD, STOP)).startswith("Putaran ini tanpa iklan")


def test_the_best_round_to_stop_is_one_of_ones_own():
    game = after(GOOD, LOUD, LOUD, LOUD)
    best = after(GOOD)
    assert when_to_stop(game).startswith("Kalau berhenti sesudah putaran 1")
    assert f"{(best.money - game.money) // 1000}.000 lebih banyak" in when_to_stop(game)
    assert when_to_stop(after(LOUD)).startswith("Tanpa iklan sama sekali")
    assert when_to_stop(after(GOOD, STOP)).startswith("Tidak ada putaran yang lebih baik")


@pytest.mark.parametrize("wrong", [-1, 1, 150_000, 10**9, True])
def test_an_amount_that_is_not_on_offer(wrong: int):
    with pytest.raises(MarketingError, match="Pilih biaya") as caught:
        after(Decision(wrong, "sekitar", "jelas"))
    assert caught.value.field == "budget"


def test_what_is_not_on_offer():
    with pytest.raises(MarketingError, match="Pilih siapa"):
        after(Decision(50_000, "bulan", "jelas"))
    with pytest.raises(MarketingError, match="Pilih gambar"):
        after(Decision(50_000, "kota", "bulan"))
    with pytest.raises(MarketingError, match="sudah selesai"):
        after(*[STOP] * 5)


def test_the_class_is_ranked_by_what_is_left():
    games = {"Kenari": after(STOP), "Duku": after(STOP), "Pala": after(LOUD), "Jahe": after(GOOD)}
    places = standings(games)
    assert [(place.rank, place.name) for place in places] == [
        (1, "Jahe"), (2, "Duku"), (2, "Kenari"), (4, "Pala"),
    ]  # fmt: skip


def test_the_class_beside_the_number_of_rounds_with_an_advertisement():
    games = [after(STOP, STOP), after(GOOD, STOP), after(STOP, GOOD), after(GOOD, GOOD)]
    mean = round((games[1].money + games[2].money) / 2)
    assert by_rounds_advertised(games) == {0: (1, PURSE), 1: (2, mean), 2: (1, games[3].money)}
    assert by_rounds_advertised([]) == {}


def test_names_on_the_projector_are_nobodys_twice():
    names = [player_name("a", place) for place in range(120)]
    assert len(set(names)) == 120
    assert names != [player_name("b", place) for place in range(120)]
    assert names[48].endswith(" 2")
