"""The declaration of a practice tool."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .consent import Consent

if TYPE_CHECKING:
    # Worker processes import the package of a tool for its jobs; courses would cost them 25 MB.
    from umkm_courses import Catalogue


@dataclass(frozen=True)
class Tool:
    """One tool: its folder, its address, its words on Beranda, and what its page may use.

    Args:
        package: the dotted name of its folder; its `page.py` has `show(page)`; a game's
            `trainer.py` has `panel(records, cohort_id)`.
        name: its name in the address, /alat/<name>.
        title: its heading on Beranda and on its page.
        detail: one or two sentences below the title on Beranda.
        order: its place on Beranda, smallest first.
        scans: whether people read QR codes there.
        rates: returns the rates for its page as JSON.
        keeps: whether its page gets the records; the others can read and write nothing there.
        consent: the text that a person agrees to before it stores anything.
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
