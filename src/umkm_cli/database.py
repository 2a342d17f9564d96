"""`umkm db`: the tables of a programme's database, made at deploy."""

from __future__ import annotations

from rich.console import Console

from umkm_grading import ClassRoom, create_gradebook
from umkm_records import list_cohorts, open_records

from .places import find_places


def run_upgrade(console: Console) -> None:
    """Make or upgrade the records' tables, and the gradebook of every class.

    Raises:
        StorageError: the database cannot be reached, or does not let us make tables.
    """
    places = find_places()
    with open_records(places.database, upgrade=True) as records:
        cohorts = [cohort.id for cohort in list_cohorts(records)]
        for cohort in cohorts:
            create_gradebook(ClassRoom(places.data_dir, cohort))
    console.print(f"Basis data siap. Kelas: {len(cohorts)}.")
