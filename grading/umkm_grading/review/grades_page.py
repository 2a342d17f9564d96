"""The notebook *Nilai kelas*: shows the table that `umkm export` writes."""

import os
from pathlib import Path

import ipywidgets
from IPython.display import display

from umkm import UmkmError
from umkm_grading.backup import OUT
from umkm_grading.reports.grades import By, GradedClass, graded_class, make_grade_tables
from umkm_grading.reports.table_files import write_spreadsheet
from umkm_grading.review import render
from umkm_grading.review.classes import Programme, open_programme

_BREAKDOWN = [("kelompok soal", By.GROUP), ("tiap soal", By.QUESTION), ("tiap capaian", By.OUTCOME)]


class GradesPage:
    """The page's widgets; the file it writes into `folder` holds the table it shows."""

    def __init__(self, programme: Programme, cohort: str, folder: Path) -> None:
        self.programme = programme
        self.folder = folder
        titles = [(f"{one.title} ({one.id})", one.id) for one in programme.cohorts]
        wide = {"width": "100%", "max_width": "480px"}
        self.cohort = ipywidgets.Dropdown(
            options=[*titles, ("Semua kelas", "")], description="Kelas", layout=wide
        )
        known = [one.id for one in programme.cohorts]
        self.cohort.value = cohort if cohort in known else ""
        self.by = ipywidgets.Dropdown(options=_BREAKDOWN, description="Rincian", layout=wide)
        self.write = ipywidgets.Button(description="Simpan sebagai XLSX", button_style="primary")
        self.write.layout.width = "auto"
        self.write.layout.align_self = "flex-start"
        self.messages, self.table = ipywidgets.HTML(), ipywidgets.HTML()
        self.cohort.observe(lambda _: self.show(), names="value")
        self.by.observe(lambda _: self.show(), names="value")
        self.write.on_click(lambda _: self.show(keep=True))
        self.view = ipywidgets.VBox([self.cohort, self.by, self.write, self.messages, self.table])

    def show(self, *, keep: bool = False) -> None:
        """Read everything anew and show it; with `keep`, write it to a file too."""
        self.messages.value = ""
        try:
            sheets = make_grade_tables(self._classes(), self.by.value)
            self.table.value = render.grades(sheets[-1])
            if keep:
                path = self.folder / f"nilai-{self.cohort.value or 'semua'}.xlsx"
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_spreadsheet(sheets, path)
                self.messages.value = render.message_line(
                    f"Tersimpan di folder {self.folder.name} di laptop ini: {path}"
                )
        except UmkmError as error:
            self.messages.value = render.message_line(error.message, bad=True)
        except OSError as error:
            self.messages.value = render.message_line(
                f"Tidak bisa ditulis: {error.strerror}.", bad=True
            )

    def _classes(self) -> list[GradedClass]:
        one = self.programme
        return [
            graded_class(class_folder, one.records, one.catalogue.of(cohort.courses))
            for cohort, class_folder in zip(one.cohorts, one.class_folders, strict=True)
            if self.cohort.value in ("", cohort.id)
        ]


def show_grades() -> None:
    """Display the grades of the class that is open; another, or all of them, can be chosen."""
    programme = open_programme()
    if programme is None:
        return
    # Not in the class folder, which is shown on the projector: the file holds names.
    folder = Path(os.environ["UMKM_DATA"]).absolute() / OUT
    page = GradesPage(programme, os.environ.get("UMKM_CLASS", ""), folder)
    page.show()
    display(page.view)  # type: ignore[no-untyped-call]
