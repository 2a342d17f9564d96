"""The advertising game of a class: late comers, missed rounds, late taps, two trainers at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.unit.records.conftest import COHORT, MONDAY

from umkm.errors import InputError
from umkm.marketing.campaign import CLASS_SHOP, PURSE, STOP, Decision, played
from umkm_records import erase_person, export_person
from umkm_records.errors import UnknownCohort
from umkm_records.tools import (
    AdGameClosed,
    AdGameMoved,
    ad_board,
    ad_seat,
    advance_ad_game,
    begin_ad_game,
    choose_ad,
    end_ad_game,
    join_ad_game,
)

CLASS = COHORT.id
NEAR = Decision(200_000, "sekitar", "jelas")
TOWN = Decision(100_000, "kota", "gelap")


@pytest.fixture
def game(records, siti, budi):
    """Siti and Budi play; the first round is being decided."""
    begin_ad_game(records, CLASS, "benih", None, MONDAY)
    join_ad_game(records, siti.code)
    join_ad_game(records, budi.code)
    return records


def step(records):
    return ad_board(records, CLASS).step


def advance(records):
    advance_ad_game(records, CLASS, step(records))


def choose(records, person, choice):
    return choose_ad(records, person.code, step(records), choice)


def test_four_rounds(game, siti, budi):
    for number in range(1, 5):
        seat = choose(game, siti, NEAR if number == 1 else STOP)
        assert (seat.step.number, len(seat.game.outcomes)) == (number, number - 1)
        choose(game, budi, NEAR)
        assert ad_board(game, CLASS).decided == 2
        advance(game)
        assert len(ad_seat(game, siti.code).game.outcomes) == number
        if number < 4:
            advance(game)
    board = ad_board(game, CLASS)
    assert (board.step.is_open, board.step.shown) == (False, 4)
    wise, eager = ad_seat(game, siti.code), ad_seat(game, budi.code)
    assert wise.game == played(CLASS_SHOP, "benih", (NEAR, STOP, STOP, STOP))
    assert eager.game == played(CLASS_SHOP, "benih", (NEAR,) * 4)
    assert (wise.rank, eager.rank, wise.players) == (1, 2, 2)
    assert board.games == {wise.name: wise.game, eager.name: eager.game}
    with pytest.raises(AdGameMoved):
        advance(game)


def test_without_a_game_there_is_nothing(records, siti):
    assert ad_seat(records, siti.code) is None
    assert ad_board(records, CLASS) is None
    with pytest.raises(AdGameClosed, match="main sendiri"):
        join_ad_game(records, siti.code)
    with pytest.raises(UnknownCohort):
        begin_ad_game(records, "tidak-ada", "a", None)


def test_a_mind_may_be_changed_until_the_round_is_shown(game, siti, budi):
    seen = step(game)
    assert choose(game, siti, NEAR).choice == NEAR
    assert choose(game, siti, TOWN).choice == TOWN
    assert ad_seat(game, siti.code).choice == TOWN
    assert ad_board(game, CLASS).decided == 1
    advance(game)
    with pytest.raises(AdGameClosed, match="sudah ditutup"):
        choose(game, siti, STOP)
    advance(game)
    with pytest.raises(AdGameClosed, match="sudah ditutup"):  # a tap meant for the round before
        choose_ad(game, siti.code, seen, STOP)
    assert ad_seat(game, siti.code).game == played(CLASS_SHOP, "benih", (TOWN,))


def test_who_comes_late_or_misses_a_round_spent_nothing_in_it(game, siti, budi, records):
    choose(game, siti, NEAR)
    advance(game)
    assert ad_seat(game, budi.code).game.money == PURSE
    advance(game)
    choose(game, budi, TOWN)
    advance(game)
    assert ad_seat(game, siti.code).game == played(CLASS_SHOP, "benih", (NEAR, STOP))
    assert ad_seat(game, budi.code).game == played(CLASS_SHOP, "benih", (STOP, TOWN))


def test_joining_twice_is_joining_once(game, siti, budi):
    assert join_ad_game(game, siti.code) == join_ad_game(game, siti.code)
    names = set(ad_board(game, CLASS).games)
    assert len(names) == 2
    assert not names & {siti.name, budi.name, siti.code, budi.code}


def test_what_is_not_on_offer_changes_nothing(game, siti):
    with pytest.raises(InputError):
        choose(game, siti, Decision(10**9, "kota", "jelas"))
    assert ad_seat(game, siti.code).choice is None


def test_of_two_trainers_at_once_one_goes_on(game):
    seen = step(game)

    def press(_):
        try:
            advance_ad_game(game, CLASS, seen)
        except AdGameMoved as error:
            return error.message
        return ""

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(press, range(2)))
    assert answers[0] == ""
    assert "pelatih lain" in answers[1]
    assert (step(game).number, step(game).is_shown) == (1, True)


def test_of_two_trainers_at_once_one_begins(records, cohort):
    def press(seed):
        try:
            begin_ad_game(records, CLASS, seed, None)
        except AdGameMoved:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, ["a", "b"])) == [False, True]


def test_another_game_forgets_the_last(game, siti):
    choose(game, siti, NEAR)
    with pytest.raises(AdGameMoved):
        begin_ad_game(game, CLASS, "lain", None)
    begin_ad_game(game, CLASS, "lain", step(game))
    seat = ad_seat(game, siti.code)
    assert (seat.name, seat.step.seed, seat.step.number) == ("", "lain", 1)
    assert ad_board(game, CLASS).games == {}


def test_a_game_that_ends_early_counts_what_was_shown(game, siti):
    choose(game, siti, NEAR)
    advance(game)
    advance(game)
    choose(game, siti, NEAR)
    end_ad_game(game, CLASS, step(game))
    assert len(ad_seat(game, siti.code).game.outcomes) == 1
    with pytest.raises(AdGameClosed):
        choose(game, siti, STOP)


def test_who_leaves_takes_their_play_along(game, siti, budi):
    choose(game, siti, NEAR)
    (copy,) = export_person(game, siti.code)["ad_choices"]
    assert (copy["number"], copy["budget"], copy["audience"]) == (1, 200_000, "sekitar")
    erase_person(game, siti.code, "uji")
    board = ad_board(game, CLASS)
    assert (board.decided, len(board.games)) == (0, 1)
