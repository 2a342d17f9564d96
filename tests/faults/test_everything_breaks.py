"""The fault run of `benchmarks.faults`, small: every fault once, on phones that share a workshop."""

import json
import subprocess
import sys

import pytest
from benchmarks.fault_injection.plan import FAULTS
from tests.support.open_workshop import ROOT

RUNS = len(FAULTS)


@pytest.mark.browser
def test_nothing_acknowledged_is_lost_while_everything_breaks():
    asked = ["--runs", RUNS, "--people", 3, "--reloads", 0, "--seed", 7]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.faults", "--json", *map(str, asked)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=400,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["problems"] == []
    assert {fault: tally["runs"] for fault, tally in found["by_fault"].items()} == dict.fromkeys(
        FAULTS, 1
    )
    assert found["acknowledged"] >= RUNS
    for what in ("lost", "missing", "duplicates", "broken_off"):
        assert found[what] == 0, (what, found)
