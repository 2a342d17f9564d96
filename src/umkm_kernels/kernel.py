"""ipykernel's application, initialised in two steps: before and after the connection is known."""

from __future__ import annotations

import atexit
import contextlib
import fnmatch
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import zmq
from ipykernel import ipkernel
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core import shellapp
from IPython.core.application import BaseIPythonApplication
from IPython.core.history import HistoryManager
from tornado.ioloop import IOLoop
from traitlets.config.loader import DeferredConfig

from umkm_kernels.debugging import LateDebugger, no_debugger
from umkm_kernels.process_watch import ProcessWatch

_TIMEOUT = 30.0
_FLUSH_TIMEOUT = 1.0
# The patterns that IPython searches a profile's start-up folder for.
_STARTUP_FILES = ("*.py", "*.ipy")


class ConfiguredOnce(BaseIPythonApplication):
    """The part of the application that reads arguments and configuration, done only once."""

    configured = False

    def initialize(self, argv: list[str] | None = None) -> None:
        """Read the command line and configuration files, unless that is done."""
        if not self.configured:
            super().initialize(argv)  # type: ignore[no-untyped-call]
            self.configured = True


class ForkedKernelApp(IPKernelApp, ConfiguredOnce):
    """An IPKernelApp that may be initialised before its connection file exists."""

    name = "ipython-kernel"
    shell: Any
    watched_pid = 0
    waiting = False

    def configure(self, argv: list[str]) -> list[str]:
        """Read arguments and configuration files, make the shell, and return the files."""
        ConfiguredOnce.initialize(self, argv)
        if not self._keeps_history():  # else it starts a thread
            self._make_shell()
        return list(self.loaded_config_files)

    def _keeps_history(self) -> bool:
        enabled = self.config.get("HistoryManager", {}).get("enabled", True)
        # A value of the command line is a string until it is read.
        if isinstance(enabled, DeferredConfig):
            enabled = enabled.get_value(HistoryManager.enabled)
        return bool(enabled)

    def _make_shell(self) -> None:
        self.shell = ZMQInteractiveShell.instance(
            parent=self,
            profile_dir=self.profile_dir,
            user_module=None,
            user_ns={},
            kernel=None,
            compiler_class=IPythonKernel.compiler_class.default_value,
        )
        self.user_ns = self.shell.user_ns
        for name in self.default_extensions:
            self.shell.extension_manager.load_extension(name)
        self.default_extensions = []
        # Fills caches that all kernels then share.
        self.shell.run_cell("None;", silent=True)
        for pattern in _STARTUP_FILES:
            fnmatch.filter([], pattern)  # compiles and caches the pattern

    def discard(self) -> None:
        """Discard what `configure` made, so that another configuration can replace it."""
        if self.shell is not None:
            type(self.shell).clear_instance()
        type(self).clear_instance()

    def prepare(self, argv: list[str]) -> None:
        """Run the part of the initialisation that needs neither a connection nor an environment."""
        self.waiting = True
        # So that there is no warning about a network while no socket is bound.
        self.transport = "ipc"
        self.initialize(argv)  # type: ignore[no-untyped-call]

    def bind_connection(self, connection_file: str) -> None:
        """Bind to the ports of `connection_file` and do the rest of the initialisation."""
        self.waiting = False
        self.connection_file = connection_file
        self.connection_dir = os.path.dirname(connection_file)  # noqa: PTH120  -- no need of pathlib
        self._update_shell_environment()
        self.init_connection_file()
        self.init_poller()
        self._bind_all()
        self.init_heartbeat()
        self.write_connection_file()
        self.log_connection_info()
        self.kernel.record_ports({f"{name}_port": port for name, port in self._ports.items()})
        if session := os.environ.get("JPY_SESSION_NAME"):
            self.shell.user_ns["__session__"] = session
        self.init_gui_pylab()
        self.init_extensions()
        self.init_code()

    def _update_shell_environment(self) -> None:
        """Set the folder and the environment of a shell that was made in the template."""
        self.shell.starting_dir = os.getcwd()  # noqa: PTH109  -- a string, as IPython has it
        self.shell.history_manager.dir_hist[:] = [Path.cwd()]
        self.shell.init_environment()

    def start(self) -> None:
        """Serve until the kernel is asked to exit."""
        atexit.register(self._end_control)
        super().start()  # type: ignore[no-untyped-call]

    def _end_control(self) -> None:
        # Registered last, hence run first: ipykernel would stop the thread that sends output
        # while the control thread may still wait for it, and the exit would take ten seconds.
        if self.control_thread.is_alive():
            self.control_thread.stop()
            self.control_thread.join(_FLUSH_TIMEOUT)

    def _bind_all(self) -> None:
        if self.transport == "tcp" and self.curve_secretkey is None:
            self.log.warning("Kernel is running over TCP without encryption.")
        self.stdin_port = self._bind("stdin", self.stdin_socket)
        # The others belong to the loops of threads that run already: ZMQ sockets are not
        # thread-safe, so each is bound by its own thread.
        shell = self.shell_channel_thread.io_loop
        control = self.control_thread.io_loop
        iopub = self.iopub_thread
        self.shell_port = _on(shell, partial(self._bind, "shell", self.shell_socket))
        self.control_port = _on(control, partial(self._bind, "control", self.control_socket))
        self.iopub_port = _on(iopub.io_loop, partial(self._bind, "iopub", iopub.socket))
        endpoint = _on(shell, lambda: self.shell_socket.getsockopt(zmq.LAST_ENDPOINT))
        _on(control, partial(self._connect_debugger, endpoint))

    def _bind(self, name: str, sock: Any) -> int:
        self._apply_curve_server_options(sock)
        port: int = self._bind_socket(sock, getattr(self, f"{name}_port"))
        return port

    def _connect_debugger(self, endpoint: bytes) -> None:
        self._apply_curve_client_options(self.debug_shell_socket)
        self.debug_shell_socket.connect(endpoint)

    def _bind_socket(self, s: Any, port: int) -> Any:
        if self.waiting:
            return port
        return super()._bind_socket(s, port)  # type: ignore[no-untyped-call]

    def init_poller(self) -> None:
        """Watch the process that asked for the kernel: it is not the parent of a fork."""
        if self.watched_pid and not self.waiting:
            self.poller = ProcessWatch(self.watched_pid)

    def init_connection_file(self) -> None:
        """Load the connection file, once there is one."""
        self._unless_waiting(super().init_connection_file)

    def init_heartbeat(self) -> None:
        """Start the heartbeat, once its port is known."""
        self._unless_waiting(super().init_heartbeat)

    def write_connection_file(self, **kwargs: Any) -> None:
        """Write the connection file, once its name is known."""
        self._unless_waiting(partial(super().write_connection_file, **kwargs))

    def log_connection_info(self) -> None:
        """Log how to connect, once that is possible."""
        self._unless_waiting(super().log_connection_info)

    def init_gui_pylab(self) -> None:
        """Choose matplotlib's backend, once the environment is the kernel's own."""
        self._unless_waiting(super().init_gui_pylab)

    def init_extensions(self) -> None:
        """Load IPython extensions, once the environment is the kernel's own."""
        self._unless_waiting(super().init_extensions)

    def init_code(self) -> None:
        """Run start-up files, once environment and working folder are the kernel's own."""
        if not self.waiting:
            with _hidden_modules(shellapp):
                super().init_code()  # type: ignore[no-untyped-call]
            self.shell._sys_modules_keys = module_names  # noqa: SLF001

    def init_kernel(self) -> None:
        """Create the kernel itself."""
        with _hidden_modules(ipkernel), no_debugger() as available:
            super().init_kernel()  # type: ignore[no-untyped-call]
        if available:
            self.kernel.debugger = LateDebugger(partial(_make_debugger, self.kernel))
        shell = self.kernel.shell
        if shell.kernel is not self.kernel:  # made in the template
            shell.kernel = shell.parent = self.kernel
            atexit.register(shell.atexit_operations)
        # The files that the debugger does not step into. Not a copy, which would add references.
        self.kernel._kernel_modules = module_files  # noqa: SLF001
        _register_ipywidgets(self.kernel)

    def _unless_waiting(self, step: Callable[[], None]) -> None:
        if not self.waiting:
            step()


