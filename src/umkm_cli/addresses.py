"""The panel that the terminal shows of an open class: its URLs, its class code, its QR code."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import segno
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from umkm_apps.runtime.status import ServerStatus

from .terminal import plain


@dataclass(frozen=True)
class ClassUrls:
    """The URLs of an open class, and its class code."""

    title: str
    join_url: str
    other_urls: Sequence[str]
    join_code: str
    lab_url: str
    data_dir: str
    has_network: bool

    @property
    def register_url(self) -> str:
        """The URL in the QR code: registration (*Daftar*) with the class code filled in."""
        return f"{self.join_url}daftar?{urlencode({'kelas': self.join_code})}"


def qr_text(url: str) -> Text:
    """Return a QR code drawn with half-block characters, scannable from a screen."""
    drawing = io.StringIO()
    segno.make(url, error="m", micro=False).terminal(drawing, border=2, compact=True)
    return Text.from_ansi(drawing.getvalue())


def status_line(status: ServerStatus | None, trouble: str) -> str:
    """Return how many people and pages a class has, as one line for the terminal."""
    if status is None:
        return "Halaman peserta sedang disiapkan…"
    line = (
        f"{status.people} orang di {status.pages} dari {status.most_pages} halaman"
        f" · menunggu giliran: {len(status.waiting)} · memori halaman: {status.pages_mb:.0f} MB"
    )
    return f"{line} · {trouble}" if trouble else line


def show_urls(console: Console, urls: ClassUrls) -> None:
    """Print the panel of an open class."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    # Folded, because a truncated URL cannot be used.
    table.add_column(overflow="fold")
    table.add_row("Peserta membuka", plain(urls.join_url, "bold green"))
    for url in urls.other_urls:
        table.add_row("atau", url)
    table.add_row("Kode kelas", plain(urls.join_code, "bold"))
    table.add_row("JupyterLab pelatih", plain(urls.lab_url))
    table.add_row("Data kelas", plain(urls.data_dir))
    table.add_row("Berhenti", "Tekan Ctrl-C. Semua jawaban tetap tersimpan.")
    parts: list[RenderableType] = [qr_text(urls.register_url), table]
    if not urls.has_network:
        parts.append(
            plain(
                "Laptop ini belum tersambung ke jaringan, jadi HP belum bisa masuk. "
                "Nyalakan hotspot di laptop ini, atau sambungkan ke hotspot HP Anda. Alamatnya muncul "
                "di sini sendiri; kelas tidak perlu ditutup dulu.",
                style="yellow",
            )
        )
    body = Group(*parts)
    console.print(Panel(body, title=plain(urls.title), border_style="green", expand=False))
