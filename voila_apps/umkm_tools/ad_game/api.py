"""The endpoints of Simulasi iklan for its page: the class's game, as plain data.

    {..., "ask": "ad-seat"}                                        where the participant sits, or None
    {..., "ask": "ad-join"}                                        take part
    {..., "ask": "ad-choose", "key", "budget", "audience", "creative"}   what to do in the round `key`

The seed stays here: a page does not learn the luck of the next round.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import astuple
from typing import Any

from umkm.marketing.campaign import Decision
from umkm_records import (
    AdGameClosed,
    AdSeat,
    AdStep,
    Records,
    ad_seat,
    choose_ad,
    join_ad_game,
)


def _seat(records: Records, code: str, _request: dict[str, Any]) -> dict[str, Any] | None:
    found = ad_seat(records, code)
    return _reply(found) if found else None


def _join(records: Records, code: str, _request: dict[str, Any]) -> dict[str, Any]:
    return _reply(join_ad_game(records, code))


def _choose(records: Records, code: str, request: dict[str, Any]) -> dict[str, Any]:
    found = ad_seat(records, code)
    if found is None or _key(found.step) != request["key"]:
        raise AdGameClosed(late=True)
    choice = Decision(int(request["budget"]), str(request["audience"]), str(request["creative"]))
    return _reply(choose_ad(records, code, found.step, choice))


def _reply(seat: AdSeat) -> dict[str, Any]:
    step = seat.step
    return {
        "key": _key(step),
        "number": step.number,
        "is_shown": step.is_shown,
        "is_open": step.is_open,
        "name": seat.name,
        "outcomes": [astuple(outcome) for outcome in seat.game.outcomes] if seat.game else [],
        "choice": astuple(seat.choice) if seat.choice else None,
        "rank": seat.rank,
        "players": seat.players,
    }


def _key(step: AdStep) -> str:
    """Return the key of a round, which does not reveal the seed."""
    return f"{hashlib.sha256(step.seed.encode()).hexdigest()[:12]}-{step.number}"


AD_ERRANDS: dict[str, Callable[[Records, str, dict[str, Any]], Any]] = {
    "ad-seat": _seat,
    "ad-join": _join,
    "ad-choose": _choose,
}
