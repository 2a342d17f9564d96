"""Whose page a kernel serves, for what still writes from inside it."""

from __future__ import annotations

from dataclasses import dataclass

SIGNED_OUT = "PIN Anda sudah diganti. Muat ulang halaman ini, lalu masuk lagi."


@dataclass(frozen=True)
class Reader:
    """Whose page this is, and with which login it was opened."""

    code: str
    session_version: int
