"""What argon2 needs for a moment does not stay with the server."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

HASH_IN_THREADS = """
from concurrent.futures import ThreadPoolExecutor
import psutil
from umkm_apps.runtime.memory import return_large_blocks
from umkm_records.people.pins import hash_pin
return_large_blocks()
with ThreadPoolExecutor(2) as threads:
    list(threads.map(str, range(20)))
    before = psutil.Process().memory_info().rss
    list(threads.map(hash_pin, ["739152"] * 12))
    print((psutil.Process().memory_info().rss - before) >> 20)
"""


def test_threads_that_hashed_keep_nothing():
    done = subprocess.run(
        [sys.executable, "-c", HASH_IN_THREADS], capture_output=True, text=True, check=True
    )
    # 38 MB without the setting: 19 a thread.
    assert int(done.stdout) < 10