def _make_debugger(kernel: Any) -> Any:
    """Return the debugger that `IPythonKernel` would have made for itself."""
    return kernel.debugger_class(
        kernel.log,
        kernel.debugpy_stream,
        kernel._publish_debug_event,  # noqa: SLF001
        kernel.debug_shell_socket,
        kernel.session,
        kernel._kernel_modules,  # noqa: SLF001
        kernel.debug_just_my_code,
        kernel.filter_internal_frames,
    )


def _register_ipywidgets(kernel: Any) -> None:
    """Register with the kernel what preloaded libraries register while they are imported."""
    # ipywidgets registers the comms for widget states only if a kernel exists when it is imported.
    if (ipywidgets := sys.modules.get("ipywidgets")) is not None:
        ipywidgets.load_ipython_extension(kernel.shell)


module_names: set[str] = set()
module_files: list[str] = []


def remember_modules() -> None:
    """Record in the template which modules are loaded, for `_hidden_modules`."""
    module_names.update(sys.modules)
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    module_files.extend(file for file in files if file)


class _SysWithoutModules:
    """The `sys` module without its modules, for code that must not iterate over them."""

    modules: dict[str, ModuleType] = {}  # noqa: RUF012

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


@contextlib.contextmanager
def _hidden_modules(module: Any) -> Iterator[None]:
    """Hide the loaded modules from `module`.

    ipykernel and IPython each make a list of all modules as a kernel starts. One more reference to
    two thousand objects scattered over the heap copies 8 MB into every kernel; the template has made
    the lists once.
    """
    module.sys = _SysWithoutModules()
    try:
        yield
    finally:
        module.sys = sys


def _on(loop: IOLoop, call: Callable[[], Any]) -> Any:
    """Return what `call` returns when run by the thread of `loop`."""
    done: Future[Any] = Future()

    def run() -> None:
        try:
            done.set_result(call())
        except BaseException as error:
            done.set_exception(error)

    loop.add_callback(run)
    return done.result(_TIMEOUT)
