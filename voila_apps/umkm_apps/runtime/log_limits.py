"""Limits of the server's log, which lies on the same disk as the answers."""

from __future__ import annotations

import logging
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

#: What Tornado writes a line to for each request that is refused or fails.
REQUEST_LOGGERS: Final = ("tornado.access", "tornado.general", "tornado.application")
#: Where faults in the messages of in-process pages are told; ipywidgets uses the logger of traitlets, which
#: writes nothing by itself.
PAGE_LOGGERS: Final = (
    "traitlets",
    "umkm_apps.page_sessions.in_process",
    "umkm_apps.runtime.page_threads",
    "umkm_tools",
    "umkm_widgets",
)
#: Lines of one logger and level at once, and for each second after that.
BURST: Final = 100
PER_SECOND: Final = 1.0
#: Letters of one line: an address alone may have 64 KB.
LONGEST: Final = 4_000
#: Bytes of a log before it is put aside, and the seconds between two looks at it.
LARGEST: Final = 5_000_000
ROTATE_EVERY: Final = 30.0


class LineLimit(logging.Filter):
    """A logging filter that passes a limited number of lines, and says how many it left out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._buckets: dict[int, tuple[float, float]] = {}
        self._left_out: dict[int, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a line is written; one that is too long is cut."""
        now = self._clock()
        left, since = self._buckets.get(record.levelno, (BURST, now))
        left = min(BURST, left + (now - since) * PER_SECOND)
        is_written = left >= 1
        self._buckets[record.levelno] = (left - is_written, now)
        if not is_written:
            self._left_out[record.levelno] = self._left_out.get(record.levelno, 0) + 1
            return False
        said = record.getMessage()
        if missing := self._left_out.pop(record.levelno, 0):
            said = f"{said[:LONGEST]} ({missing} lines like this one were left out before it)"
        record.msg, record.args = said[: LONGEST + 100], None
        if record.exc_info:
            # An error may bear what it was told, whole.
            trace = logging.Formatter().formatException(record.exc_info)
            record.exc_text, record.exc_info = trace[-LONGEST:], None
        return True


def limit_log_lines(names: Iterable[str] = REQUEST_LOGGERS) -> None:
    """Limit how many lines the loggers of requests write."""
    for name in names:
        logging.getLogger(name).addFilter(LineLimit())


def write_page_faults(names: Iterable[str] = PAGE_LOGGERS) -> None:
    """Write what goes wrong in pages to standard error, within the limits of each logger."""
    for name in names:
        handler = logging.StreamHandler()
        handler.addFilter(LineLimit())
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.propagate = False


def rotate_own_log() -> None:
    """Put the log of this process aside once it is large."""
    rotate_log(1)


def rotate_log(descriptor: int = 1, largest: int = LARGEST) -> bool:
    """Put a log aside as `<name>.1` once it is large, and go on at its beginning.

    The log is what the process writes to by this descriptor, kernels of its pages too: it is emptied,
    not renamed. Nothing is done where it is no file that is only added to.

    Returns:
        Whether it was put aside.
    """
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode) or about.st_size <= largest:
        return False
    try:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        if not os.path.samestat(path.stat(), about):
            return False
        before = path.with_name(path.name + ".1")
        shutil.copyfile(path, before)
        before.chmod(0o600)
    except OSError:
        pass  # A full disk, or no /proc: what is in the log matters less than room for answers.
    os.ftruncate(descriptor, 0)
    return True
