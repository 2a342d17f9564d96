"""Autograde jobs and their results, as plain data.

Nothing here knows a folder, a gradebook or nbgrader: a job can be sent to any process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class GradableNotebook:
    """A released notebook with its hidden tests put back, and the data files beside it."""

    name: str
    notebook: str
    #: As released to trainees: no key in it.
    released: str = ""
    companions: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class AutogradeJob:
    """One submission: the notebook to run, and the files beside it.

    `own` is the trainee's own notebook, where one was collected; it is run in a sandbox, or not at
    all, unless staff turned that off (`sandboxed`).
    """

    gradable: GradableNotebook
    files: Mapping[str, bytes]
    own: str = ""
    sandboxed: bool = True


@dataclass(frozen=True)
class AutogradeResult:
    """The executed notebook as JSON, or in `needs_kernel` why only a real kernel can run it.

    `shown` is the notebook for staff where the trainee sent one, with `notes` about it.
    `worker_error` says why another machine gave no result, `sandbox_error` why it has no sandbox.
    """

    notebook: str = ""
    needs_kernel: str = ""
    shown: str = ""
    worker_error: str = ""
    sandbox_error: str = ""
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
