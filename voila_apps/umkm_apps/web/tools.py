"""Alat usaha: practice tools for a participant's own business, useful after the class too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from tornado import web

from umkm_courses import CourseError, final_tax_rule

from .static_files import reader_address
from .study import StudyPage


@dataclass(frozen=True)
class Tool:
    """One tool: its name in the address, and what Beranda says of it."""

    name: str
    title: str
    detail: str
    #: Whether people read QR codes there.
    scans: bool = False


TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool("buku-kas", "Buku kas", "Catat uang usaha, bon, dan stok. Laporannya jadi sendiri."),
        Tool(
            "harga-jual", "Harga jual", "Hitung HPP, margin, dan diskon. Bawa pulang daftar harga."
        ),
        Tool(
            "periksa-qr",
            "Periksa QR",
            "Lihat isi kode QR. Pastikan stiker masih milik Anda.",
            scans=True,
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
        self.tax_rule = self.rates()
        await self.run_notebook(self.class_server.umkm.pages / f"{name}.ipynb")

    def rates(self) -> str:
        """PPh final as facts.toml has it, for the page's kernel; empty where no course states it."""
        course = self.catalogue.courses.get("pembukuan")
        if course is None:
            return ""
        try:
            rule = final_tax_rule(course)
        except CourseError:
            self.log.warning("PPh final left out of the cash book", exc_info=True)
            return ""
        return json.dumps(
            {
                "rate": str(rule.rate),
                "exempt": rule.exempt,
                "ceiling": rule.ceiling,
                "valid_from": rule.valid_from.isoformat(),
                "checked_on": rule.checked_on.isoformat(),
                "source": rule.source,
            }
        )
