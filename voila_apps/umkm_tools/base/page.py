"""The page of a tool: its participant, and what it may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from umkm_records import Records

from .device_key import device_key


class Reader(Protocol):
    """The participant of a page, and whether their login is still valid; made by the server's side."""

    @property
    def code(self) -> str:
        """Return the participant's code."""

    def check(self, records: Records) -> None:
        """Raise UmkmError where the login no longer holds."""

    def begin_write(self, records: Records) -> None:
        """Raise UmkmError where the page may not write now."""


class Ask(Protocol):
    """Sends a request to the page's server, for data that the page itself may not read."""

    def __call__(self, errand: str, **more: object) -> Any:
        """Return the reply to one request."""


@dataclass(frozen=True)
class ToolPage:
    """One tool's page. Without arguments: a page of nobody, as in JupyterLab and in the gallery.

    Args:
        participant: the code of the participant.
        business: the name of their business.
        rates: what the tool's `rates` gave, as JSON.
        database: the address of the records, for a tool that keeps things there itself.
        cohort: the class whose server it is; None where one server is for all.
        reader: who writes to the records from this page.
        ask: asks the page's server.
    """

    participant: str = ""
    business: str = "Usaha saya"
    rates: str = ""
    database: str = ""
    cohort: str | None = None
    reader: Reader | None = None
    ask: Ask | None = None

    def device_key(self, purpose: str) -> str:
        """Return the key under which the phone stores data of this person."""
        return device_key(purpose, self.participant)
