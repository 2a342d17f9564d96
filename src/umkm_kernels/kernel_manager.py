"""A kernel manager whose kernels speak over Unix sockets, for Jupyter servers that have no setting for it."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from umkm_kernels.socket_folders import make_socket_folder


class SocketKernelManager(AsyncMappingKernelManager):
    """Keeps connection files, and with them the kernels' sockets, in a folder with a short path.

    A port may be taken by another program between its choice and its use, and a server that then speaks to
    a stranger hangs (docs/kernels.md). `KernelManager.transport = "ipc"` alone would put the sockets beside the
    connection files in `jupyter_runtime_dir`, whose path may be too long for one.
    """

    def __init__(self, **kwargs: Any) -> None:
        # The server names its runtime folder here; formgrader looks for servers there, so that one stays.
        super().__init__(**kwargs | {"connection_dir": str(make_socket_folder("lab"))})  # type: ignore[no-untyped-call]
        self.config.KernelManager.transport = "ipc"
