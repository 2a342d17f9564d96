"""The till as a widget: what each phone sees, and what late, double and forged messages do."""

import base64
from xml.etree import ElementTree

import pytest

from umkm.errors import UmkmError
from umkm.qris.till import Outcome, Role, Scene, payload
from umkm_tools.cashier_game.tables import SOLO_SALES, Seat, SoloTable
from umkm_tools.cashier_game.widget import CashierGame


@pytest.fixture
def alone():
    till = CashierGame(seed="a")
    till.on_message({"type": "begin", "mode": "sendiri", "id": "1"})
    return till


def sale_of(till):
    return till._alone.seat().sale


def right_way(till):
    """Decide as the rule of thumb says, from what the phone shows alone."""
    while till.view["page"] == "kasir-putus" and not till.view["notified"]:
        if not till.view["may_wait"]:
            return "tolak"
        till.on_message({"type": "decide", "decision": "tunggu", "code": till.view["code"]})
    return "serahkan" if till.view["notified"].startswith(till.view["price"] + " ") else "tolak"


def test_the_rule_of_thumb_wins_every_game_alone(alone):
    seen = set()
    for _ in range(SOLO_SALES):
        alone.on_message({"type": "open"})
        assert alone.view["page"] == "kasir-putus"
        assert alone.view["says"].endswith(alone.view["price"])
        seen.add(sale_of(alone).scene)
        decision = right_way(alone)
        alone.on_message({"type": "decide", "decision": decision, "code": alone.view["code"]})
        assert sale_of(alone).outcome in {Outcome.HANDED, Outcome.CAUGHT}
    assert (alone.view["page"], alone.view["result"][:7]) == ("tutup", "8 dari ")
    assert seen == set(Scene)
    alone.on_message({"type": "open"})
    assert alone.view["page"] == "tutup"
    alone.on_message({"type": "begin"})
    assert alone.view == {"page": "pilih", "game": False}


def test_pictures_are_addresses_of_well_formed_drawings(alone):
    alone.on_message({"type": "open"})
    kind, _, content = alone.view["proof"].partition(",")
    assert kind == "data:image/svg+xml;base64"
    ElementTree.fromstring(base64.b64decode(content))


def test_a_late_tap_does_not_decide_over_the_next_buyer(alone):
    alone.on_message({"type": "open"})
    first = alone.view["code"]
    alone.on_message({"type": "decide", "decision": "tolak", "code": first, "id": "x"})
    alone.on_message({"type": "open"})
    alone.on_message({"type": "decide", "decision": "tolak", "code": first, "id": "y"})
    assert alone.outcome == {
        "id": "y",
        "ok": False,
        "message": "Jual beli itu sudah selesai.",
        "field": "",
    }
    assert alone.view["page"] == "kasir-putus"


@pytest.mark.parametrize(
    "message",
    [None, 3, [], {}, {"type": "x"}, {"type": "decide"}, {"type": "decide", "decision": ["tolak"]},
     {"type": "visit", "text": "K7PM"}, {"type": "pay", "amount": "x"}, {"type": "release"},
     {"type": "pay"}, {"type": "computer", "id": 9}],
)  # fmt: skip
def test_forged_messages_change_nothing(alone, message):
    before = alone.view
    alone.on_message(message)
    assert alone.view == before


class Room:
    """A class's game on paper, in which this phone buys."""

    def __init__(self):
        self.now = Seat()
        self.heard = []
        self.error = None

    def seat(self):
        if self.error:
            raise self.error
        return self.now

    def join(self):
        return self.seat()

    def visit(self, short):
        self.heard.append(short)
        return self.seat()

    def play(self, role, change):
        self.heard.append(role)
        self.now = Seat(role=role, sale=change(self.now.sale))
        return self.now


def test_a_buyer_is_told_their_part():
    from dataclasses import replace

    from umkm.qris.till import Kind, arrive, new_sale

    room = Room()
    till = CashierGame(room)
    assert till.view == {"page": "pilih", "game": True}
    room.now = Seat(role=Role.BUYER)
    till.on_message({"type": "begin", "mode": "kelas"})
    assert till.view["page"] == "pembeli-cari"
    sale = new_sale("a", Kind.HONEST)
    room.now = Seat(role=Role.BUYER, sale=arrive(replace(sale, scene=Scene.PAID, dynamic=False)))
    till.on_message({"type": "visit", "text": payload(sale)})
    assert room.heard == [sale.code]
    assert (till.view["types"], till.view["trick"]) == (True, "")
    till.on_message({"type": "pay", "amount": "500", "id": "p"})
    assert till.outcome["choices"] == ["Rp500", "Rp500.000"]
    till.on_message({"type": "pay", "amount": "15rb"})
    assert till.view["says"] == "Pembayaran berhasil Rp15.000"
    room.now = Seat(role=Role.BUYER, sale=arrive(replace(sale, scene=Scene.PROOF)))
    till.on_message({"type": "look"})
    assert "penipu" in till.view["trick"]
    assert till.view["shop"].startswith("CONTOH ")


def test_a_laptop_that_does_not_answer_is_told():
    room = Room()
    till = CashierGame(room)
    room.error = UmkmError("Penyimpanan sedang sibuk.")
    till.on_message({"type": "look", "id": "1"})
    assert till.outcome == {"id": "1", "ok": False, "message": "Penyimpanan sedang sibuk."}
    assert CashierGame(room).outcome["message"] == "Penyimpanan sedang sibuk."


def test_one_alone_is_no_buyer():
    table = SoloTable("a")
    with pytest.raises(UmkmError):
        table.visit("K7PM")
    with pytest.raises(UmkmError):
        table.play(Role.BUYER, lambda sale: sale)
    assert table.join() == table.seat()
