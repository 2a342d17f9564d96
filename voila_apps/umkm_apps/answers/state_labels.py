"""States of lessons and assignments, in words."""

from __future__ import annotations

from collections.abc import Mapping

from umkm_records.answers import SheetState

UNSENT = "Ada perubahan belum dikirim"

STATE_LABELS: Mapping[SheetState, str] = {
    "unopened": "Belum Anda mulai",
    "working": "Sedang dikerjakan",
    "done": "Selesai",
    "sent": "Terkirim",
    "graded": "Dinilai",
}
#: The same as a trainer reads them of somebody else.
TRAINER_LABELS: Mapping[SheetState, str] = {**STATE_LABELS, "unopened": "Belum mulai"}
