"""The trainees' server: Voila with our identity provider and our pages, and no page of its own."""

from __future__ import annotations

import os
import socket
from functools import partial
from typing import Any

from umkm_apps.runtime.secrets import stored_secret
from umkm_apps.runtime.settings import (
    TEMPLATE,
    TEMPLATE_ROOT,
    ServerSettings,
    settings_from_environment,
)

# Voila reads JUPYTER_PATH when it is imported, so our template's folder must stand there before.
os.environ["JUPYTER_PATH"] = os.pathsep.join(
    [str(TEMPLATE_ROOT), *filter(None, [os.environ.get("JUPYTER_PATH")])]
)

from tornado.ioloop import IOLoop
from tornado.web import GZipContentEncoding
from traitlets.config import Config
from voila.app import Voila
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from umkm_apps.answers.batch import LARGEST_BODY
from umkm_apps.auth.authorizer import ALLOWED_MESSAGES, OwnerAuthorizer
from umkm_apps.auth.identity import COOKIE_SECONDS, ParticipantIdentity
from umkm_apps.auth.page_token import page_token_secret
from umkm_apps.page_sessions.capacity import measured_capacities
from umkm_apps.page_sessions.formulas import FormulaRenderer
from umkm_apps.page_sessions.in_process.comms import install
from umkm_apps.page_sessions.kernel_manager import PageKernelManager
from umkm_apps.page_sessions.kernel_sockets import socket_limit
from umkm_apps.page_sessions.kernel_websocket import KernelWebSocket, PageConnection
from umkm_apps.page_sessions.websocket_messages import LARGEST_MESSAGE
from umkm_apps.runtime.bundle import slim_manifest
from umkm_apps.runtime.context import CONTEXT, ServerContext, VoilaOptions
from umkm_apps.runtime.log_limits import limit_log_lines, write_page_faults
from umkm_apps.runtime.memory import return_large_blocks
from umkm_apps.runtime.monotonic_loop import use_monotonic_clock
from umkm_apps.runtime.page_threads import PageThreads
from umkm_apps.runtime.records_threads import RecordsExecutor
from umkm_apps.runtime.scheduler import Scheduler
from umkm_apps.runtime.worker_processes import WorkerProcesses
from umkm_apps.web.base import NoStatic, NotFound, asset_address
from umkm_apps.web.connections import GuardedServer
from umkm_apps.web.kernel_api import KernelApiServer
from umkm_apps.web.notebook_page import prepare_notebook
from umkm_courses import load_catalogue
from umkm_kernels.socket_folders import make_socket_folder, sweep_socket_folders
from umkm_records import open_records
from umkm_widgets.front import use_addresses

from .connections_from_parent import ConnectionsFromParent
from .housekeeping import Housekeeping
from .routes import our_routes
from .status_reports import StatusReport

#: Voila's own routes that stay: the lines to kernels. Everything else is gone, since nobody needs it,
#: and part of it answered people who had no business there.
KEPT_ROUTES = ("/api/kernels/",)

#: Seconds that a request waits for another's write, and for one statement.
BUSY_SECONDS = 5.0
STATEMENT_SECONDS = 5.0
#: MB by which a page's kernel may grow. Periksa foto needs more than 160 for the second photo it measures
#: (tests/browser/test_marketing_desks.py), and does with 400.
KERNEL_GROWTH_MB = 400

#: Seconds that an unused connection stays open.
IDLE_CONNECTION = 15


