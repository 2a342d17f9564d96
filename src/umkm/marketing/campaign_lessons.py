"""Explanations in the advertising game: break-even, when to stop, the ranking."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from umkm.marketing.campaign import Game
from umkm.marketing.metrics import break_even_roas
from umkm.money import format_rupiah

_NAMES: Final = (
    "Melati Kenanga Mawar Anggrek Cempaka Dahlia Teratai Seroja Kemuning Flamboyan Mangga Rambutan "
    "Manggis Duku Salak Sawo Belimbing Jambu Nangka Srikaya Sirsak Kelapa Pala Cengkih Kunyit Jahe "
    "Kencur Serai Kemiri Ketumbar Bandeng Kerapu Kakap Tongkol Tenggiri Rajungan Merpati Kutilang "
    "Kenari Perkutut Jalak Cendrawasih Elang Kancil Rusa Penyu Lengkuas Pandan"
)


@dataclass(frozen=True)
class Place:
    """Where a player stands; who has the same money shares the rank."""

    rank: int
    name: str
    money: int


def player_name(seed: str, place: int) -> str:
    """Return the name a player goes by on the projector, so that nobody's own stands there.

    Args:
        seed: of the game; it mixes the names, so that who joined first is not seen either.
        place: their join order, from 0.
    """
    mixed = _mixed(seed)
    turn, name = divmod(place, len(mixed))
    return f"{mixed[name]} {turn + 1}" if turn else mixed[name]


@lru_cache(maxsize=64)
def _mixed(seed: str) -> tuple[str, ...]:
    names = _NAMES.split()
    random.Random(f"{seed}/nama").shuffle(names)  # noqa: S311 - a game
    return tuple(names)


def lesson(game: Game) -> str:
    """Return in one or two sentences what the rounds so far show about going on or stopping."""
    if not any(outcome.budget for outcome in game.outcomes):
        return "Belum ada iklan yang dipasang. Tidak ada biaya, tidak ada pesanan dari iklan."
    line = break_even_roas(game.shop.contribution)
    if line.value is None:
        return line.sentence
    last = game.outcomes[-1]
    if not last.budget:
        return "Putaran ini tanpa iklan: tidak ada biaya, dan uang yang sudah ada tetap utuh."
    if (last.roas.value or Fraction(0)) < line.value:
        return (
            f"Putaran ini: omzet {last.roas.written} biaya iklan, padahal balik modal di "
            f"{line.written}. Berhenti, atau ganti gambar dan sasarannya."
        )
    return (
        f"Putaran ini: omzet {last.roas.written} biaya iklan, sudah melewati atau sama dengan balik "
        f"modal {line.written}. Boleh lanjut, dan lihat lagi sesudah satu putaran."
    )


def when_to_stop(game: Game) -> str:
    """Return after which round of theirs a player would have had most, had they stopped there."""
    spent = [number for number, outcome in enumerate(game.outcomes, 1) if outcome.budget]
    if not spent:
        return "Anda tidak memasang iklan. Uang Anda utuh, dan tidak ada pesanan dari iklan."
    after = [0]
    for outcome in game.outcomes:
        after.append(after[-1] + outcome.profit)
    best = after.index(max(after))
    more = format_rupiah(after[best] - after[-1])
    if after[best] == after[-1]:
        return "Tidak ada putaran yang lebih baik untuk berhenti daripada yang Anda pilih."
    if best == 0:
        return f"Tanpa iklan sama sekali, uang Anda {more} lebih banyak."
    return f"Kalau berhenti sesudah putaran {best}, uang Anda {more} lebih banyak."


def standings(games: Mapping[str, Game]) -> list[Place]:
    """Return the players and their money, most first; equals by name."""
    order = sorted(games, key=lambda name: (-games[name].money, name))
    money = [games[name].money for name in order]
    return [Place(money.index(games[name].money) + 1, name, games[name].money) for name in order]


def by_rounds_advertised(games: Iterable[Game]) -> dict[int, tuple[int, int]]:
    """Return, for each number of rounds with an advertisement, how many players and their mean money."""
    found: dict[int, list[int]] = {}
    for game in games:
        found.setdefault(sum(o.budget > 0 for o in game.outcomes), []).append(game.money)
    return {
        n: (len(all_), round(Fraction(sum(all_), len(all_)))) for n, all_ in sorted(found.items())
    }
