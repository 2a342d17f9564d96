"""The interface of a pool of workers, and its rule for a job whose process dies.

`process_pool.ProcessPool` runs jobs on this machine, `dask_pool.DaskPool` on a Dask cluster.
"""

from collections.abc import Hashable, Iterator
from types import TracebackType
from typing import Protocol, Self

from umkm_grading.autograde.jobs import AutogradeJob, AutogradeResult

#: A job that has ended this many processes is not given to another.
MAX_DEATHS = 2

_DIED = "Proses penilai berhenti mendadak."


class JobPool(Protocol):
    """Workers that run autograde jobs. Results come back in any order."""

    @property
    def runs_here(self) -> bool:
        """Return whether jobs run on this machine, with what is installed here."""

    @property
    def pending(self) -> int:
        """Return the number of jobs that were added and have not come back."""

    @property
    def has_room(self) -> bool:
        """Return whether one more job would keep a worker from being idle."""

    def add(self, key: Hashable, job: AutogradeJob) -> None:
        """Add a job; `results` names it by `key`."""

    def results(self, timeout: float | None = None) -> Iterator[tuple[Hashable, AutogradeResult]]:
        """Yield what is done; wait up to `timeout` seconds for the first while any is pending."""

    def close(self) -> None:
        """Drop pending jobs and end all workers that this pool started."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def result_after_deaths(deaths: int) -> AutogradeResult | None:
    """Return the result of a job whose process died `deaths` times; None: run it once more."""
    return AutogradeResult(needs_kernel=_DIED) if deaths >= MAX_DEATHS else None
