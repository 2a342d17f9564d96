"""Moves the wall clock of a trainees' server that starts with this folder in PYTHONPATH.

The clock is off by the seconds in the file `LAPTOP_CLOCK`, which is read at each call; the monotonic
clock is not changed, as when a laptop's date is set. Python runs this module before anything else is
imported, so that no module has the real clock. Only the server's clock: pandas, in kernels, fails
with another datetime. (libfaketime is the usual tool; with that of Debian 12 `time.sleep` fails if the
monotonic clock is not faked.)
"""

import datetime
import os
import sys
import time
from pathlib import Path

OFFSET = Path(os.environ.get("LAPTOP_CLOCK", ""))
TRUE_TIME = time.time
TRUE_DATETIME = datetime.datetime


def moved_time():
    """Return seconds since 1970 by the moved clock."""
    try:
        return TRUE_TIME() + float(OFFSET.read_text())
    except (OSError, ValueError):  # being written
        return TRUE_TIME()


class AnyDatetime(type):
    """Metaclass with which instances of the real class, made by C code, count as instances."""

    def __instancecheck__(cls, instance):
        """Return whether an object is a datetime."""
        return isinstance(instance, TRUE_DATETIME)


class MovedDatetime(TRUE_DATETIME, metaclass=AnyDatetime):
    """A datetime that reads the moved clock."""

    __slots__ = ()  # compiled packages check its size

    @classmethod
    def now(cls, tz=None):
        """Return the present time by the moved clock."""
        return TRUE_DATETIME.fromtimestamp(moved_time(), tz)

    @classmethod
    def utcnow(cls):
        """Return the present time in UTC, without a zone."""
        return TRUE_DATETIME.fromtimestamp(moved_time(), datetime.UTC).replace(tzinfo=None)


if sys.orig_argv[-2:] == ["-m", "umkm_apps"]:
    time.time = moved_time
    datetime.datetime = MovedDatetime
