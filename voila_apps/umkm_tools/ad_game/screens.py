"""The screens of a player of the advertising game, as plain data."""

from fractions import Fraction
from typing import Any, Final

from umkm.marketing.campaign import (
    AMOUNTS,
    AUDIENCES,
    CLASS_SHOP,
    CREATIVES,
    PURSE,
    ROUNDS,
    Audience,
    Decision,
    Outcome,
)
from umkm.marketing.campaign_lessons import lesson, when_to_stop
from umkm.marketing.metrics import break_even_roas
from umkm.money import format_rupiah, group_digits
from umkm.quantities import format_quantity
from umkm_tools.ad_game.tables import AdPlace

_SHORT: Final = {
    "sekitar": "orang sekitar toko",
    "kota": "seluruh Kota Serang",
    "semua": "siapa saja",
}


def screen(place: AdPlace | None, *, alone: bool, seed: str = "") -> dict[str, Any]:
    """Return the page of a player; without a seat, the choices before joining."""
    frame: dict[str, Any] = {"rounds": ROUNDS, "assumed": assumptions(), "alone": alone}
    if place is None or (not place.name and not place.is_open):
        return {**frame, "page": "pilih", "game": False}
    if not place.name:
        return {**frame, "page": "pilih", "game": True, "late": place.number > 1}
    frame |= {
        "title": _title(place, alone=alone),
        "key": place.key,
        "number": place.number,
        "money": format_rupiah(place.game.money),
        "seed": seed,
    }
    if not place.is_open:
        return {**frame, "page": "selesai", **_end(place)}
    if place.is_shown:
        return {**frame, "page": "hasil", **_result(place.game.outcomes[-1]),
                "lesson": lesson(place.game), "place": _rank(place)}  # fmt: skip
    return {
        **frame,
        "page": "putusan",
        "goods": CLASS_SHOP.name,
        "shop": _shop(),
        "offer": _offer(),
        "chosen": _chosen(place),
    }


def assumptions() -> list[list[str]]:
    """Return the game's assumptions in words: its audiences, then its pictures."""
    people = [[audience.name, _people(audience)] for audience in AUDIENCES.values()]
    pictures = [
        [
            creative.name,
            f"ketukan {_times(creative.click)}, pesanan dari ketukan {_times(creative.order)}",
        ]
        for creative in CREATIVES.values()
    ]
    return [*people, *pictures]


def _people(audience: Audience) -> str:
    clicks, orders = (format_quantity(share * 1000) for share in (audience.click, audience.order))
    return (
        f"tampil 1.000 kali {format_rupiah(audience.price)}; dari 1.000 yang melihat {clicks} "
        f"mengetuk; dari 1.000 yang mengetuk {orders} memesan; orangnya {group_digits(audience.size)}"
    )


def _times(share: Fraction) -> str:
    return "seperti di atas" if share == 1 else format_quantity(share, "kalinya")


def _title(place: AdPlace, *, alone: bool) -> str:
    if not place.is_open:
        return (
            "Simulasi selesai"
            if alone
            else f"Simulasi kelas selesai · Anda main sebagai {place.name}"
        )
    round_ = f"Putaran {place.number} dari {ROUNDS}"
    return round_ if alone else f"{round_} · Anda main sebagai {place.name}"


def _shop() -> list[list[str]]:
    shop, line = CLASS_SHOP, break_even_roas(CLASS_SHOP.contribution)
    return [
        ["Harga", format_rupiah(shop.price)],
        ["Modal, kemasan, potongan", format_rupiah(shop.cost)],
        ["Sisa satu pesanan", format_rupiah(shop.price - shop.cost)],
        ["Balik modal di ROAS", line.written],
    ]


def _offer() -> dict[str, list[list[Any]]]:
    return {
        "audience": [[name, audience.name] for name, audience in AUDIENCES.items()],
        "creative": [[name, creative.name] for name, creative in CREATIVES.items()],
        "budget": [*([amount, format_rupiah(amount)] for amount in AMOUNTS), [0, "Berhenti: tidak pasang"]],
    }  # fmt: skip


def _chosen(place: AdPlace) -> dict[str, Any] | None:
    if (choice := place.choice) is None:
        return None
    return {
        "budget": choice.budget,
        "audience": choice.audience,
        "creative": choice.creative,
        "words": _words(choice),
    }


def _words(choice: Decision) -> str:
    if not choice.budget:
        return "Tidak memasang iklan di putaran ini."
    return (
        f"{format_rupiah(choice.budget)} untuk {_SHORT[choice.audience]}, "
        f"gambar: {CREATIVES[choice.creative].name}."
    )


def _result(outcome: Outcome) -> dict[str, Any]:
    line = break_even_roas(CLASS_SHOP.contribution)
    if not outcome.budget:
        return {"tone": "good", "banner": "Tanpa iklan", "facts": []}
    won = (outcome.roas.value or Fraction(0)) >= (line.value or 0)
    left = outcome.profit + outcome.budget
    return {
        "tone": "good" if won else "bad",
        "banner": f"Tersisa {format_rupiah(outcome.profit)}" if outcome.profit >= 0
        else f"Rugi {format_rupiah(-outcome.profit)}",
        "facts": [
            ["Tayang", f"{group_digits(outcome.views)} kali"],
            ["Mengetuk", f"{group_digits(outcome.clicks)} orang"],
            ["Memesan", f"{group_digits(outcome.orders)} orang"],
            ["Omzet dari iklan", format_rupiah(outcome.sales)],
            ["ROAS (omzet dibagi biaya)", outcome.roas.written],
            ["Balik modal di ROAS", line.written],
            ["Sisa setelah modal barang", format_rupiah(left)],
            ["Biaya iklan", format_rupiah(outcome.budget)],
            ["Sisa putaran ini", format_rupiah(outcome.profit)],
        ],
    }  # fmt: skip


def _rank(place: AdPlace) -> str:
    if not place.rank or place.players < 2:
        return ""
    return f"Urutan Anda sekarang: {place.rank} dari {place.players}."


def _end(place: AdPlace) -> dict[str, Any]:
    game = place.game
    table = [
        [f"{number}. {_round_in_words(outcome)}", format_rupiah(outcome.profit)]
        for number, outcome in enumerate(game.outcomes, 1)
    ]
    if table:
        table.append(["Semua putaran", format_rupiah(game.profit)])
    last = _result(game.outcomes[-1]) if game.outcomes else None
    return {
        "table": table,
        "change": f"Mulai {format_rupiah(PURSE)}, sekarang {format_rupiah(game.money)}.",
        "lesson": when_to_stop(game),
        "place": _rank(place).replace(" sekarang", ""),
        "last": last,
    }


def _round_in_words(outcome: Outcome) -> str:
    if not outcome.budget:
        return "Tanpa iklan"
    return f"Biaya {format_rupiah(outcome.budget)}, ROAS {outcome.roas.written}"
