"""An assignment as nbgrader runs it, and what travels between a grader and its workers.

Nothing here knows a folder, a gradebook or nbgrader: a job can be sent to any process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sheet:
    """A released notebook with its hidden tests back in place, and the data files beside it."""

    name: str
    notebook: str
    companions: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    """One answers-only submission: the sheet, and the files that lie beside it."""

    sheet: Sheet
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Done:
    """The executed notebook as JSON, or `unusual`: why only a real kernel can run it."""

    notebook: str = ""
    unusual: str = ""
    seconds: float = 0.0
