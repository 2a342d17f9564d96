"""Rules of the cashier game (Simulasi kasir): only the notification proves a payment.

A sale goes from an open till to a decision; nothing here knows a clock, a network or a person. What
happens is drawn by seed, so that a reload, another phone and a test see the same.

open (the till shows its code) -> arrived (a buyer read it) -> shown (the buyer's screen says paid)
-> decided (handed over or refused); waiting for the notification may come before that.
"""

from umkm.qris.cashier_game.proof import proof
from umkm.qris.cashier_game.sale import (
    MOST_WAITS,
    Decision,
    Outcome,
    Sale,
    arrive,
    by_computer,
    code_in,
    decide,
    pay,
    payload,
    release,
    sale_from_plain,
    sale_to_plain,
)
from umkm.qris.cashier_game.scenarios import Kind, Scenario, game_alone, new_sale
from umkm.qris.cashier_game.score import Role, Score, role_in, score

__all__ = [
    "MOST_WAITS",
    "Decision",
    "Kind",
    "Outcome",
    "Role",
    "Sale",
    "Scenario",
    "Score",
    "arrive",
    "by_computer",
    "code_in",
    "decide",
    "game_alone",
    "new_sale",
    "pay",
    "payload",
    "proof",
    "release",
    "role_in",
    "sale_from_plain",
    "sale_to_plain",
    "score",
]
