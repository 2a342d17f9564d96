"""The tests of the class in *Pantau kelas*: how many have sent, and the buttons that open and close."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

import ipywidgets

from umkm_courses import Course
from umkm_records import ProgressRow, Records, RecordsError
from umkm_records.classes import CourseTest

from .test_control import TITLES, Standing, close_sitting, open_sitting, standings

#: Who the audit names.
ACTOR = "pantau-kelas"


class SittingRow:
    """One test of one course: what is said of it, and its one button."""

    def __init__(self, records: Records, cohort: str, course: Course, sitting: CourseTest) -> None:
        self.records, self.cohort = records, cohort
        self.course, self.sitting = course, sitting
        self.is_open = False
        self.title = f"{TITLES[sitting]} {course.title}"
        self.said = ipywidgets.HTML(layout={"width": "820px"})
        self.button = ipywidgets.Button(layout={"width": "110px"})
        self.sure = ipywidgets.Button(description="Ya, tutup", button_style="danger")
        self.sure.layout.display = "none"
        self.told = ipywidgets.HTML()
        self.button.on_click(lambda _: self._press())
        self.sure.on_click(lambda _: self._do(self._close))
        self.view = ipywidgets.HBox([self.said, self.button, self.sure, self.told])

    def show(self, standing: Standing) -> None:
        """Show how it stands now."""
        self.is_open = standing.open
        self.said.value = f"<b>{escape(self.title)}</b>: {escape(standing.said)}"
        wanted = "Tutup" if standing.open else "Buka lagi" if standing.over else "Buka"
        if self.button.description != wanted:
            self.button.description = wanted
            self.button.button_style = "" if standing.open else "primary"

    def _press(self) -> None:
        self.told.value = ""
        if self.is_open:
            self.sure.layout.display = ""
            self.told.value = "Jawaban yang belum dikirim akan ikut terkirim. Tutup sekarang?"
        else:
            self._do(self._open)

    def _open(self) -> str:
        open_sitting(self.records, self.course, self.cohort, self.sitting, by=ACTOR)
        return "Dibuka. Peserta memuat ulang Beranda untuk mulai."

    def _close(self) -> str:
        count = close_sitting(self.records, self.course, self.cohort, self.sitting, by=ACTOR)
        return f"Ditutup. Jawaban {count} orang ikut dikirim." if count else "Ditutup."

    def _do(self, deed: Callable[[], str]) -> None:
        self.sure.layout.display = "none"
        try:
            self.told.value = deed()
        except RecordsError as error:
            self.told.value = f"<span role='alert'>{escape(str(error))}</span>"


class SchedulePanel:
    """All tests of a class, one line each."""

    def __init__(self, records: Records, cohort: str, courses: Iterable[Course]) -> None:
        self.records, self.cohort, self.courses = records, cohort, tuple(courses)
        self.rows = [
            SittingRow(records, cohort, course, sitting)
            for course in self.courses
            if course.test is not None
            for sitting in TITLES
        ]
        heading = ipywidgets.HTML("<h4>Tes</h4>")
        self.view = ipywidgets.VBox([heading, *(row.view for row in self.rows)])
        if not self.rows:
            self.view.layout.display = "none"

    def show(self, progress: Sequence[ProgressRow]) -> None:
        """Show how they stand now, as `progress` was read a moment ago.

        Raises:
            RecordsError: the records cannot be read.
        """
        found = standings(self.records, self.courses, self.cohort, progress)
        for row in self.rows:
            row.show(found[row.course.slug, row.sitting])
