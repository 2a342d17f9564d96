"""Simulasi iklan for the trainer: opens and closes the rounds, and shows the result to the room."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets

from umkm.charts import bars
from umkm.marketing.campaign import PURSE, ROUNDS, Game
from umkm.marketing.campaign_lessons import by_rounds_advertised, standings
from umkm.money import format_rupiah
from umkm_records import (
    AdBoard,
    AdStep,
    Records,
    ad_board,
    advance_ad_game,
    begin_ad_game,
    end_ad_game,
)
from umkm_tools.base.trainer_panel import STYLE, TrainerPanel

#: As many as a room can read; each phone shows its own place.
SHOWN = 10


def board_html(board: AdBoard | None) -> str:
    """Return the board for the room: how many have chosen, then who has how much, by the names they play under."""
    if board is None:
        return _framed(
            "Simulasi iklan",
            "<p>Belum dimulai. Peserta membuka <b>Alat usaha › Simulasi iklan</b> di HP masing-masing. "
            f"Semua mulai dengan uang mainan {format_rupiah(PURSE)}.</p>",
        )
    step = board.step
    if not step.is_shown:
        return _framed(
            f"Putaran {step.number} dari {ROUNDS}: silakan memilih",
            f"<p>{board.decided} dari {len(board.games)} orang sudah memilih. Hasilnya keluar "
            "sesudah putaran ditutup; yang belum memilih dihitung tidak memasang iklan.</p>",
        )
    heading = f"Hasil putaran {step.number} dari {ROUNDS}" if step.is_open else "Hasil akhir"
    if not board.games or not step.shown:
        return _framed(heading, "<p>Belum ada yang ikut, jadi belum ada hasil.</p>")
    return _framed(heading, _ranking(board.games) + _chart(board.games))


def _framed(heading: str, inner: str) -> str:
    return f"{STYLE}<div class='umkm-kasir'><h2>{escape(heading)}</h2>{inner}</div>"


def _ranking(games: dict[str, Game]) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{place.rank}. {escape(place.name)}</th>"
        f"<td>{sum(outcome.budget > 0 for outcome in games[place.name].outcomes)}</td>"
        f"<td>{format_rupiah(place.money)}</td></tr>"
        for place in standings(games)[:SHOWN]
    )
    more = len(games) - SHOWN
    rest = (
        f"<p>dan {more} orang lain; HP masing-masing menunjukkan urutannya.</p>" if more > 0 else ""
    )
    return (
        f"<table><caption>Semua mulai dengan {format_rupiah(PURSE)}. Nama-nama ini nama samaran; "
        "samaran Anda ada di HP Anda.</caption><thead><tr><th scope='col'>Nama samaran</th>"
        "<th scope='col'>Putaran beriklan</th><th scope='col'>Uang sekarang</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>{rest}"
    )


def _chart(games: dict[str, Game]) -> str:
    means = {
        f"{number} putaran ({count} orang)": money
        for number, (count, money) in by_rounds_advertised(games.values()).items()
    }
    title = "Uang rata-rata, menurut berapa putaran memasang iklan"
    return f"<h3>{title}</h3>{bars(title, means)}"


class AdPanel(TrainerPanel):
    """The trainer's panel of the advertising game."""

    def __init__(self, records: Records, cohort_id: str) -> None:
        super().__init__(records, cohort_id)
        #: Where the game was when this screen last looked; another trainer may have gone on since.
        self._seen: AdStep | None = None
        self.go = ipywidgets.Button(button_style="warning", layout={"width": "340px"})
        self.end = ipywidgets.Button(description="Akhiri simulasi", layout={"width": "160px"})
        self.go.on_click(lambda _: self._step(advance_ad_game))
        self.end.on_click(lambda _: self._step(end_ad_game))
        self.lay_out(self.go, self.end)

    def look(self) -> None:
        """Read the game and show it."""
        board = ad_board(self.records, self.cohort_id)
        # Set only when changed: a screen reader and a text being marked are left alone.
        if (html := board_html(board)) != self.board.value:
            self.board.value = html
        self._seen = board.step if board else None
        playing = self._seen is not None and self._seen.is_open
        self.go.description = _next_in_words(self._seen)
        self.go.disabled = self.end.disabled = not playing

    def has_result(self) -> bool:
        """Return whether somebody takes part."""
        board = ad_board(self.records, self.cohort_id)
        return board is not None and bool(board.games)

    def begin_game(self, seed: str) -> None:
        """Start a game with its first round open."""
        begin_ad_game(self.records, self.cohort_id, seed, self._seen)

    def _step(self, action: Callable[[Records, str, AdStep], None]) -> None:
        seen = self._seen
        if seen is not None:
            self.attempt(lambda: action(self.records, self.cohort_id, seen))


def _next_in_words(step: AdStep | None) -> str:
    if step is None or not step.is_open:
        return "Putaran berikutnya"
    if step.is_shown:
        return f"Buka putaran {step.number + 1}"
    return f"Tutup putaran {step.number} dan tampilkan hasilnya"


def panel(records: Records, cohort_id: str) -> TrainerPanel:
    """Return the panel of a class's trainer."""
    return AdPanel(records, cohort_id)
