"""The checks of `umkm doctor`: one module for the machine, one for the data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Finding", "Level"]


class Level(StrEnum):
    """The severity of a finding."""

    GOOD = "baik"
    ODD = "perhatikan"
    BAD = "rusak"


@dataclass(frozen=True)
class Finding:
    """The result of one check, and how to repair what it found."""

    name: str
    level: Level
    said: str
    mend: str = ""
