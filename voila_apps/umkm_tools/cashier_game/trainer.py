"""Simulasi kasir for the trainer: begins the class's rounds, and shows the result to the room."""

from __future__ import annotations

from html import escape

import ipywidgets

from umkm.qris.till import Kind, Score
from umkm_records import (
    Records,
    TillBoard,
    begin_till_game,
    end_till_game,
    next_till_round,
    till_board,
)
from umkm_tools.base.trainer_panel import STYLE, TrainerPanel

_KINDS = {Kind.HONEST: "semua pembeli jujur", Kind.MIXED: "ada pembeli yang menipu"}


def board_html(board: TillBoard | None) -> str:
    """Return the board for the room: counts, never names."""
    if board is None:
        return (
            f"{STYLE}<div class='umkm-kasir'><h2>Simulasi kasir QRIS</h2><p>Belum dimulai. Peserta "
            "membuka <b>Alat usaha › Simulasi kasir QRIS</b> di HP masing-masing.</p></div>"
        )
    game = board.game
    heading = f"Ronde {game.number}: {_KINDS[game.kind]}" if game.is_open else "Simulasi selesai"
    rows = "".join(
        f"<tr><th scope='row'>{escape(label)}</th><td>{now}</td><td>{whole}</td></tr>"
        for (label, now), (_, whole) in zip(
            _rows(board.this_round), _rows(board.whole), strict=True
        )
    )
    return (
        f"{STYLE}<div class='umkm-kasir'><h2>{escape(heading)}</h2>"
        f"<p>{board.players} orang ikut · {board.waiting} kasir menunggu pembeli</p>"
        "<table><thead><tr><th scope='col'>Keputusan</th><th scope='col'>Ronde ini</th>"
        f"<th scope='col'>Semua ronde</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _rows(score: Score) -> list[tuple[str, int]]:
    return [
        ("Barang diserahkan dengan benar", score.handed),
        ("Penipu ditolak", score.caught),
        ("Barang hilang", score.lost),
        ("Pembeli jujur tersinggung", score.offended),
        ("Diserahkan sebelum uang masuk, beruntung", score.lucky),
    ]


class CashierPanel(TrainerPanel):
    """The trainer's panel of the cashier game."""

    def __init__(self, records: Records, cohort_id: str) -> None:
        super().__init__(records, cohort_id)
        #: The game in which a round was being played when it was last asked whether to begin anew.
        self._running: TillBoard | None = None
        self.honest = ipywidgets.Button(
            description="Ronde berikutnya: semua jujur", layout={"width": "260px"}
        )
        self.mixed = ipywidgets.Button(
            description="Ronde berikutnya: ada penipu",
            button_style="warning",
            layout={"width": "260px"},
        )
        self.end = ipywidgets.Button(description="Tutup simulasi", layout={"width": "160px"})
        self.honest.on_click(lambda _: self._next(Kind.HONEST))
        self.mixed.on_click(lambda _: self._next(Kind.MIXED))
        self.end.on_click(lambda _: self.attempt(lambda: end_till_game(records, cohort_id)))
        self.lay_out(self.honest, self.mixed, self.end)

    def look(self) -> None:
        """Read the game and show it."""
        board = till_board(self.records, self.cohort_id)
        self.board.value = board_html(board)
        playing = board is not None and board.game.is_open
        for button in (self.honest, self.mixed, self.end):
            button.disabled = not playing

    def has_result(self) -> bool:
        """Return whether a round is being played, a till still stands open, or somebody decided something."""
        board = till_board(self.records, self.cohort_id)
        self._running = board if board is not None and board.game.is_open else None
        return self._running is not None or (
            board is not None and (board.waiting > 0 or board.whole.decided > 0)
        )

    def begin_game(self, seed: str) -> None:
        """Start with a round of honest buyers, in which players learn the rules."""
        begin_till_game(self.records, self.cohort_id, seed, Kind.HONEST)

    def _ask(self) -> None:
        self._running = None
        super()._ask()
        if (board := self._running) is not None:
            self.notice.value = (
                f"Ronde {board.game.number} masih berjalan: {board.players} orang ikut, {board.waiting} kasir "
                "menunggu pembeli. Semuanya akan hilang. Lanjutkan?"
            )

    def _next(self, kind: Kind) -> None:
        self.attempt(lambda: next_till_round(self.records, self.cohort_id, kind))


def panel(records: Records, cohort_id: str) -> TrainerPanel:
    """Return the panel of a class's trainer."""
    return CashierPanel(records, cohort_id)
