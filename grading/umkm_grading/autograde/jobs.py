"""An assignment as nbgrader runs it, and what travels between a grader and its workers.

Nothing here knows a folder, a gradebook or nbgrader: a job can be sent to any process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class GradableNotebook:
    """A released notebook with its hidden tests back in place, and the data files beside it."""

    name: str
    notebook: str
    #: As the trainees got it: no key in it.
    released: str = ""
    companions: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class AutogradeJob:
    """One submission: the sheet, and the files that lie beside it.

    `own` is the notebook the trainee worked in, where one was taken in; it is run `walled` in, or
    not at all, unless staff insisted.
    """

    gradable: GradableNotebook
    files: Mapping[str, bytes]
    own: str = ""
    sandboxed: bool = True


@dataclass(frozen=True)
class AutogradeResult:
    """The executed notebook as JSON, or `unusual`: why only a real kernel can run it.

    `shown` is what staff see instead where the trainee sent a notebook, with `notes` about it.
    `lost` says why another machine gave no result, `sandbox_error` why it has no sandbox to run in.
    """

    notebook: str = ""
    needs_kernel: str = ""
    shown: str = ""
    worker_error: str = ""
    sandbox_error: str = ""
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
