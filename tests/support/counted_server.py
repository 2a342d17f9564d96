"""The trainees' server, which writes down each SQL statement and each template that Jinja compiles.

Run as a program, like `python -m umkm_apps`. `COUNTED` in the data folder has a line for each statement
that reached SQLite (its own trace, so BEGIN and COMMIT are among them), each compiled template, and
each job with the records that began or ended. Statements on PostgreSQL stand in PostgreSQL's log.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from sqlalchemy import event
from sqlalchemy.engine import Engine

COUNTED = "counted.txt"
STATEMENT, TEMPLATE, BEGUN, ENDED = "statement", "template", "begun", "ended"


def count(target: Path) -> None:
    """Write what this process does to a file from now on."""
    from umkm_apps.runtime.records_threads import RecordsExecutor

    def note(kind: str, text: str = "") -> None:
        with target.open("a", encoding="utf-8") as file:
            file.write(f"{kind} {' '.join(text.split())}\n")

    @event.listens_for(Engine, "connect")
    def trace(connection: Any, _entry: Any) -> None:
        if hasattr(connection, "set_trace_callback"):
            # What a trigger does is a comment to the trace.
            connection.set_trace_callback(
                lambda text: None if text.startswith("--") else note(STATEMENT, text)
            )

    compiled, run = jinja2.Environment.compile, RecordsExecutor.run

    def compile_(
        self: Any, source: Any, name: str | None = None, *rest: Any, **options: Any
    ) -> Any:
        note(TEMPLATE, str(name))
        return compiled(self, source, name, *rest, **options)

    async def run_(self: Any, job: Callable[..., Any], *args: Any, **options: Any) -> Any:
        note(BEGUN)
        try:
            return await run(self, job, *args, **options)
        finally:
            note(ENDED)

    jinja2.Environment.compile, RecordsExecutor.run = compile_, run_  # type: ignore[assignment]


if __name__ == "__main__":
    from umkm_apps.server import app, housekeeping

    # Each look at all logins would be counted for whichever page is asked for meanwhile.
    housekeeping.LOGINS_EVERY = 3600
    count(Path(os.environ["UMKM_DATA"]) / COUNTED)
    app.main()
