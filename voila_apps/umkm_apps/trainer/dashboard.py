"""The dashboard of a class (*Pantau kelas*): progress, server status, tests, PINs, roster."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import ipywidgets
from IPython.display import display

from umkm.wib import clock_time
from umkm_apps.answers.answer_sheets import lesson_sheet
from umkm_courses import Catalogue, Course, load_catalogue
from umkm_records import (
    Cohort,
    ProgressRow,
    Records,
    RecordsError,
    StorageError,
    class_progress,
    find_cohort,
    reset_pin,
)
from umkm_tools.base.freshness import Freshness

from .dashboard_table import Section, overview, overview_html
from .health_panel import HealthPanel
from .roster_panel import RosterPanel
from .schedule_panel import SchedulePanel
from .staff_records import staff_records

REFRESH_SECONDS = 3.0
#: A new PIN is read to one person, on a screen that others may see.
PIN_SECONDS = 60.0


def _section(course: Course) -> Section:
    sheets = {lesson_sheet(lesson): lesson.title for lesson in course.lessons}
    return Section(course.title, sheets | {one.name: one.title for one in course.assignments})


class ClassDashboard:
    """The widgets of the dashboard, and their refreshing."""

    def __init__(
        self, records: Records, cohort: Cohort, offered: Catalogue, data_dir: Path
    ) -> None:
        self.records = records
        self.health = HealthPanel(records, cohort.id, data_dir)
        self.roster = RosterPanel(records, cohort)
        self.cohort = cohort
        self.sections = [_section(course) for course in offered.courses.values()]
        self.progress: Sequence[ProgressRow] = ()
        #: When the class was last read, and whether it could not be read since.
        self.read_at: datetime | None = None
        self.is_old = False
        self.detail = ipywidgets.Dropdown(
            description="Tampilkan",
            style={"description_width": "initial"},
            options=[
                ("Semua kursus, ringkas", ""),  # None would be no choice at all
                *((one.title, one) for one in self.sections),
            ],
            layout={"width": "340px"},
        )
        if len(self.sections) == 1:
            self.detail.value = self.sections[0]
            self.detail.layout.display = "none"
        self.detail.observe(lambda _: self._draw(), names="value")
        self.summary = ipywidgets.HTML()
        self.table = ipywidgets.HTML()
        self.person = ipywidgets.Dropdown(description="Peserta", layout={"width": "340px"})
        self.ask = ipywidgets.Button(description="Beri PIN baru", button_style="warning")
        self.sure = ipywidgets.Button(description="Ya, ganti PIN", button_style="danger")
        self.sure.layout.display = "none"
        self.told = ipywidgets.HTML()
        self.pin_until: float | None = None
        self.ask.on_click(lambda _: self._ask())
        self.sure.on_click(lambda _: self._reset())
        self.person.observe(self._chosen, names="value")
        pins = ipywidgets.HBox([self.person, self.ask, self.sure])
        self.tests = SchedulePanel(records, cohort.id, offered.courses.values())
        parts = [self.summary, self.health.view, self.tests.view, self.detail, self.table, pins]
        self.freshness = Freshness(self, records, cohort.id, REFRESH_SECONDS)
        self.view = ipywidgets.VBox([*parts, self.told, self.roster.view, self.freshness.stamp])

    def refresh(self) -> None:
        """Read the class anew; records that cannot be read are told, and tried again."""
        self._hide_pin()
        try:
            self.health.refresh()
            sheets = [sheet for section in self.sections for sheet in section.sheets]
            progress = class_progress(self.records, self.cohort.id, sheets)
            self.roster.refresh()
            self.tests.show(progress)
        except StorageError as error:
            self.show_unread(error)
            return
        except RecordsError as error:
            self.summary.value = f"<p role='alert'>{escape(str(error))}</p>"
            return
        self.progress, self.read_at, self.is_old = progress, datetime.now(UTC), False
        self._draw()
        self._offer(progress)

    def show_unread(self, error: StorageError) -> None:
        """Show that the records cannot be read; what was last read stays, with its time."""
        self._hide_pin()
        self.is_old = True
        self.health.show_unread(error)
        self._draw()

    def _draw(self) -> None:
        heading = f"<h3>{escape(self.cohort.title)}</h3>"
        if self.read_at is None:
            self.summary.value = f"{heading}<p role='alert'>Daftar peserta belum bisa dibaca.</p>"
            return
        shown = overview(self.progress, self.sections, self.detail.value or None)
        counted = f"{heading}<p>{escape(shown.summary)}</p>"
        if self.is_old:
            at = clock_time(self.read_at)
            counted += f"<p role='alert'>Angka dan tabel ini keadaan pukul {at}.</p>"
        self.summary.value = counted
        self.table.value = overview_html(shown, self.read_at if self.is_old else None)

    async def keep_fresh(self) -> None:
        """Refresh for as long as the notebook's kernel lives."""
        await self.freshness.keep()

    def _offer(self, progress: Sequence[ProgressRow]) -> None:
        people = sorted(
            (f"{row.participant.name} ({row.participant.code})", row.participant.code)
            for row in progress
        )
        if tuple(people) == tuple(self.person.options):
            return
        chosen = self.person.value
        # Somebody new in the list is no choice of the trainer: a PIN just shown must stay.
        self.person.unobserve(self._chosen, names="value")
        self.person.options = people
        if chosen in dict(people).values():
            self.person.value = chosen
        self.person.observe(self._chosen, names="value")

    def _ask(self) -> None:
        if self.person.value is None:
            return
        self.sure.layout.display = ""
        self._say("PIN lama tidak berlaku lagi, dan orangnya harus masuk ulang. Lanjutkan?")

    def _chosen(self, _change: object) -> None:
        self.sure.layout.display = "none"
        self._say("")

    def _say(self, told: str, *, is_pin: bool = False) -> None:
        self.pin_until = time.monotonic() + PIN_SECONDS if is_pin else None
        self.told.value = told

    def _hide_pin(self) -> None:
        if self.pin_until is not None and time.monotonic() >= self.pin_until:
            self._say("PIN baru sudah disembunyikan. Bila belum tercatat, beri PIN baru lagi.")

    def _reset(self) -> None:
        self.sure.layout.display = "none"
        try:
            pin = reset_pin(self.records, self.person.value, by="pantau-kelas")
        except RecordsError as error:
            self._say(f"<p role='alert'>{escape(str(error))}</p>")
            return
        self._say(
            f"PIN baru untuk {escape(self.person.label)}: <b style='font-size:1.4em'>{pin}</b>. "
            f"Berikan langsung kepada orangnya. Hilang dari layar ini dalam {PIN_SECONDS:.0f} detik.",
            is_pin=True,
        )


_stop_last: Callable[[], object] = lambda: None  # noqa: E731


def show_class() -> None:
    """Display the monitor of the class that `umkm workshop` opened.

    Running the cell again replaces the earlier monitor.
    """
    global _stop_last  # noqa: PLW0603 - one monitor a kernel, and the cell may be run again
    records = staff_records()
    if records is None:
        return
    cohort = find_cohort(records, os.environ["UMKM_CLASS"])
    if cohort is None:
        print("Kelas ini tidak ada lagi. Buka kelas lain dengan:  umkm workshop KODE")
        return
    offered = load_catalogue(Path(os.environ["UMKM_HOME"]) / "courses").of(cohort.courses)
    _stop_last()
    monitor = ClassDashboard(records, cohort, offered, Path(os.environ["UMKM_DATA"]))
    monitor.refresh()
    display(monitor.view)
    _stop_last = asyncio.get_running_loop().create_task(monitor.keep_fresh()).cancel
