"""Simulasi kasir for the trainer: begins the class's rounds, and shows the result to the room."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Callable
from html import escape

import ipywidgets
from IPython.display import display

from umkm.qris.till import Kind, Score
from umkm_records import (
    Records,
    RecordsError,
    TillBoard,
    begin_till_game,
    end_till_game,
    next_till_round,
    open_records,
    till_board,
)

from .settings import DATABASE

REFRESH_SECONDS = 2.0

STYLE = """
<style>
.umkm-kasir { font-size: 18px; line-height: 1.4; max-width: 900px; }
.umkm-kasir h2 { font-size: 28px; margin: 0 0 8px; }
.umkm-kasir table { border-collapse: collapse; width: 100%; font-size: 24px; }
.umkm-kasir th, .umkm-kasir td { text-align: left; padding: 10px 14px; font-weight: 400; }
.umkm-kasir tr { border-bottom: 1px solid #d9d4c7; }
.umkm-kasir td { font-weight: 700; text-align: right; }
.umkm-kasir thead th { color: #5a6664; font-size: 18px; text-align: right; }
.umkm-kasir thead th:first-child { text-align: left; }
</style>
"""
_KINDS = {Kind.HONEST: "semua pembeli jujur", Kind.MIXED: "ada pembeli yang menipu"}


def board_html(board: TillBoard | None) -> str:
    """What the room sees: counts, never names."""
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


class TillDesk:
    """The trainer's buttons and the board."""

    def __init__(self, records: Records, cohort_id: str) -> None:
        self.records = records
        self.cohort_id = cohort_id
        self.board = ipywidgets.HTML()
        self.told = ipywidgets.HTML()
        self.begin = ipywidgets.Button(
            description="Mulai simulasi baru", button_style="success", layout={"width": "220px"}
        )
        self.honest = ipywidgets.Button(
            description="Ronde berikutnya: semua jujur", layout={"width": "260px"}
        )
        self.mixed = ipywidgets.Button(
            description="Ronde berikutnya: ada penipu",
            button_style="warning",
            layout={"width": "260px"},
        )
        self.end = ipywidgets.Button(description="Tutup simulasi", layout={"width": "160px"})
        self.sure = ipywidgets.Button(
            description="Ya, hapus hasil lama", button_style="danger", layout={"width": "220px"}
        )
        self.sure.layout.display = "none"
        self.begin.on_click(lambda _: self._ask())
        self.sure.on_click(lambda _: self._begin())
        self.honest.on_click(lambda _: self._next(Kind.HONEST))
        self.mixed.on_click(lambda _: self._next(Kind.MIXED))
        self.end.on_click(lambda _: self._try(lambda: end_till_game(records, cohort_id)))
        buttons = ipywidgets.HBox(
            [self.begin, self.sure, self.honest, self.mixed, self.end],
            layout={"flex_flow": "row wrap"},
        )
        self.view = ipywidgets.VBox([self.board, buttons, self.told])

    def refresh(self) -> None:
        """Read the game anew."""
        try:
            board = till_board(self.records, self.cohort_id)
        except RecordsError as error:
            self._say(error)
            return
        self.board.value = board_html(board)
        playing = board is not None and board.game.is_open
        for button in (self.honest, self.mixed, self.end):
            button.disabled = not playing

    async def keep_fresh(self) -> None:
        """Refresh for as long as the notebook's kernel lives."""
        while True:
            self.refresh()
            await asyncio.sleep(REFRESH_SECONDS)

    def _ask(self) -> None:
        try:
            board = till_board(self.records, self.cohort_id)
        except RecordsError as error:
            self._say(error)
            return
        if board is not None and board.whole.decided and self.sure.layout.display == "none":
            self.sure.layout.display = ""
            self.told.value = "Hasil simulasi yang lama akan hilang. Lanjutkan?"
            return
        self._begin()

    def _begin(self) -> None:
        self.sure.layout.display = "none"
        # The first round teaches the way of it; then come those who cheat.
        seed = secrets.token_hex(8)
        self._try(lambda: begin_till_game(self.records, self.cohort_id, seed, Kind.HONEST))

    def _next(self, kind: Kind) -> None:
        self._try(lambda: next_till_round(self.records, self.cohort_id, kind))

    def _try(self, deed: Callable[[], None]) -> None:
        self.told.value = ""
        try:
            deed()
        except RecordsError as error:
            self._say(error)
        self.refresh()

    def _say(self, error: RecordsError) -> None:
        self.told.value = f"<p role='alert'>{escape(str(error))}</p>"


_stop_last: Callable[[], object] = lambda: None  # noqa: E731


def show_till_board() -> None:
    """Display the desk of the class that `umkm workshop` opened.

    Running the cell again replaces the earlier one.
    """
    global _stop_last  # noqa: PLW0603 - one desk a kernel, and the cell may be run again
    if DATABASE not in os.environ:
        print(
            "Buka kelas dulu: ketik  make workshop  di terminal, lalu buka notebook ini dari JupyterLab itu."
        )
        return
    _stop_last()
    desk = TillDesk(open_records(os.environ[DATABASE]), os.environ["UMKM_CLASS"])
    desk.refresh()
    display(desk.view)
    _stop_last = asyncio.get_running_loop().create_task(desk.keep_fresh()).cancel
