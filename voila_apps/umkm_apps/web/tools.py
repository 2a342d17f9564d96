"""Alat usaha: practice tools for a participant's own business, useful after the class too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tornado import web

from umkm_apps.runtime.settings import CLASS, DATABASE
from umkm_apps.web.addresses import NAME, Route
from umkm_courses import Catalogue

from .notebook_page import StudyPage
from .static_files import reader_address
from .tool_rates import final_tax, marketplaces, qris_fees


@dataclass(frozen=True)
class Tool:
    """One tool: its name in the address, and what Beranda says of it."""

    name: str
    title: str
    detail: str
    #: Whether people read QR codes there.
    scans: bool = False
    #: The rates its kernel is told.
    rates: Callable[[Catalogue], str] | None = None
    #: Whether its kernel opens the records itself, at 8 MB a page; others ask (umkm_apps.web.kernel_api).
    keeps: bool = False


TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            "buku-kas",
            "Buku kas",
            "Catat uang usaha, bon, dan stok. Laporannya jadi sendiri.",
            rates=final_tax,
            keeps=True,
        ),
        Tool(
            "harga-jual", "Harga jual", "Hitung HPP, margin, dan diskon. Bawa pulang daftar harga."
        ),
        Tool(
            "periksa-qr",
            "Periksa QR",
            "Lihat isi kode QR. Pastikan stiker masih milik Anda.",
            scans=True,
        ),
        Tool(
            "biaya-qris",
            "Biaya QRIS",
            "Berapa yang Anda terima, dan kapan. Sebulan dengan dan tanpa QRIS.",
            rates=qris_fees,
        ),
        Tool(
            "kasir-qris",
            "Simulasi kasir QRIS",
            "Latihan di meja kasir: serahkan, tunggu, atau tolak.",
            scans=True,
            keeps=True,
        ),
        Tool(
            "cocokkan",
            "Cocokkan",
            "Bandingkan daftar dari penyedia QRIS dengan buku kas Anda.",
            rates=qris_fees,
            keeps=True,
        ),
        Tool(
            "periksa-foto",
            "Periksa foto",
            "Saran untuk foto barang Anda, dan fotonya dirapikan.",
        ),
        Tool(
            "judul-deskripsi",
            "Judul & deskripsi",
            "Susun tulisan untuk barang Anda. Lengkap, jujur, tinggal salin.",
        ),
        Tool(
            "hitung-marketplace",
            "Hitung marketplace",
            "Harga yang perlu dipasang supaya untung Anda tetap.",
            rates=marketplaces,
        ),
        Tool(
            "simulasi-iklan",
            "Simulasi iklan",
            "Empat putaran iklan dengan uang mainan. Kapan Anda berhenti?",
        ),
        Tool(
            "kalender-konten",
            "Kalender konten",
            "Sebulan unggahan dalam sepuluh menit. Masuk ke kalender HP.",
        ),
        Tool(
            "katalog",
            "Katalog",
            "Barang, foto, dan harga dalam satu halaman untuk pembeli. Pesan lewat WhatsApp.",
            keeps=True,
        ),
        Tool(
            "pelanggan",
            "Pelanggan",
            "Siapa yang perlu disapa hari ini, dan pesannya. Dari daftar penjualan Anda.",
        ),
    )
}


class ToolPage(StudyPage):
    """A page of ours with one tool. What a participant does there is noted nowhere."""

    noted = False

    @web.authenticated
    async def get(self, name: str) -> None:
        """Run the tool's page."""
        if (tool := TOOLS.get(name)) is None:
            raise web.HTTPError(404)
        self.sheet = f"alat/{name}"
        self.about = {"title": tool.title}
        if tool.scans:
            self.about["reader"] = reader_address(self.base_url)
        self.rates = tool.rates(self.catalogue) if tool.rates else ""
        if tool.keeps:
            self.told = {DATABASE: self.class_server.umkm.database, CLASS: self.reader.cohort}
        await self.run_notebook(self.class_server.umkm.pages / f"{name}.ipynb")


ROUTES: list[Route] = [
    (f"alat/{NAME}", ToolPage),
]
