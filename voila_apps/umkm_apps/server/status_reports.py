"""Reports of the server processes, and the one status that they make for *Pantau kelas*."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from umkm_apps.runtime.status import ServerStatus, status_from_json, status_to_json


@dataclass(frozen=True)
class StatusReport:
    """The status of one process, and the codes of those who have pages open in it."""

    status: ServerStatus
    owners: frozenset[str]


def report_to_json(report: StatusReport) -> dict[str, Any]:
    """Return a report as it is sent to the balancer."""
    return {"status": status_to_json(report.status), "owners": sorted(report.owners)}


def report_from_json(sent: dict[str, Any]) -> StatusReport:
    """Return a report that a process has sent.

    Raises:
        ValueError, TypeError, KeyError: it is none.
    """
    return StatusReport(status_from_json(sent["status"]), frozenset(map(str, sent["owners"])))


def merge_reports(reports: Sequence[StatusReport], balancer_mb: float) -> ServerStatus:
    """Return the status of all processes together; it is as old as the oldest report.

    Args:
        reports: The last one of each process that runs; at least one.
        balancer_mb: The memory of the balancer itself.
    """
    each = [report.status for report in reports]
    turns = itertools.zip_longest(*(status.waiting for status in each))
    return ServerStatus(
        # A process that hangs is a class half of which gets no answer: the trainer reads of it.
        at=min(status.at for status in each),
        started_at=min(status.started_at for status in each),
        people=len(frozenset[str]().union(*(report.owners for report in reports))),
        pages=sum(status.pages for status in each),
        most_pages=sum(status.most_pages for status in each),
        limited_by=each[0].limited_by,
        waiting=tuple(code for turn in turns for code in turn if code is not None),
        pages_mb=sum(status.pages_mb for status in each),
        server_mb=balancer_mb + sum(status.server_mb for status in each),
    )
