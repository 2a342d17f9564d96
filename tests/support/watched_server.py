"""The trainees' server, which writes down in which thread each SQL statement runs.

Run as a program, like `python -m umkm_apps`. Each statement is a line of `STATEMENTS` in the data
folder: LOOP where the thread runs an event loop, else THREAD; then what called it.
"""

from __future__ import annotations

import asyncio
import os
import traceback
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine

STATEMENTS = "statements.txt"
LOOP, THREAD = "loop", "thread"


def watch(target: Path) -> None:
    """Write each statement of this process to a file from now on."""

    @event.listens_for(Engine, "before_cursor_execute")
    def note(_connection, _cursor, statement, *_rest):
        place = LOOP
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            place = THREAD
        callers = [
            f"{Path(frame.filename).name}:{frame.lineno}"
            for frame in traceback.extract_stack()
            if "umkm_apps" in frame.filename
        ]
        line = f"{place} {' '.join(statement.split())[:120]} {' > '.join(callers)}\n"
        with target.open("a", encoding="utf-8") as file:
            file.write(line)


if __name__ == "__main__":
    from umkm_apps.server.app import main

    watch(Path(os.environ["UMKM_DATA"]) / STATEMENTS)
    main()
