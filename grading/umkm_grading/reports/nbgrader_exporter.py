"""An exporter for `nbgrader export`, for use in a class folder.

cd $UMKM_DATA/angkatan/CLASS
nbgrader export --exporter=umkm_grading.reports.nbgrader_exporter.ClassExporter --to nilai.xlsx
"""

import os
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin
from traitlets import Unicode, UseEnum

from umkm import UmkmError
from umkm_courses import load_catalogue
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.errors import ClassFolderError
from umkm_grading.reports.grades import By, Enrolled, GradedClass, make_grade_tables
from umkm_grading.reports.table_files import write_spreadsheet


class ClassExporter(ExportPlugin):  # type: ignore[misc]
    """The table of `umkm export`, with nbgrader's `--to`, `--student` and `--assignment`."""

    by = UseEnum(By, default_value=By.GROUP, help="group, question or outcome").tag(config=True)
    courses = Unicode(help="the folder of courses; default: $UMKM_HOME/courses").tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        """Write the class's grades; what goes wrong ends the command with a sentence."""
        try:
            written = self._export(gradebook)
        except UmkmError as error:
            raise SystemExit(str(error)) from error
        except OSError as error:
            raise SystemExit(f"Berkas nilai tidak bisa ditulis: {error.strerror}.") from error
        self.log.info("Nilai ditulis ke %s", written)

    def _export(self, gradebook: Gradebook) -> Path:
        class_folder = self._class_folder()
        wanted = {str(name) for name in self.student}
        people = [
            Enrolled(one.id, one.last_name or "", one.first_name or "")
            for one in gradebook.students
            if not wanted or one.id in wanted
        ]
        courses = list(load_catalogue(self._courses()).courses.values())
        only = [str(name) for name in self.assignment]
        sheets = make_grade_tables([GradedClass(class_folder, people, courses)], self.by, only)
        return write_spreadsheet(sheets, Path(self.to or f"nilai-{class_folder.cohort_id}.csv"))

    def _class_folder(self) -> ClassFolder:
        root = Path(self.parent.coursedir.root).absolute()
        if root.parent.name != "angkatan":
            raise ClassFolderError(
                f"{root} bukan folder kelas. Jalankan dari folder kelas di $UMKM_DATA/angkatan/."
            )
        return ClassFolder(root.parent.parent, root.name)

    def _courses(self) -> Path:
        home = os.environ.get("UMKM_HOME")
        around = Path(home) if home else Path(__file__).resolve().parents[3]
        return Path(self.courses) if self.courses else around / "courses"
