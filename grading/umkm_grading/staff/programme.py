"""All classes of this laptop or programme, as the environment of the trainer's JupyterLab names them."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from umkm_courses import Catalogue, load_catalogue
from umkm_grading.classroom import ClassRoom
from umkm_records import Cohort, Records, list_cohorts, open_records


@dataclass(frozen=True)
class Programme:
    """The records, the courses, and every class with its folder."""

    records: Records
    catalogue: Catalogue
    cohorts: Sequence[Cohort]
    rooms: Sequence[ClassRoom]

    @property
    def titles(self) -> Mapping[str, str]:
        """What each assignment is called."""
        return {
            one.name: one.title
            for course in self.catalogue.courses.values()
            for one in course.assignments
        }


def open_programme() -> Programme | None:
    """Every class there is; None, with a sentence printed, outside `umkm workshop` or `formgrader`."""
    if "UMKM_DATABASE" not in os.environ:
        print(
            "Buka kelas dulu: ketik  umkm workshop  atau  umkm formgrader KELAS  di terminal, "
            "lalu buka notebook ini dari JupyterLab itu."
        )
        return None
    records = open_records(os.environ["UMKM_DATABASE"])
    cohorts = list_cohorts(records)
    data_dir = Path(os.environ["UMKM_DATA"])
    rooms = [ClassRoom(data_dir, cohort.id) for cohort in cohorts]
    catalogue = load_catalogue(Path(os.environ["UMKM_HOME"]) / "courses")
    return Programme(records, catalogue, cohorts, rooms)
