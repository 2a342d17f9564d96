"""The cashier game where phones meet: two buyers at one till, late codes, who leaves, who comes back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from tests.unit.records.conftest import COHORT, MONDAY, SITI

import umkm_records.tools.cashier_players
from umkm.errors import InputError
from umkm.qris.cashier_game import (
    Decision,
    Kind,
    Outcome,
    Role,
    arrive,
    by_computer,
    decide,
    pay,
    release,
)
from umkm_records import erase_person, export_person, register
from umkm_records.errors import UnknownCohort
from umkm_records.tools import (
    TillClosed,
    TillFull,
    begin_till_game,
    end_till_game,
    join_till_game,
    next_till_round,
    open_till,
    play_at_till,
    till_board,
    till_seat,
    visit_till,
)

CLASS = COHORT.id
HAND_OVER = partial(decide, decision=Decision.HAND_OVER)


@pytest.fixture
def ani(records, cohort):
    return register(records, replace(SITI, name="Bu Ani", phone="0812 1111 2222"), now=MONDAY)


@pytest.fixture
def game(records, siti, budi):
    """Siti sells, Budi buys."""
    begin_till_game(records, CLASS, "a", Kind.HONEST, MONDAY)
    assert join_till_game(records, siti.code).role is Role.MERCHANT
    assert join_till_game(records, budi.code).role is Role.BUYER
    return records


def test_a_sale_from_code_to_goods(game, siti, budi):
    sale = open_till(game, siti.code).sale
    assert till_board(game, CLASS).waiting == 1
    assert visit_till(game, budi.code, sale.code).sale == arrive(sale)
    assert till_seat(game, siti.code).sale.arrived
    play_at_till(game, budi.code, Role.BUYER, lambda s: pay(s, s.price))
    seat = till_seat(game, siti.code)
    assert seat.sale.shown == sale.price
    if not seat.sale.notified:
        play_at_till(game, siti.code, Role.MERCHANT, partial(decide, decision=Decision.WAIT))
    done = play_at_till(game, siti.code, Role.MERCHANT, HAND_OVER)
    assert (done.sale.outcome, done.own.handed) == (Outcome.HANDED, 1)
    assert till_seat(game, budi.code).sale.outcome is Outcome.HANDED
    board = till_board(game, CLASS)
    assert (board.players, board.waiting, board.this_round.handed) == (2, 0, 1)
    assert open_till(game, siti.code).sale.code != sale.code


def test_a_merchant_begins_so_many_sales_in_a_round_and_the_next_is_open_again(
    game, siti, budi, monkeypatch
):
    """Each is a row that is kept while the game lasts, and that every later look at it reads."""
    monkeypatch.setattr(umkm_records.tools.cashier_players, "MOST_SALES", 3)

    def serve(who, buyer):
        sale = open_till(game, who).sale
        visit_till(game, buyer, sale.code)
        play_at_till(game, buyer, Role.BUYER, lambda s: pay(s, s.price))
        if not till_seat(game, who).sale.notified:
            play_at_till(game, who, Role.MERCHANT, partial(decide, decision=Decision.WAIT))
        play_at_till(game, who, Role.MERCHANT, HAND_OVER)

    for _ in range(3):
        serve(siti.code, budi.code)
    with pytest.raises(TillFull, match="Tunggu ronde berikutnya"):
        open_till(game, siti.code)
    assert till_seat(game, siti.code).own.handed == 3
    # In the next round the parts change, in the one after that she sells again.
    for _ in range(2):
        next_till_round(game, CLASS, Kind.HONEST)
    assert open_till(game, siti.code).sale is not None


def test_without_a_game_there_is_nothing(records, siti):
    assert till_seat(records, siti.code) is None
    assert till_board(records, CLASS) is None
    end_till_game(records, CLASS)
    with pytest.raises(TillClosed):
        join_till_game(records, siti.code)
    with pytest.raises(UnknownCohort):
        begin_till_game(records, "tidak-ada", "a", Kind.MIXED)


def test_a_reload_and_a_second_tap_change_nothing(game, siti, budi):
    sale = open_till(game, siti.code).sale
    assert open_till(game, siti.code).sale == sale
    assert join_till_game(game, siti.code).sale == sale
    once = visit_till(game, budi.code, sale.code)
    assert visit_till(game, budi.code, sale.code) == once
    assert till_board(game, CLASS).players == 2


def test_two_buyers_at_one_till(game, siti, budi, ani):
    next_till_round(game, CLASS, Kind.HONEST)  # Siti buys now, Budi sells
    join_till_game(game, ani.code)
    assert till_seat(game, ani.code).role is Role.BUYER
    sale = open_till(game, budi.code).sale

    def come(code):
        try:
            return visit_till(game, code, sale.code)
        except InputError as error:
            return error.message

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(come, [siti.code, ani.code]))
    refused = [answer for answer in answers if isinstance(answer, str)]
    assert len(refused) == 1
    assert "pembeli lain" in refused[0]


def test_a_buyer_who_leaves_frees_the_till(game, siti, budi, ani):
    join_till_game(game, ani.code)
    first, second = open_till(game, siti.code).sale, open_till(game, ani.code).sale
    visit_till(game, budi.code, first.code)
    visit_till(game, budi.code, second.code)
    assert not till_seat(game, siti.code).sale.arrived
    # The merchant may also send away who has gone; what that phone does then is told to be late.
    play_at_till(game, ani.code, Role.MERCHANT, release)
    assert till_seat(game, budi.code).sale is None
    with pytest.raises(TillClosed):
        play_at_till(game, budi.code, Role.BUYER, lambda s: pay(s, s.price))
    alone = play_at_till(game, ani.code, Role.MERCHANT, by_computer)
    assert alone.sale.computer


def test_a_code_of_a_round_that_is_over(game, siti, budi):
    sale = open_till(game, siti.code).sale
    next_till_round(game, CLASS, Kind.MIXED)
    with pytest.raises(TillClosed, match="ronde yang sudah selesai"):
        visit_till(game, siti.code, sale.code)
    with pytest.raises(TillClosed, match="Belum ada kasir"):
        visit_till(game, siti.code, "ZZZZ")
    with pytest.raises(TillClosed):
        visit_till(game, budi.code, sale.code)  # he sells now
    assert till_seat(game, siti.code).role is Role.BUYER
    end_till_game(game, CLASS)
    assert till_seat(game, siti.code).game.is_open is False
    with pytest.raises(TillClosed):
        open_till(game, budi.code)


def test_a_refusal_changes_nothing(game, siti):
    sale = open_till(game, siti.code).sale
    with pytest.raises(InputError):
        play_at_till(game, siti.code, Role.MERCHANT, HAND_OVER)
    assert till_seat(game, siti.code).sale == sale


def test_who_leaves_takes_their_play_along(game, siti, budi):
    sale = open_till(game, siti.code).sale
    visit_till(game, budi.code, sale.code)
    (copy,) = export_person(game, siti.code)["till_sales"]
    assert copy["sale"]["item"] == sale.item
    assert "buyer_id" not in copy
    erase_person(game, budi.code, "uji")
    assert till_board(game, CLASS).players == 1
    erase_person(game, siti.code, "uji")
    assert till_board(game, CLASS).waiting == 0


def test_another_game_forgets_the_last(game, siti):
    open_till(game, siti.code)
    begin_till_game(game, CLASS, "b", Kind.MIXED)
    seat = till_seat(game, siti.code)
    assert (seat.role, seat.game.number) == (None, 1)
