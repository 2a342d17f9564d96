"""A text that people agree to (UU 27/2022 PDP: purpose, kinds of data, rights)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Consent:
    """A consent text; a changed text gets a new version, and the version is recorded with each yes."""

    version: str
    lines: tuple[str, ...]
