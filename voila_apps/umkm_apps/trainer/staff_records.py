"""The class's records for a page of the trainer's JupyterLab."""

from __future__ import annotations

import os

from umkm_apps.runtime.settings import CLASS, DATABASE
from umkm_records import Records, StorageError, find_cohort, open_records

#: Seconds that staff's pages wait for another writer, and for one statement, as the trainees' server does.
BUSY_SECONDS = 5.0
STATEMENT_SECONDS = 5.0
UNREAD = "Penyimpanan jawaban tidak menjawab. Tunggu sebentar, lalu muat ulang halaman ini."


def open_staff_records(url: str) -> Records:
    """Open the records for a page of the trainer's JupyterLab: nothing is waited for without end.

    Raises:
        StorageError: as `open_records`.
    """
    return open_records(url, BUSY_SECONDS, statement_seconds=STATEMENT_SECONDS)


def staff_records() -> Records | None:
    """Return the records of the class that `umkm workshop` opened.

    None, with a sentence printed, in a notebook opened otherwise, and while the records do not answer.
    """
    if DATABASE not in os.environ:
        print(
            "Buka kelas dulu: ketik  make workshop  di terminal, lalu buka notebook ini dari JupyterLab itu."
        )
        return None
    try:
        records = open_staff_records(os.environ[DATABASE])
        find_cohort(records, os.environ.get(CLASS, ""))
    except StorageError as error:
        print(UNREAD if error.passing else error.message)
        return None
    return records
