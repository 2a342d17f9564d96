"""The choice of a process for a connection: the same one for each login, and for each address without."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from umkm_apps.runtime.networks import network_of


def route_key(login: str, address: str) -> str:
    """Return what a connection is chosen by: its login, or the network of the address it comes from."""
    return f"login {login}" if login else f"network {network_of(address)}"


def ranked(key: str, processes: Iterable[int]) -> list[int]:
    """Return the numbers of processes in the order in which they are tried for a key.

    Rendezvous hashing: when a process ends, only its own keys go elsewhere, to each of the others in
    equal parts; when it is back, they come back.
    """
    return sorted(processes, key=lambda number: _weight(key, number), reverse=True)


def _weight(key: str, number: int) -> bytes:
    return hashlib.blake2b(f"{number} {key}".encode("utf-8", "replace"), digest_size=8).digest()
