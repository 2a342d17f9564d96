"""The template: a process with one thread that imports modules, then forks on request.

It does not receive the requests of kernels: it gets one end of a socket pair and forks, and the
worker reads from it. So the request of one kernel is never in the memory of another.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
from pathlib import Path

from umkm_kernels import memory, preload, protocol
from umkm_kernels.usage_profile import UsageProfile, profile_run


def main() -> None:
    """Import the preloads, report, then fork until the broker closes its end."""
    # As in ipykernel_launcher: a file in the working folder must not shadow a library.
    if sys.path[0] == "" or Path(sys.path[0]) == Path.cwd():
        del sys.path[0]
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    settings, _ = protocol.receive(control)
    before = dict(os.environ)
    gc.disable()
    preload.own([control.fileno()])
    profile = _profile(control, settings)
    memory.intern_names(profile.names)
    try:
        config_files = _load(settings["preload"], settings["argv"])
    except preload.PreloadError as error:
        protocol.send(control, {"refused": str(error)})
        return
    imported = {name: os.environ.get(name) for name in _changed(before)}
    files = preload.source_files(config_files)
    protocol.send(control, {"ready": files, "usage_profile": profile.as_message()})
    del files, config_files
    memory.compact(profile.functions)
    # The garbage collector does not visit frozen objects, so their pages stay shared.
    gc.freeze()
    _serve(control, settings["argv"], imported)


def _serve(control: socket.socket, argv: list[str], imported: dict[str, str | None]) -> None:
    from umkm_kernels.forks import Forks  # noqa: PLC0415  -- imported with the rest, by _load

    Forks(control, argv, imported).run()


def _profile(control: socket.socket, settings: protocol.Message) -> UsageProfile:
    """Return the usage profile of an earlier template, or the one a probe process measures."""
    known = UsageProfile.from_message(settings["usage_profile"])
    if known is not None or not settings["warmup"]:
        return known or UsageProfile()

    def prepare() -> None:
        control.close()
        _load(settings["preload"], settings["argv"])

    def serve(connection_file: str) -> None:
        from umkm_kernels.kernel import ForkedKernelApp  # noqa: PLC0415  -- as in _load

        app = ForkedKernelApp.instance()
        app.prepare(settings["argv"])
        app.bind_connection(connection_file)
        app.start()

    return profile_run(prepare, serve, settings["warmup"])


def _load(names: list[str], argv: list[str]) -> list[str]:
    """Load what needs no connection and is the same for all workers.

    Returns:
        The configuration files that were read.
    """
    # Not earlier: nothing large may be imported before names are interned.
    from umkm_kernels import forks  # noqa: F401, PLC0415
    from umkm_kernels.kernel import ForkedKernelApp, remember_modules  # noqa: PLC0415

    preload.load_kernel()
    files = ForkedKernelApp.instance().configure(argv)
    preload.check("the IPython configuration")
    # After the shell exists: ipywidgets and others register with it as they are imported.
    preload.load(names)
    remember_modules()
    return files


def _changed(before: dict[str, str]) -> list[str]:
    names = {*before, *os.environ}
    return [name for name in names if before.get(name) != os.environ.get(name)]


if __name__ == "__main__":
    main()
    # No interpreter shutdown, which would run exit functions of preloads.
    os._exit(0)
