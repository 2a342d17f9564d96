"""The key under which a phone stores a person's data."""

from __future__ import annotations

import hashlib


def device_key(purpose: str, code: str) -> str:
    """Return what a tool keeps things under on a phone: another for each person and purpose, naming nobody.

    Without a person (a notebook in JupyterLab) it is the same for everyone.
    """
    return hashlib.sha256(f"{purpose} {code}".encode()).hexdigest()[:16] if code else "latihan"
