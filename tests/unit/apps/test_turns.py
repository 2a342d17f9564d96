"""One photo at a time, by whichever process of the server."""

import subprocess
import sys

import pytest

from umkm_apps.runtime.secrets import FOLDER
from umkm_apps.runtime.turns import turn_of_all

pytestmark = pytest.mark.slow

HOLD = """
import sys
from pathlib import Path
from umkm_apps.runtime.turns import turn_of_all
with turn_of_all(Path(sys.argv[1]), "foto"):
    print("mine", flush=True)
    sys.stdin.read()
print("over", flush=True)
"""


def test_the_turn_is_free_when_its_holder_ends_however_it_does(tmp_path):
    (tmp_path / FOLDER).mkdir()
    first, second = (
        subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    )
    holder = first if _says_soonest(first, second) is first else second
    other = second if holder is first else first
    holder.kill()
    assert other.stdout.readline() == b"mine\n"
    other.stdin.close()
    assert other.stdout.readline() == b"over\n"
    with turn_of_all(tmp_path, "foto"), turn_of_all(tmp_path, "lain"):
        holder.wait()
        other.wait()


def _says_soonest(*processes):
    import selectors

    with selectors.DefaultSelector() as selector:
        for each in processes:
            selector.register(each.stdout, selectors.EVENT_READ, each)
        ready = selector.select(60)
        assert len(ready) == 1
        assert ready[0][0].data.stdout.readline() == b"mine\n"
        return ready[0][0].data
