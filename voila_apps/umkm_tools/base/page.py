"""The page of a tool: its participant, and what it may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar, TypeVarTuple

from umkm_records import Records

from .device_key import device_key

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Reader(Protocol):
    """The participant of a page, and whether their login is still valid; made by the server's side."""

    @property
    def code(self) -> str:
        """Return the participant's code."""

    def check(self, records: Records) -> None:
        """Raise UmkmError where the login no longer holds."""

    def begin_write(self, records: Records) -> None:
        """Raise UmkmError where the page may not write now."""


class Apart(Protocol):
    """Calls a function that takes long, or much memory, outside the process of the page's server."""

    def __call__(self, function: Callable[[*Ts], T], /, *args: *Ts) -> T:
        """Return the function's result, after waiting for it.

        The function belongs to a module, and its arguments and result can be pickled. What it raises is
        raised here; UmkmError too where it cannot be called now.
        """


def at_once(function: Callable[[*Ts], T], /, *args: *Ts) -> T:
    """Return the result of a function called here, where there is no server: JupyterLab, the gallery."""
    return function(*args)


@dataclass(frozen=True)
class ToolPage:
    """One tool's page. Without arguments: a page of nobody, as in JupyterLab and in the gallery.

    Args:
        participant: the code of the participant.
        business: the name of their business.
        rates: what the tool's `rates` gave, as JSON.
        records: the records, for a tool that keeps things there (`Tool.keeps`); None on a page of nobody.
        cohort: the class whose server it is; None where one server is for all.
        reader: who writes to the records from this page; there whenever `records` are.
        apart: calls what takes long.
    """

    participant: str = ""
    business: str = "Usaha saya"
    rates: str = ""
    records: Records | None = None
    cohort: str | None = None
    reader: Reader | None = None
    apart: Apart = at_once

    def device_key(self, purpose: str) -> str:
        """Return the key under which the phone stores data of this person."""
        return device_key(purpose, self.participant)
