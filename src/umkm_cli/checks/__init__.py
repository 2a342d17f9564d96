"""What `umkm doctor` looks at, one module for the machine and one for the data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How things stand."""

    GOOD = "baik"
    ODD = "perhatikan"
    BAD = "rusak"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and what to do where that is not well."""

    name: str
    level: Level
    said: str
    mend: str = ""
