"""A flood of refusals leaves a log of bounded size, which says what it left out."""

import logging
import os
import stat
import subprocess
import sys

from umkm_apps.runtime.log_limits import BURST, LARGEST, LineLimit, rotate_log


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def line(text="403 POST /masuk", level=logging.WARNING):
    return logging.LogRecord("tornado.access", level, __file__, 1, "%s", (text,), None)


def test_a_flood_of_lines_is_cut_and_counted():
    clock = Clock()
    few = LineLimit(clock)
    assert sum(few.filter(line()) for _ in range(10_000)) == BURST
    # Errors have lines of their own.
    assert few.filter(line(level=logging.ERROR))
    clock.now += 5
    told = line()
    assert few.filter(told)
    assert "9900 lines like this one" in told.getMessage()
    after = line()
    assert few.filter(after)
    assert after.getMessage() == "403 POST /masuk"


def test_a_long_line_is_cut():
    told = line("x" * 65_000)
    assert LineLimit().filter(told)
    assert len(told.getMessage()) < 5_000


def test_a_large_log_is_put_aside_and_goes_on(tmp_path):
    log = tmp_path / "peserta.log"
    log.write_bytes(b"lama\n" * (LARGEST // 5 + 1))
    program = (
        "import os; from umkm_apps.runtime.log_limits import rotate_log\n"
        "print(rotate_log()); os.write(1, b'baru\\n'); assert not rotate_log()"
    )
    with log.open("ab") as output:
        subprocess.run([sys.executable, "-c", program], stdout=output, check=True)
    assert log.read_bytes().endswith(b"baru\n")
    assert log.stat().st_size < 100
    before = tmp_path / "peserta.log.1"
    assert before.read_bytes().startswith(b"lama\n")
    assert stat.S_IMODE(before.stat().st_mode) == 0o600


def test_what_is_no_large_file_is_left_alone(tmp_path):
    with (tmp_path / "kecil").open("ab") as small:
        small.write(b"sedikit\n")
        small.flush()
        assert not rotate_log(small.fileno())
    read, write = os.pipe()
    assert not rotate_log(write)
    os.close(read)
    os.close(write)
    assert (tmp_path / "kecil").read_bytes() == b"sedikit\n"
