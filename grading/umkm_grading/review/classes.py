"""The classes that the trainer's JupyterLab shows, from its environment."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from umkm_courses import Catalogue, load_catalogue
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_records import Cohort, Records, StorageError, list_cohorts, open_records

#: Set it to review all classes of a laptop or programme, not only the open one.
ALL_CLASSES = "UMKM_ALL_CLASSES"
#: Timeout of one SQL statement: without it, a page would block as long as the database does.
STATEMENT_SECONDS = 5.0
UNREAD = "Penyimpanan jawaban tidak menjawab. Tunggu sebentar, lalu muat ulang halaman ini."


@dataclass(frozen=True)
class Programme:
    """The records, the courses, and the classes that are shown, each with its folder."""

    records: Records
    catalogue: Catalogue
    cohorts: Sequence[Cohort]
    class_folders: Sequence[ClassFolder]

    @property
    def titles(self) -> Mapping[str, str]:
        """Return the title of each assignment."""
        return {
            one.name: one.title
            for course in self.catalogue.courses.values()
            for one in course.assignments
        }


def open_programme() -> Programme | None:
    """Return the open class, or every class where `UMKM_ALL_CLASSES` is set.

    None, with a sentence printed, outside `umkm workshop` or `formgrader`, and while the records do not answer.
    """
    if "UMKM_DATABASE" not in os.environ:
        print(
            "Buka kelas dulu: ketik  umkm workshop  atau  umkm formgrader KELAS  di terminal, "
            "lalu buka notebook ini dari JupyterLab itu."
        )
        return None
    try:
        records = open_records(os.environ["UMKM_DATABASE"], statement_seconds=STATEMENT_SECONDS)
        known = list_cohorts(records)
    except StorageError as error:
        print(UNREAD if error.passing else error.message)
        return None
    opened = "" if os.environ.get(ALL_CLASSES) else os.environ.get("UMKM_CLASS", "")
    # Staff see and change their own class, unless they ask for all of a programme.
    cohorts = [one for one in known if opened in ("", one.id)]
    data_dir = Path(os.environ["UMKM_DATA"])
    class_folders = [ClassFolder(data_dir, cohort.id) for cohort in cohorts]
    catalogue = load_catalogue(Path(os.environ["UMKM_HOME"]) / "courses")
    return Programme(records, catalogue, cohorts, class_folders)
