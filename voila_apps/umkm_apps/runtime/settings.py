"""Settings of the server, and the environment variables of servers and page kernels."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PARTICIPANT = "UMKM_PARTICIPANT"
SHEET = "UMKM_SHEET"
DATABASE = "UMKM_DATABASE"
#: The class whose server it is; not set where one server is for all.
CLASS = "UMKM_CLASS"
QUESTIONS = "UMKM_QUESTIONS"
#: Where a page's kernel asks its server, and the server's word on whose page it is.
ERRANDS = "UMKM_ERRANDS"
TICKET = "UMKM_TICKET"
#: How many processes serve, and the descriptor by which a balancer hands one of them its connections.
PROCESSES = "UMKM_PROCESSES"
CHANNEL = "UMKM_CHANNEL"
#: Set: each page of a participant has a kernel process of its own.
PAGE_KERNELS = "UMKM_PAGE_KERNELS"

#: With fewer cores one process serves, with more one on every second core, up to a limit.
FEWEST_CORES = 4
MOST_PROCESSES = 4

PACKAGE = Path(__file__).parents[1]
#: Voila looks for templates below the folders of JUPYTER_PATH and nowhere a setting could name.
TEMPLATE_ROOT = PACKAGE / "share" / "jupyter"
TEMPLATE = TEMPLATE_ROOT / "voila" / "templates" / "umkm"


@dataclass(frozen=True)
class ServerSettings:
    """Settings of one server: folders, address, number of pages, timeouts.

    Times are in seconds. `home` is the checkout that holds `courses/` and `voila_apps/pages/`.
    """

    home: Path
    data_dir: Path
    database: str
    #: The one class this server is for; None serves every class of the records.
    cohort: str | None = None
    ip: str = "127.0.0.1"
    port: int = 8866
    #: How many pages may be open at once; None asks the computer how much memory it has.
    most_pages: int | None = None
    #: A page closed by its reader, who may come back from Beranda.
    closed_grace: float = 120.0
    #: A line that broke without a word, as when a phone sleeps.
    silent_grace: float = 900.0
    #: A page that never opened its line at all.
    unopened_grace: float = 120.0
    idle_limit: int = 45 * 60
    #: How long the body of a request may be under way: an answer's 64 KB at a kilobyte a second.
    body_limit: float = 60.0
    #: Connections that one network address may have at once (web/connections.py).
    connections_an_address: int | None = None
    #: A kernel that has not started by then is given up; a fork takes 0.05 s, a spawned one 2 to 20.
    start_limit: float = 45.0
    #: Whether each lesson and assignment gets a kernel process, as notebooks do that can do more than
    #: call our own functions.
    page_kernels: bool = False
    #: Processes that share the class (docs/processes.md).
    processes: int = 1
    #: The descriptor of the channel to the balancer that owns the port; None for a server by itself.
    channel: int | None = None

    @property
    def sharing(self) -> int:
        """Return how many processes share what this computer has: 1 without a balancer."""
        return 1 if self.channel is None else self.processes

    @property
    def courses(self) -> Path:
        """Return the folder of course content."""
        return self.home / "courses"

    @property
    def pages(self) -> Path:
        """Return the folder of our own notebooks that Voila serves."""
        return self.home / "voila_apps" / "pages"


def usual_processes(cores: int) -> int:
    """Return how many processes serve a class on a computer, unless `UMKM_PROCESSES` says so."""
    return 1 if cores < FEWEST_CORES else min(cores // 2, MOST_PROCESSES)


def settings_from_environment(environ: Mapping[str, str] | None = None) -> ServerSettings:
    """Return the settings a server process is started with, read from its environment.

    Raises:
        KeyError: `UMKM_HOME`, `UMKM_DATA` or `UMKM_DATABASE` is not set.
    """
    env = os.environ if environ is None else environ
    return ServerSettings(
        home=Path(env["UMKM_HOME"]),
        data_dir=Path(env["UMKM_DATA"]),
        database=env[DATABASE],
        cohort=env.get(CLASS),
        ip=env.get("UMKM_IP", "127.0.0.1"),
        port=int(env.get("UMKM_PORT", "8866")),
        most_pages=int(env["UMKM_MOST_PAGES"]) if env.get("UMKM_MOST_PAGES") else None,
        closed_grace=float(env.get("UMKM_CLOSED_GRACE", "120")),
        silent_grace=float(env.get("UMKM_SILENT_GRACE", "900")),
        unopened_grace=float(env.get("UMKM_UNOPENED_GRACE", "120")),
        idle_limit=int(env.get("UMKM_IDLE_LIMIT", str(45 * 60))),
        body_limit=float(env.get("UMKM_BODY_LIMIT", "60")),
        connections_an_address=int(env["UMKM_CONNECTIONS"])
        if env.get("UMKM_CONNECTIONS")
        else None,
        start_limit=float(env.get("UMKM_START_LIMIT", "45")),
        page_kernels=bool(env.get(PAGE_KERNELS)),
        processes=max(1, int(env.get(PROCESSES) or usual_processes(os.cpu_count() or 1))),
        channel=int(env[CHANNEL]) if env.get(CHANNEL) else None,
    )
