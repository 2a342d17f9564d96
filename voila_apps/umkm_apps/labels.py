"""States of lessons and assignments, in words."""

from __future__ import annotations

from collections.abc import Mapping

from umkm_records import SheetState

UNSENT = "Ada perubahan belum dikirim"

STATE_LABELS: Mapping[SheetState, str] = {
    "unopened": "Belum dibuka",
    "working": "Sedang dikerjakan",
    "done": "Selesai",
    "sent": "Terkirim",
    "graded": "Dinilai",
}
