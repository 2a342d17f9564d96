"""How many pages a laptop is said to hold."""

import pytest
import zmq

from umkm_apps.page_sessions import capacity
from umkm_apps.page_sessions.kernel_sockets import make_context, socket_limit


@pytest.mark.parametrize(
    ("free", "files", "sockets", "setting", "told"),
    [
        # (3000 - 1024) / 32 = 61.75
        (3000, 65536, 65535, None, (61, "memory")),
        # (1024 - 200) / 60 = 13.7: a stock limit of 1024 open files is the narrower door.
        (3000, 1024, 1024, None, (13, "files")),
        # (1023 - 50) / 28 = 34.75: what libzmq allows by itself.
        (3000, 65536, 1023, None, (34, "files")),
        # An old laptop that is already full still serves somebody.
        (500, 65536, 65535, None, (4, "memory")),
        (500, 65536, 65535, 2, (2, "setting")),
        (500, 65536, 65535, 400, (400, "setting")),
        # A number that a person set does not make files.
        (9000, 4096, 4096, 400, (64, "files")),
    ],
)
def test_capacity_follows_memory_files_and_sockets(free, files, sockets, setting, told):
    assert capacity.measured_capacity(free, files, sockets, setting) == capacity.Capacity(*told)


@pytest.mark.parametrize(
    ("free", "files", "setting", "told"),
    [
        # (3000 - 1024) / 2 = 988
        (3000, 65536, None, (988, "memory")),
        # (1024 - 200) / 4 = 206
        (3000, 1024, None, (206, "files")),
        (500, 65536, None, (4, "memory")),
        (500, 65536, 60, (60, "setting")),
    ],
)
def test_pages_without_a_kernel_take_little(free, files, setting, told):
    measured = capacity.measured_capacity_in_process(free, files, setting)
    assert measured == capacity.Capacity(*told)


@pytest.mark.parametrize(
    ("setting", "told"),
    # Half of 61, half of 5, rounded up; each process has files and sockets of its own.
    [(None, (31, "memory")), (5, (3, "setting")), (400, (64, "files"))],
)
def test_processes_share_the_pages_of_a_computer(setting, told):
    found = capacity.measured_capacity(3000, 4096, 4096, setting, processes=2)
    assert found == capacity.Capacity(*told)


def test_the_sockets_that_are_counted_can_be_had():
    """libzmq's own limit is 1023 of them, whatever the computer has."""
    context = make_context()
    try:
        wanted = min(socket_limit(), 1500)
        sockets = [context.socket(zmq.DEALER) for _ in range(wanted)]
        assert len(sockets) == wanted
        assert sockets[0].getsockopt(zmq.SNDTIMEO) > 0
        assert context.get(zmq.MAX_SOCKETS) == socket_limit()
    finally:
        context.destroy(linger=0)


def test_free_memory_is_what_the_kernel_says_and_no_more_than_the_container_has(
    tmp_path, monkeypatch
):
    from pathlib import Path

    said = dict(
        line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines() if ":" in line
    )
    available = int(said["MemAvailable"].split()[0]) / 1024
    monkeypatch.setattr(capacity, "_CGROUP", tmp_path)
    assert capacity.free_mb() == pytest.approx(available, rel=0.2)
    (tmp_path / "memory.max").write_text("max\n")
    (tmp_path / "memory.current").write_text("1\n")
    assert capacity.free_mb() == pytest.approx(available, rel=0.2)
    (tmp_path / "memory.max").write_text(f"{100 * 2**20}\n")
    (tmp_path / "memory.current").write_text(f"{60 * 2**20}\n")
    assert capacity.free_mb() == 40
