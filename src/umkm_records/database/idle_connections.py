"""A check of pooled connections that were idle: a restart of the server has cut them all.

SQLAlchemy's `pool_pre_ping` asks the server each time a connection is taken from the pool, which is a
round trip more for each session. A connection used a moment ago is taken unasked here. Where it was
cut in that moment, its request is told that the records do not answer, and asks again; SQLAlchemy
then replaces all connections.
"""

import time
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

#: Seconds without use after which a connection is checked before it is used.
IDLE: Final = 1.0
_USED: Final = "umkm_used"


def ping_idle_connections(engine: Engine, clock: Callable[[], float] = time.monotonic) -> None:
    """Check each pooled connection of an engine that was idle, and replace all when one is cut."""

    def note_use(_connection: Any, entry: Any) -> None:
        entry.info[_USED] = clock()

    def check(connection: Any, entry: Any, _proxy: Any) -> None:
        now = clock()
        # A new connection has no time, and needs no check.
        if now - entry.info.get(_USED, now) < IDLE:
            return
        dialect = engine.dialect
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine, "checkin", note_use)
    event.listen(engine, "checkout", check)