class ClassServer(Voila):
    """Voila for one class, on the address trainees open."""

    #: Set before `start()`.
    context: ServerContext
    kernel_api: KernelApiServer
    #: Set by `init_settings`, when there is a kernel manager.
    housekeeping: Housekeeping
    scheduler: Scheduler
    #: Set by `listen` where a balancer owns the port.
    from_parent: ConnectionsFromParent | None = None

    def start(self) -> None:
        """Serve until stopped, and look after the pages meanwhile."""
        loop = IOLoop.current()
        use_monotonic_clock(loop)
        loop.add_callback(self.kernel_api.serve)
        limit_log_lines()
        write_page_faults()
        try:
            super().start()
        finally:
            self.kernel_api.close()

    def stop(self) -> None:
        """Stop the periodic tasks, then the kernels."""
        IOLoop.current().run_sync(self.scheduler.stop)
        self.housekeeping.close()
        super().stop()
        self.context.marking.close()
        self.context.tools.close()
        self.context.workers.close()

    def init_settings(self) -> dict[str, Any]:
        """Return Tornado's settings, with ours: they must be there before the application is made."""
        settings: dict[str, Any] = super().init_settings()
        self.kernel_manager.allowed_message_types = ALLOWED_MESSAGES
        kernels, ours = self.kernel_manager, self.context.settings
        kernels.capacity, kernels.capacity_in_process = measured_capacities(
            socket_limit(), ours.most_pages, ours.sharing
        )
        kernels.gives_kernels = ours.page_kernels
        self.housekeeping = Housekeeping(
            self.context,
            self.kernel_manager,
            None if self.context.settings.channel is None else self._report,
        )
        self.scheduler = Scheduler(self.housekeeping.tasks())
        IOLoop.current().add_callback(self.scheduler.start)
        # For every handler: Jupyter's own draw their refusals with our error page.
        settings["voila_jinja2_env"].globals["asset"] = partial(asset_address, self.base_url)
        settings[CONTEXT] = self.context
        settings.update(
            transforms=[GZipContentEncoding],
            websocket_compression_options={},
            websocket_max_message_size=LARGEST_MESSAGE,
            xsrf_cookies=True,
            xsrf_cookie_kwargs={"samesite": "Lax", "httponly": True, "max_age": COOKIE_SECONDS},
            login_url=self.base_url + "masuk",
            jinja2_env=settings["voila_jinja2_env"],
            static_path=str(TEMPLATE / "static"),
            # Tornado adds addresses below /static by itself; nothing of ours is there.
            static_handler_class=NoStatic,
            default_handler_class=NotFound,
        )
        return settings

    def init_handlers(self) -> list[Any]:
        """Return our routes, and of Voila's the few that a page needs."""
        stock = [
            (rule[0], KernelWebSocket, *rule[2:])
            if rule[1] is VoilaKernelWebsocketHandler
            else rule
            for rule in super().init_handlers()
        ]
        kept = [
            rule
            for rule in stock
            if rule[0].removeprefix(self.base_url.rstrip("/")).startswith(KEPT_ROUTES)
        ]
        return our_routes(self.base_url) + kept

    def listen(self) -> None:
        """Open the port, for requests no longer than a batch of answers: no page sends a longer one.

        Connections that nobody uses end soon: a phone that changed its network would otherwise try
        each of them, dead as they are, before it opens a new one.
        """
        self.app.listen = self._listen
        super().listen()

    def _listen(self, port: int, address: str) -> GuardedServer:
        server = GuardedServer(
            self.app,
            max_body_size=LARGEST_BODY,
            idle_connection_timeout=IDLE_CONNECTION,
            body_timeout=self.context.settings.body_limit,
            most_of_one=self.context.settings.connections_an_address,
        )
        if (channel := self.context.settings.channel) is None:
            server.listen(port, address)
        else:
            end = socket.socket(fileno=channel)
            end.set_inheritable(False)
            # In the loop, which does not run yet.
            IOLoop.current().add_callback(self._serve_from_parent, end, server)
        return server

    def _serve_from_parent(self, end: socket.socket, server: GuardedServer) -> None:
        self.from_parent = ConnectionsFromParent(end, server, self.cookie_secret)

    def _report(self, report: StatusReport) -> None:
        if self.from_parent is not None:
            self.from_parent.report(report)


