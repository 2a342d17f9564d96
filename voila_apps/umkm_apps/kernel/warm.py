"""Imported by a class's template: what every page does first, done once, in records of nobody.

The database's dialect, the mapping of the tables and the statements are made on first use. Each
page would make them for itself, at 11 MB and some hundred milliseconds.
"""

from __future__ import annotations

import contextlib
import tempfile

from umkm_records import open_records
from umkm_widgets import KeepError

from .recording import RecordsKeeper

with (
    tempfile.TemporaryDirectory() as folder,
    open_records(f"sqlite:///{folder}/kosong.db") as records,
):
    keeper = RecordsKeeper(records, "nobody", "kosong")
    keeper.recall("soal")
    keeper.is_locked()
    with contextlib.suppress(KeepError):
        keeper.checked("soal", "right")
del folder, records, keeper
