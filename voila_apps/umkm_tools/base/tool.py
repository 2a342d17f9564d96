"""What the platform has to know of a practice tool."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from umkm_courses import Catalogue

from .consent import Consent


@dataclass(frozen=True)
class Tool:
    """One tool: its folder, its address, what Beranda says of it, and what its page may use.

    Args:
        package: the dotted name of its folder; its `page.py` has `show(page)`; a game's
            `trainer.py` has `panel(records, cohort_id)`.
        name: its name in the address, /alat/<name>.
        title: its heading on Beranda and on its page.
        detail: one or two sentences below the title on Beranda.
        order: its place on Beranda, smallest first.
        scans: whether people read QR codes there.
        rates: gives the rates that its page is told, as JSON.
        keeps: whether its page opens the records itself, at 8 MB a page; others ask their server.
        consent: what a person agrees to before it keeps anything.
    """

    package: str
    name: str
    title: str
    detail: str
    order: int
    scans: bool = False
    rates: Callable[[Catalogue], str] | None = None
    keeps: bool = False
    consent: Consent | None = None

    @property
    def page_module(self) -> str:
        """Return the dotted name of the module that shows it."""
        return f"{self.package}.page"

    @property
    def trainer_module(self) -> str:
        """Return the dotted name of the module with the trainer's panel, which only games have."""
        return f"{self.package}.trainer"
