"""Imported by the first cell of every page: from here on, questions know what was answered."""

from __future__ import annotations

import os

from umkm_apps.settings import DATABASE, PARTICIPANT, SHEET
from umkm_records import open_records
from umkm_widgets import use_keeper

from .recording import RecordsKeeper

use_keeper(
    RecordsKeeper(
        open_records(os.environ[DATABASE]),
        os.environ[PARTICIPANT],
        os.environ[SHEET],
    )
)
