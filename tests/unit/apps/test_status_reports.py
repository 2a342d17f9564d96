"""The status of several processes as one."""

import json
from datetime import UTC, datetime, timedelta

from umkm_apps.runtime.secrets import FOLDER
from umkm_apps.runtime.status import ServerStatus, read_status, write_status
from umkm_apps.server.status_reports import (
    StatusReport,
    merge_reports,
    report_from_json,
    report_to_json,
)

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
FIRST = StatusReport(
    ServerStatus(NOW, NOW - timedelta(hours=1), 2, 3, 10, "memory", ("a", "b", "c"), 30.0, 90.0),
    frozenset({"siti", "budi"}),
)
SECOND = StatusReport(
    ServerStatus(NOW - timedelta(seconds=9), NOW, 2, 2, 11, "memory", ("d",), 12.5, 80.0),
    frozenset({"siti", "ana"}),
)


def test_pages_people_and_memory_are_those_of_all_processes():
    both = merge_reports([FIRST, SECOND], balancer_mb=20.0)
    # Siti has a phone at each.
    assert (both.people, both.pages, both.most_pages) == (3, 5, 21)
    assert (both.pages_mb, both.server_mb) == (42.5, 190.0)
    assert both.limited_by == "memory"


def test_the_next_of_each_process_come_first():
    assert merge_reports([FIRST, SECOND], 0).waiting == ("a", "d", "b", "c")


def test_a_process_that_is_silent_makes_the_whole_old():
    both = merge_reports([FIRST, SECOND], 0)
    assert both.at == NOW - timedelta(seconds=9)
    assert both.started_at == NOW - timedelta(hours=1)


def test_a_report_is_the_same_after_its_way(tmp_path):
    sent = json.loads(json.dumps(report_to_json(FIRST)))
    assert report_from_json(sent) == FIRST
    (tmp_path / FOLDER).mkdir()
    write_status(tmp_path, merge_reports([FIRST], 0))
    assert read_status(tmp_path) == FIRST.status
