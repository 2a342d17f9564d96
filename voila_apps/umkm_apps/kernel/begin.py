"""Imported by the first cell of every page: from here on, answers go to the records."""

from __future__ import annotations

import os

from umkm_apps.settings import DATABASE, PARTICIPANT, SESSION, SHEET
from umkm_records import open_records
from umkm_widgets import use_keeper

from .recording import Reader, RecordsKeeper

use_keeper(
    RecordsKeeper(
        open_records(os.environ[DATABASE]),
        Reader(os.environ[PARTICIPANT], int(os.environ[SESSION])),
        os.environ[SHEET],
    )
)
