"""Keadaan kelas, in the trainer's JupyterLab: the server's health, and what to do when it is not well."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import ipywidgets

from umkm.wib import clock_time
from umkm_apps.page_sessions.capacity import free_mb
from umkm_apps.runtime.status import (
    Concern,
    Laptop,
    ServerStatus,
    about_records,
    concerns,
    is_silent,
    read_status,
)
from umkm_records import Records, StorageError
from umkm_records.answers import last_saved

LIMITS = {
    "setting": "diatur oleh Anda",
    "memory": "menurut memori laptop",
    "files": "menurut batas berkas terbuka",
}
STYLE = """
<style>
.umkm-sehat { border: 1px solid #d9d4c7; border-radius: 8px; padding: 4px 14px 10px; font-size: 14px; }
.umkm-sehat table { border-collapse: collapse; margin: 6px 0; font-size: 14px; }
.umkm-sehat th, .umkm-sehat td { text-align: left; vertical-align: top; padding: 2px 24px 2px 0; max-width: none; }
.umkm-sehat th { color: var(--jp-content-font-color2, #5a6664); font-weight: 400; }
.umkm-sehat td { font-weight: 600; }
.umkm-sehat .baik { font-weight: 600; margin: 6px 0; }
.umkm-sehat .baik::before { content: "✓ "; }
.umkm-sehat .awas { background: #fdf3d7; color: #1c2b2a;
  border-left: 5px solid #7a5200; padding: 6px 12px; margin: 6px 0; }
</style>
"""


def facts(status: ServerStatus | None, laptop: Laptop, now: datetime) -> Sequence[tuple[str, str]]:
    """Return what is shown whether or not anything is wrong: names and values in words."""
    saved = "belum bisa dibaca" if laptop.unread else "belum ada"
    if laptop.last_saved is not None:
        minutes = max(0, int((now - laptop.last_saved).total_seconds() // 60))
        ago = f"{minutes} menit lalu" if minutes else "baru saja"
        saved = f"{clock_time(laptop.last_saved)} ({ago})"
    left = f"memori {laptop.free_memory:.0f} MB · tempat simpan {laptop.free_disk / 1024:.1f} GB"
    shown = [("Jawaban terakhir tersimpan", saved), ("Sisa di laptop", left.replace(".", ","))]
    if status is None or is_silent(status, now):
        return shown
    limit = f"{status.most_pages} ({LIMITS[status.limited_by]})"
    memory = f"{status.pages_mb:.0f} MB untuk halaman · {status.server_mb:.0f} MB untuk server"
    return [
        ("Peserta yang membuka halaman", f"{status.people} orang"),
        ("Halaman terbuka", f"{status.pages} dari {limit}"),
        ("Menunggu giliran", ", ".join(status.waiting) or "tidak ada"),
        ("Memori dipakai", memory),
        *shown,
    ]


def health_html(status: ServerStatus | None, laptop: Laptop, now: datetime) -> str:
    """Return the block as HTML; every text in it is escaped."""
    worries = concerns(status, laptop, now)
    told = "".join(map(_concern, worries)) or "<p class='baik'>Semua berjalan baik.</p>"
    rows = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{escape(value)}</td></tr>"
        for name, value in facts(status, laptop, now)
    )
    return (
        f"{STYLE}<div class='umkm-sehat' lang='id'>{told}<table><tbody>{rows}</tbody></table></div>"
    )


def _concern(concern: Concern) -> str:
    return f"<p class='awas'><b>{escape(concern.what)}</b> {escape(concern.do)}</p>"


class HealthPanel:
    """The block and its refreshing."""

    def __init__(self, records: Records, cohort: str, data_dir: Path) -> None:
        self.records = records
        self.cohort = cohort
        self.data_dir = data_dir
        self.view = ipywidgets.HTML()
        self._unread_since: datetime | None = None

    def refresh(self) -> None:
        """Read the status again and show it.

        Raises:
            StorageError: the records cannot be read; `show_unread` tells it.
        """
        saved = last_saved(self.records, self.cohort)
        self._unread_since = None
        self._draw(saved)

    def show_unread(self, error: StorageError) -> None:
        """Show that the records cannot be read, and the rest all the same."""
        self._unread_since = self._unread_since or datetime.now(UTC)
        self._draw(None, about_records(error, self._unread_since))

    def _draw(self, saved: datetime | None, unread: Concern | None = None) -> None:
        free_disk = shutil.disk_usage(self.data_dir).free / 2**20
        laptop = Laptop(free_mb(), free_disk, saved, unread)
        self.view.value = health_html(read_status(self.data_dir), laptop, datetime.now(UTC))
