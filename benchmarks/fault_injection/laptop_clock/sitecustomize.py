"""Moves the wall clock of a trainees' server that starts with this folder in PYTHONPATH.

The clock is off by the seconds that stand in the file `LAPTOP_CLOCK`, and follows it at once; the
monotonic clock goes on, as it does where somebody sets a laptop's date. Python runs this module
before anything else is imported, so that nobody holds the true clock. The server alone: pandas, in
kernels, does not bear another datetime. (libfaketime would be the usual tool; as Debian 12 has it,
`time.sleep` fails once it leaves the monotonic clock alone.)
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
    """Seconds since 1970 as the laptop shows them."""
    try:
        return TRUE_TIME() + float(OFFSET.read_text())
    except (OSError, ValueError):  # it is just being written
        return TRUE_TIME()


class Likeness(type):
    """What C code makes is an instance of the true class: it counts all the same."""

    def __instancecheck__(cls, instance):
        """Whether something is a datetime."""
        return isinstance(instance, TRUE_DATETIME)


class MovedDatetime(TRUE_DATETIME, metaclass=Likeness):
    """A datetime that asks the moved clock."""

    __slots__ = ()  # compiled packages check its size

    @classmethod
    def now(cls, tz=None):
        """The present moment as the laptop shows it."""
        return TRUE_DATETIME.fromtimestamp(moved_time(), tz)

    @classmethod
    def utcnow(cls):
        """The same in UTC, without a zone."""
        return TRUE_DATETIME.fromtimestamp(moved_time(), datetime.UTC).replace(tzinfo=None)


if sys.orig_argv[-2:] == ["-m", "umkm_apps"]:
    time.time = moved_time
    datetime.datetime = MovedDatetime
