"""A trainer's panel for a game of the class: a board that refreshes, and the button of a new game."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape

import ipywidgets

from umkm.wib import clock_time
from umkm_records import Records, RecordsError, StorageError

from .freshness import Freshness

REFRESH_SECONDS = 2.0

STYLE = """
<style>
.umkm-kasir { font-size: 18px; line-height: 1.4; max-width: 900px; }
.umkm-kasir h2 { font-size: 28px; margin: 0 0 8px; }
.umkm-kasir table { border-collapse: collapse; width: 100%; font-size: 24px; }
.umkm-kasir caption { text-align: left; font-size: 18px; color: #5a6664; padding-bottom: 4px; }
.umkm-kasir th, .umkm-kasir td { text-align: left; padding: 10px 14px; font-weight: 400; }
.umkm-kasir tr { border-bottom: 1px solid #d9d4c7; }
.umkm-kasir td { font-weight: 700; text-align: right; }
.umkm-kasir thead th { color: #5a6664; font-size: 18px; text-align: right; }
.umkm-kasir thead th:first-child { text-align: left; }
.umkm-kasir-lama { background: #fdf3d7; color: #1c2b2a; font-size: 18px; padding: 6px 12px; }
.umkm-kasir svg { max-width: 640px; width: 100%; display: block; margin: 16px 0; }
</style>
"""


class TrainerPanel:
    """The parts of every panel; a subclass overrides `look`, `has_result` and `begin_game`."""

    def __init__(self, records: Records, cohort_id: str) -> None:
        self.records = records
        self.cohort_id = cohort_id
        self.freshness = Freshness(self, records, cohort_id, REFRESH_SECONDS)
        self.read_at: datetime | None = None
        #: A warning, while the board is old.
        self.old = ipywidgets.HTML()
        self.board = ipywidgets.HTML()
        self.notice = ipywidgets.HTML()
        self.begin = ipywidgets.Button(
            description="Mulai simulasi baru", button_style="success", layout={"width": "220px"}
        )
        self.sure = ipywidgets.Button(
            description="Ya, hapus hasil lama", button_style="danger", layout={"width": "220px"}
        )
        self.sure.layout.display = "none"
        self.begin.on_click(lambda _: self._ask())
        self.sure.on_click(lambda _: self._begin())

    def lay_out(self, *buttons: ipywidgets.Button) -> None:
        """Set `view`: the board, the buttons and the notice below each other."""
        row = ipywidgets.HBox([self.begin, self.sure, *buttons], layout={"flex_flow": "row wrap"})
        self.view = ipywidgets.VBox([self.old, self.board, row, self.notice, self.freshness.stamp])

    def look(self) -> None:
        """Read the game and show it.

        Raises:
            RecordsError: it cannot be read now.
        """
        raise NotImplementedError

    def has_result(self) -> bool:
        """Return whether a new game would delete results.

        Raises:
            RecordsError: that cannot be known now.
        """
        raise NotImplementedError

    def begin_game(self, seed: str) -> None:
        """Start a new game.

        Raises:
            RecordsError: nothing was begun.
        """
        raise NotImplementedError

    def refresh(self) -> None:
        """Read the game again, or show why it cannot be read."""
        try:
            self.look()
        except StorageError as error:
            self.show_unread(error)
            return
        except RecordsError as error:
            self._say(error)
            return
        self.read_at = datetime.now(UTC)
        self.old.value = ""

    def show_unread(self, error: StorageError) -> None:
        """Show that the records cannot be read; the board stays, with its time."""
        shown = f" Papan ini keadaan pukul {clock_time(self.read_at)}." if self.read_at else ""
        notice = (
            "Penyimpanan tidak menjawab; dicoba lagi sendiri." if error.passing else error.message
        )
        self.old.value = f"<p class='umkm-kasir-lama' role='alert'>{escape(notice + shown)}</p>"

    async def keep_fresh(self) -> None:
        """Refresh for as long as the notebook's kernel lives."""
        await self.freshness.keep()

    def attempt(self, action: Callable[[], None]) -> None:
        """Run an action on the records, and show its result."""
        # Whoever does something else has answered the question whether to begin anew.
        self.sure.layout.display = "none"
        self.notice.value = ""
        try:
            action()
        except RecordsError as error:
            self._say(error)
        self.refresh()

    def _ask(self) -> None:
        try:
            would_lose = self.has_result()
        except RecordsError as error:
            self._say(error)
            return
        if would_lose:
            self.sure.layout.display = ""
            self.notice.value = "Hasil simulasi yang lama akan hilang. Lanjutkan?"
            return
        self._begin()

    def _begin(self) -> None:
        self.attempt(lambda: self.begin_game(secrets.token_hex(8)))

    def _say(self, error: RecordsError) -> None:
        self.notice.value = f"<p role='alert'>{escape(str(error))}</p>"
