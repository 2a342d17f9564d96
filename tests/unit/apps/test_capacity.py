"""How many pages a laptop is said to hold."""

import pytest

from umkm_apps import capacity


@pytest.mark.parametrize(
    ("free", "files", "pages", "reason"),
    [
        # (3000 - 1024) / 32 = 61.75
        (3000, 65536, 61, "memory"),
        # (1024 - 200) / 40 = 20.6: a stock limit of 1024 open files is the narrower door.
        (3000, 1024, 20, "files"),
        # An old laptop that is already full still serves somebody.
        (500, 65536, 4, "memory"),
    ],
)
def test_capacity_follows_memory_and_files(free, files, pages, reason):
    assert capacity.measured_capacity(free, files) == capacity.Capacity(pages, reason)


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