def make_server(settings: ServerSettings) -> ClassServer:
    """Return a class server, ready to `start()`.

    Raises:
        RecordsError: the records cannot be opened.
        CourseError: a course is malformed.
    """
    install()
    use_addresses(slim_manifest()["widgets"])
    if settings.channel is None:  # else the balancer has done it
        sweep_socket_folders()
    server = ClassServer(config=_voila_config(settings))
    records = open_records(
        settings.database, BUSY_SECONDS, statement_seconds=STATEMENT_SECONDS
    ).of_class(settings.cohort)
    token_secret = page_token_secret(settings.data_dir)
    catalogue = load_catalogue(settings.courses)
    server.kernel_api = KernelApiServer(records, token_secret)
    # Voila knows its options and its folders of templates after this.
    server.initialize([])
    server.context = ServerContext(
        settings=settings,
        records=records,
        catalogue=catalogue,
        token_secret=token_secret,
        kernel_api=server.kernel_api.address,
        reading=RecordsExecutor("read", workers=6),
        writing=RecordsExecutor("write", workers=4),
        marking=PageThreads("marking", workers=4, rendering=2),
        tools=PageThreads("tool", workers=24),
        workers=WorkerProcesses(workers=max(1, (os.cpu_count() or 1) // 2 // settings.sharing)),
        voila=VoilaOptions(server.voila_configuration, server.config, server.template_paths),
    )
    return server


def _voila_config(settings: ServerSettings) -> Config:
    """Return the configuration of Voila, jupyter_server and the kernels for a class."""
    config = Config()
    config.Voila.update(
        # Otherwise a stray voila.json in the working folder replaces these very checks.
        config_file_paths=[],
        ip=settings.ip,
        port=settings.port,
        port_retries=0,
        open_browser=False,
        root_dir=str(settings.home),
        cookie_secret=stored_secret(settings.data_dir, "cookie", 32).encode(),
        identity_provider_class=ParticipantIdentity,
        authorizer_class=OwnerAuthorizer,
        kernel_websocket_connection_class=PageConnection,
        log_level="WARN",
        # Kernels' sockets lie beside their connection files, and go when the server does.
        connection_dir_root=str(make_socket_folder("kelas")),
    )
    # Unix sockets: a port may be taken by another program between its choice and its use, and a server
    # that then speaks to a stranger hangs (docs/kernels.md).
    config.KernelManager.transport = "ipc"
    config.NotebookClient.startup_timeout = int(settings.start_limit)
    config.VoilaConfiguration.update(
        template="umkm",
        allow_template_override="NO",
        allow_theme_override="NO",
        file_allowlist=[],
        show_tracebacks=False,
        extension_allowlist=[],
        multi_kernel_manager_class=PageKernelManager,
        prelaunch_hook=prepare_notebook,
    )
    config.VoilaExporter.update(
        markdown_renderer_class=FormulaRenderer,
        # Ten of nbconvert's, made anew for each page; none changes anything in notebooks of ours.
        default_preprocessors=[],
    )
    config.PageKernelManager.update(
        closed_grace=settings.closed_grace,
        silent_grace=settings.silent_grace,
        unopened_grace=settings.unopened_grace,
        start_limit=settings.start_limit,
        cull_idle_timeout=settings.idle_limit,
        cull_interval=max(1, min(60, settings.idle_limit // 3)),
        # A page left open over lunch is idle too; its answers are saved, a reload brings them back.
        cull_connected=True,
    )
    # A kernel that ended by itself is not started again: it would know no widget of its page.
    config.KernelRestarter.restart_limit = 0
    # What eats more is a fault of ours, or somebody's ill will (docs/kernels.md has what pages need): the
    # growth is a forked kernel's, the other number what a spawned one or a program it starts may have.
    config.ForkProvisioner.growth_mb = KERNEL_GROWTH_MB
    config.ForkProvisioner.memory_mb = 640
    # An hour of honest use takes under a minute of the processor.
    config.ForkProvisioner.cpu_seconds = 600
    # Whoever asks the server for a page, or hands in an answer, comes before whoever plays with a widget.
    config.ForkProvisioner.nice = 10
    return config


def main() -> None:
    """Serve the class that the environment describes, until SIGTERM or Ctrl-C."""
    return_large_blocks()
    make_server(settings_from_environment()).start()
