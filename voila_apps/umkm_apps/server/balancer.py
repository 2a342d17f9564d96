"""The balancer: owns the port, and gives each connection to one of several server processes.

It hands over the connection itself, not its bytes: the process speaks with the phone as if it had
accepted it. All connections of one login go to one process, which has its pages in memory
(docs/processes.md). What may be done only once on a computer is done here: the status for *Pantau
kelas*, putting the log aside, removing what a killed server has left.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
import time
from collections.abc import Sequence
from functools import partial
from typing import Final

import psutil
from tornado.netutil import bind_sockets

from umkm_apps.page_sessions.capacity import allow_many_files
from umkm_apps.runtime.log_limits import ROTATE_EVERY, rotate_own_log
from umkm_apps.runtime.login_cookie import login_of_head
from umkm_apps.runtime.scheduler import PeriodicTask, Scheduler
from umkm_apps.runtime.secrets import stored_secret
from umkm_apps.runtime.settings import ServerSettings
from umkm_apps.runtime.status import REPORT_EVERY, write_status
from umkm_kernels.socket_folders import sweep_socket_folders

from .channel import Message
from .new_connections import Address, NewConnections
from .routing import ranked, route_key
from .status_reports import merge_reports
from .worker_process import WorkerProcess

#: Connections that wait in the kernel while none is accepted: a class that comes back at once.
BACKLOG: Final = 512
#: Seconds between two looks at the processes, and between two health checks of each.
LOOK_EVERY: Final = 0.5
CHECK_EVERY: Final = 1.0
#: Seconds that the other processes are waited for at the start, once one serves.
WAIT_FOR_ALL: Final = 20.0
#: Seconds that the processes have to end by themselves; `umkm workshop` waits for ten.
END_WITHIN: Final = 7.0

_log = logging.getLogger(__name__)


class StartFailed(Exception):
    """A process ended before any of them had served."""


class Balancer:
    """Distributes connections over server processes, in the running event loop.

    Args:
        settings: of the server; each process reads the same from the environment.
        listeners: the sockets that listen on its port.
    """

    def __init__(self, settings: ServerSettings, listeners: Sequence[socket.socket]) -> None:
        self._data_dir = settings.data_dir
        self._secret = stored_secret(settings.data_dir, "cookie", 32).encode()
        self._connections = NewConnections(listeners, self.deliver)
        self.processes = [
            WorkerProcess(number, self._deliver_again, self._routes_changed)
            for number in range(settings.processes)
        ]
        self._first_served_at: float | None = None
        self._has_served = self._is_open = False
        self._could_write = True
        self.stopped: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Serve until `stopped` is set; then end the processes.

        Raises:
            StartFailed: no process has ever served.
        """
        for process in self.processes:
            process.start()
        scheduler = Scheduler(
            [
                PeriodicTask("look after the processes", LOOK_EVERY, self._look_after),
                PeriodicTask("write the status", REPORT_EVERY, self._write_status),
                PeriodicTask(
                    "rotate the log", ROTATE_EVERY, partial(asyncio.to_thread, rotate_own_log)
                ),
                *(
                    PeriodicTask(f"check process {each.number}", CHECK_EVERY, each.check_health)
                    for each in self.processes
                ),
            ]
        )
        scheduler.start()
        try:
            await self.stopped
        finally:
            self._connections.close()
            await scheduler.stop()
            await self._end_processes()

    def deliver(
        self, connection: socket.socket, address: Address, head: bytes, ahead: bytes = b""
    ) -> None:
        """Pass a connection to the process of its login.

        Args:
            connection: belongs to that process from now on.
            address: of who has connected.
            head: of its next request, as far as it is known.
            ahead: what has been taken from the connection, the head included.
        """
        login = login_of_head(head, self._secret)
        message = Message(
            "connection", {"address": list(address), "login": login}, ahead, connection
        )
        serving = {each.number: each for each in self.processes if each.is_serving}
        order = ranked(route_key(login, str(address[0])), serving)
        if not login:
            # No page is at stake: nobody waits for a process that may hang, nor does `umkm workshop`,
            # which would take that for the end of all.
            order.sort(key=lambda number: serving[number].is_late)
        for number in order:
            if serving[number].send(message):
                return
        # Whoever connected tries again, and is accepted when there is a process.
        connection.close()

    def _deliver_again(self, message: Message) -> None:
        if message.connection is None:
            return
        if message.fields.get("login", "") is None:  # a health check of a process that has ended
            message.connection.close()
            return
        self.deliver(
            message.connection, tuple(message.fields["address"]), message.ahead, message.ahead
        )

    def _routes_changed(self, changed: WorkerProcess) -> None:
        if self.stopped.done():
            return
        serving = [each for each in self.processes if each.is_serving]
        _log.info(
            "Process %s %s; %s of %s serve",
            changed.number,
            "serves" if changed.is_serving else "no longer serves",
            len(serving),
            len(self.processes),
        )
        if serving and self._first_served_at is None:
            self._has_served, self._first_served_at = True, time.monotonic()
        for each in serving:
            # What was chosen by other routes is chosen anew at its next request.
            each.send(Message("routes"))
        self._open_or_pause()

    def _open_or_pause(self) -> None:
        count = sum(each.is_serving for each in self.processes)
        since = self._first_served_at
        is_late = since is not None and time.monotonic() - since > WAIT_FOR_ALL
        if not self._is_open and (count == len(self.processes) or (count and is_late)):
            self._is_open = True
            self._connections.open()
        elif self._is_open and not count:
            self._is_open = False
            self._connections.pause()
            self._first_served_at = None

    async def _look_after(self) -> None:
        for each in self.processes:
            each.look_after()
            if each.exit_code is not None and not self._has_served and not self.stopped.done():
                self.stopped.set_exception(StartFailed(f"process {each.number}"))
                return
        self._open_or_pause()

    async def _write_status(self) -> None:
        reports = [each.report for each in self.processes if each.is_serving and each.report]
        if not reports:
            return  # The last one's age tells the trainer.
        own_mb = psutil.Process().memory_full_info().uss / 2**20
        try:
            status = merge_reports(reports, own_mb)
            await asyncio.to_thread(write_status, self._data_dir, status)
        except OSError as error:
            if self._could_write:
                _log.warning("Cannot report: %s", error)
            self._could_write = False
        else:
            self._could_write = True

    async def _end_processes(self) -> None:
        for each in self.processes:
            each.terminate()
        deadline = time.monotonic() + END_WITHIN
        while not all(each.has_ended() for each in self.processes):
            if time.monotonic() > deadline:
                for each in self.processes:
                    each.terminate(signal.SIGKILL)
            await asyncio.sleep(0.05)
        _log.info("All processes have ended")


def balance(settings: ServerSettings) -> None:
    """Serve the class by several processes, until SIGTERM or Ctrl-C."""
    logging.basicConfig(
        level=logging.INFO,
        format="[%(levelname).1s %(asctime)s balancer] %(message)s",
        datefmt="%Y-%m-%d %H:%M:%S",
    )
    allow_many_files()
    sweep_socket_folders()
    try:
        listeners = bind_sockets(settings.port, settings.ip, backlog=BACKLOG)
    except OSError as error:
        sys.exit(f"Cannot listen on port {settings.port}: {error}")
    try:
        asyncio.run(_run(settings, listeners))
    except StartFailed as error:
        sys.exit(f"The server could not be started: {error} ended")


async def _run(settings: ServerSettings, listeners: Sequence[socket.socket]) -> None:
    balancer = Balancer(settings, listeners)

    def stop() -> None:
        if not balancer.stopped.done():
            balancer.stopped.set_result(None)

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    await balancer.run()
