"""The class at a glance, for the trainer's JupyterLab: who is where, who waits, who needs a PIN."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import ipywidgets
from IPython.display import display

from umkm_courses import Catalogue, load_catalogue
from umkm_records import (
    Cohort,
    ProgressRow,
    Records,
    RecordsError,
    class_progress,
    find_cohort,
    open_records,
    reset_pin,
)

from .health_view import HealthView
from .labels import STATE_LABELS
from .settings import DATABASE
from .sheets import lesson_sheet

#: Minutes without a change after which somebody at work probably needs help.
STUCK_AFTER = 4
#: After that they are not stuck but gone, as on the morning after.
GONE_AFTER = 60
REFRESH_SECONDS = 3.0

STYLE = """
<style>
.umkm-pantau { border-collapse: collapse; font-size: 14px; width: 100%; }
.umkm-pantau th, .umkm-pantau td { text-align: left; padding: 6px 10px; border-bottom: 1px solid #d9d4c7; }
.umkm-pantau th { color: var(--jp-content-font-color2, #5a6664); font-weight: 600; }
.umkm-pantau tr.diam td, .umkm-pantau tr.diam .kode { background: #fdf3d7; color: #1c2b2a; }
.umkm-pantau .kode { color: var(--jp-content-font-color2, #5a6664); font-size: 12px; }
</style>
"""


@dataclass(frozen=True)
class Overview:
    """What the monitor shows, before it becomes HTML."""

    summary: str
    rows: tuple[tuple[bool, tuple[str, ...]], ...]
    headings: tuple[str, ...]


def is_stuck(row: ProgressRow) -> bool:
    """Whether somebody has a sheet in hand and has not changed anything for minutes."""
    at_work = row.last_sheet is not None and row.states.get(row.last_sheet) == "working"
    return at_work and STUCK_AFTER <= row.idle_minutes < GONE_AFTER


def overview(progress: Sequence[ProgressRow], titles: Mapping[str, str]) -> Overview:
    """The summary and the table; those who need help stand first."""
    ordered = sorted(progress, key=lambda row: (not is_stuck(row), row.participant.name))
    here = sum(row.last_sheet is not None for row in progress)
    stuck = sum(map(is_stuck, progress))
    summary = f"{len(progress)} terdaftar · {here} sudah mulai · {stuck} diam {STUCK_AFTER} menit atau lebih"
    rows = tuple((is_stuck(row), _cells(row, titles)) for row in ordered)
    return Overview(summary, rows, ("Peserta", "Terakhir di", "Diam", *titles.values()))


def _cells(row: ProgressRow, titles: Mapping[str, str]) -> tuple[str, ...]:
    person = f"{row.participant.name}\n{row.participant.code}"
    where = titles.get(row.last_sheet or "", "Belum mulai")
    idle = f"{row.idle_minutes} menit" if row.last_sheet else "–"
    return (person, where, idle, *(_state(row, sheet) for sheet in titles))


def _state(row: ProgressRow, sheet: str) -> str:
    answered = row.answered[sheet]
    label = STATE_LABELS[row.states[sheet]]
    return f"{label} ({answered} jawaban)" if answered else label


def overview_html(shown: Overview) -> str:
    """The overview as a table; every text in it is escaped."""
    head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in shown.headings)
    body = "".join(
        f"<tr class='{'diam' if stuck else ''}'>{''.join(map(_cell, cells))}</tr>"
        for stuck, cells in shown.rows
    )
    return f"{STYLE}<table class='umkm-pantau'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(text: str) -> str:
    first, _, code = text.partition("\n")
    return (
        f"<td>{escape(first)}{f'<br><span class=kode>{escape(code)}</span>' if code else ''}</td>"
    )


class ClassMonitor:
    """The monitor's widgets and its refreshing."""

    def __init__(
        self, records: Records, cohort: Cohort, offered: Catalogue, data_dir: Path
    ) -> None:
        self.records = records
        self.health = HealthView(records, cohort.id, data_dir)
        self.cohort = cohort
        self.titles = {
            lesson_sheet(lesson): lesson.title
            for course in offered.courses.values()
            for lesson in course.lessons
        }
        self.titles |= {one.name: one.title for one in offered.assignments}
        self.summary = ipywidgets.HTML()
        self.table = ipywidgets.HTML()
        self.person = ipywidgets.Dropdown(description="Peserta", layout={"width": "340px"})
        self.ask = ipywidgets.Button(description="Beri PIN baru", button_style="warning")
        self.sure = ipywidgets.Button(description="Ya, ganti PIN", button_style="danger")
        self.sure.layout.display = "none"
        self.told = ipywidgets.HTML()
        self.ask.on_click(lambda _: self._ask())
        self.sure.on_click(lambda _: self._reset())
        self.person.observe(self._chosen, names="value")
        pins = ipywidgets.HBox([self.person, self.ask, self.sure])
        self.view = ipywidgets.VBox([self.summary, self.health.view, self.table, pins, self.told])

    def refresh(self) -> None:
        """Read the class anew; a laptop too busy to answer is told, and tried again."""
        self.health.refresh()
        try:
            progress = class_progress(self.records, self.cohort.id, list(self.titles))
        except RecordsError as error:
            self.summary.value = f"<p role='alert'>{escape(str(error))}</p>"
            return
        shown = overview(progress, self.titles)
        self.summary.value = f"<h3>{escape(self.cohort.title)}</h3><p>{escape(shown.summary)}</p>"
        self.table.value = overview_html(shown)
        self._offer(progress)

    async def keep_fresh(self) -> None:
        """Refresh for as long as the notebook's kernel lives."""
        while True:
            self.refresh()
            await asyncio.sleep(REFRESH_SECONDS)

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
        self.told.value = "PIN lama tidak berlaku lagi, dan orangnya harus masuk ulang. Lanjutkan?"

    def _chosen(self, _change: object) -> None:
        self.sure.layout.display = "none"
        self.told.value = ""

    def _reset(self) -> None:
        self.sure.layout.display = "none"
        try:
            pin = reset_pin(self.records, self.person.value, by="pantau-kelas")
        except RecordsError as error:
            self.told.value = f"<p role='alert'>{escape(str(error))}</p>"
            return
        self.told.value = (
            f"PIN baru untuk {escape(self.person.label)}: <b style='font-size:1.4em'>{pin}</b>. "
            "Berikan langsung kepada orangnya."
        )


_stop_last: Callable[[], object] = lambda: None  # noqa: E731


def show_class() -> None:
    """Display the monitor of the class that `umkm workshop` opened.

    Running the cell again replaces the earlier monitor.
    """
    global _stop_last  # noqa: PLW0603 - one monitor a kernel, and the cell may be run again
    if DATABASE not in os.environ:
        print(
            "Buka kelas dulu: ketik  make workshop  di terminal, lalu buka notebook ini dari JupyterLab itu."
        )
        return
    records = open_records(os.environ[DATABASE])
    cohort = find_cohort(records, os.environ["UMKM_CLASS"])
    if cohort is None:
        print("Kelas ini tidak ada lagi. Buka kelas lain dengan:  umkm workshop KODE")
        return
    offered = load_catalogue(Path(os.environ["UMKM_HOME"]) / "courses").of(cohort.courses)
    _stop_last()
    monitor = ClassMonitor(records, cohort, offered, Path(os.environ["UMKM_DATA"]))
    monitor.refresh()
    display(monitor.view)
    _stop_last = asyncio.get_running_loop().create_task(monitor.keep_fresh()).cancel
