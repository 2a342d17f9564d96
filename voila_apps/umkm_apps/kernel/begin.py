"""Imported by the first cell of every page: from here on, questions know what was answered."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from umkm_apps.settings import DATABASE, PARTICIPANT, SHEET
from umkm_records import open_records
from umkm_widgets import Recalled, use_keeper, use_recaller

from .recording import RecordsKeeper

_records = open_records(os.environ[DATABASE])
_participant, _sheet = os.environ[PARTICIPANT], os.environ[SHEET]


def _recall(count: int) -> Sequence[Recalled]:
    # Only the step Ingat reads other lessons: no other page waits for what that needs.
    from .recall import EarlierLessons  # noqa: PLC0415

    return EarlierLessons(_records, _participant, _sheet, Path.cwd())(count)


use_keeper(RecordsKeeper(_records, _participant, _sheet))
use_recaller(_recall)
