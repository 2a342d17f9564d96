"""The advertising game as a widget: what a phone sees, alone and in a class, and what forged messages do."""

import pytest

from umkm.errors import UmkmError
from umkm.marketing.campaign import CLASS_SHOP, STOP, Decision, Game, play
from umkm_tools.ad_game.tables import AdPlace
from umkm_tools.ad_game.widget import AdGame

NEAR = {"budget": 200_000, "audience": "sekitar", "creative": "jelas"}


@pytest.fixture
def alone():
    game = AdGame(seed="7")
    game.on_message({"type": "begin", "mode": "sendiri", "id": "1"})
    return game


def choose(game, **choice):
    game.on_message({"type": "choose", "key": game.view["key"], "id": "c", **choice})


def test_four_rounds_alone_end_with_when_to_stop(alone):
    by_hand = Game(CLASS_SHOP, "7")
    for number in range(1, 5):
        assert (alone.view["page"], alone.view["number"]) == ("putusan", number)
        assert alone.view["chosen"] is None
        choose(alone, **NEAR)
        by_hand = play(by_hand, Decision(**NEAR))
        assert alone.view["money"] == "Rp" + f"{by_hand.money:,}".replace(",", ".")
        alone.on_message({"type": "next"})
    assert alone.view["page"] == "selesai"
    assert [row[0][0] for row in alone.view["table"]] == ["1", "2", "3", "4", "S"]
    assert alone.view["lesson"].startswith("Kalau berhenti sesudah putaran 1")
    alone.on_message({"type": "next"})
    assert alone.view["page"] == "selesai"
    alone.on_message({"type": "begin"})
    assert (alone.view["page"], alone.view["game"]) == ("pilih", False)


def test_the_same_number_has_the_same_luck(alone):
    choose(alone, **NEAR)
    once = alone.view["facts"]
    alone.on_message({"type": "begin", "mode": "ulang", "seed": "7"})
    choose(alone, **NEAR)
    assert alone.view["facts"] == once
    alone.on_message({"type": "begin", "mode": "ulang", "seed": "8"})
    choose(alone, **NEAR)
    assert alone.view["facts"] != once


def test_a_round_is_read_beside_break_even(alone):
    choose(alone, **NEAR)
    facts = dict(alone.view["facts"])
    assert facts["Balik modal di ROAS"] == "2,5 kali"
    assert facts["Tayang"] == "11.111 kali"
    assert facts["Biaya iklan"] == "Rp200.000"


def test_stopping_needs_no_other_choice(alone):
    choose(alone, budget=0)
    assert alone.outcome == {"id": "c", "ok": True}
    assert (alone.view["banner"], alone.view["money"]) == ("Tanpa iklan", "Rp1.000.000")


@pytest.mark.parametrize(
    ("choice", "field"),
    [({}, "budget"), ({"budget": "200000"}, "budget"), ({"budget": 7}, "budget"),
     ({"budget": True}, "budget"), ({"budget": 50_000}, "audience"),
     ({"budget": 50_000, "audience": "kota"}, "creative"),
     ({"budget": 50_000, "audience": ["kota"], "creative": "jelas"}, "audience")],
)  # fmt: skip
def test_what_is_missing_is_said_at_its_place(alone, choice, field):
    before = alone.view
    choose(alone, **choice)
    assert (alone.outcome["ok"], alone.outcome["field"]) == (False, field)
    assert alone.view == before


def test_a_second_tap_plays_no_second_round(alone):
    key = alone.view["key"]
    choose(alone, **NEAR)
    after = alone.view
    alone.on_message({"type": "choose", "key": key, **NEAR})
    assert "sudah dimainkan" in alone.outcome["message"]
    assert alone.view == after


@pytest.mark.parametrize(
    "message",
    [None, 3, [], {}, {"type": "x"}, {"type": ["look"]}, {"type": "next"}, {"type": "choose"},
     {"type": "begin", "mode": "ulang", "seed": "../etc"},
     {"type": "begin", "mode": "ulang", "seed": 7}],
)  # fmt: skip
def test_forged_messages_play_nothing(message):
    game = AdGame(seed="7")
    before = game.view
    game.on_message(message)
    assert game.view == before


def test_the_assumptions_are_on_the_first_screen():
    said = dict(AdGame().view["assumed"])
    assert said["Orang sekitar toko"] == (
        "tampil 1.000 kali Rp18.000; dari 1.000 yang melihat 30 mengetuk; "
        "dari 1.000 yang mengetuk 60 memesan; orangnya 9.000"
    )
    assert "0,4 kali" in said["Tulisan heboh «PALING MURAH!!»"]


class Room:
    """A class's game on paper."""

    def __init__(self, **place):
        self.now = AdPlace("a-1", 1, is_shown=False, is_open=True, **place)
        self.heard = []
        self.error = None

    def seat(self):
        if self.error:
            raise self.error
        return self.now

    def join(self):
        self.now = AdPlace("a-1", 1, is_shown=False, is_open=True, name="Melati")
        return self.now

    def choose(self, key, choice):
        self.heard.append((key, choice))
        self.now = AdPlace("a-1", 1, is_shown=False, is_open=True, name="Melati", choice=choice)
        return self.now


def test_in_a_class_a_choice_waits_for_the_trainer():
    room = Room()
    game = AdGame(room)
    assert (game.view["page"], game.view["game"], game.view["late"]) == ("pilih", True, False)
    game.on_message({"type": "begin", "mode": "kelas"})
    assert game.view["title"] == "Putaran 1 dari 4 · Anda main sebagai Melati"
    choose(game, budget=0)
    assert room.heard == [("a-1", STOP)]
    assert game.view["page"] == "putusan"
    assert game.view["chosen"]["words"] == "Tidak memasang iklan di putaran ini."
    choose(game, **NEAR)
    assert "orang sekitar toko" in game.view["chosen"]["words"]
    shown = play(Game(CLASS_SHOP, "a"), Decision(**NEAR))
    room.now = AdPlace(
        "a-1", 1, is_shown=True, is_open=True, name="Melati", game=shown, rank=2, players=9
    )
    game.on_message({"type": "look"})
    assert (game.view["page"], game.view["place"]) == ("hasil", "Urutan Anda sekarang: 2 dari 9.")


def test_a_laptop_that_does_not_answer_is_told():
    room = Room()
    game = AdGame(room)
    room.error = UmkmError("Server kelas tidak menjawab.")
    game.on_message({"type": "look", "id": "1"})
    assert game.outcome == {"id": "1", "ok": False, "message": "Server kelas tidak menjawab."}
    assert AdGame(room).outcome["message"] == "Server kelas tidak menjawab."
    assert AdGame(room).view["page"] == "pilih"


def test_a_class_that_ended_before_one_joined_is_no_game():
    room = Room()
    room.now = AdPlace("a-4", 4, is_shown=True, is_open=False)
    assert AdGame(room).view["game"] is False
