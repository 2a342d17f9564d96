"""A kernel manager that connects over Unix sockets, for Jupyter servers without a setting for it."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from umkm_kernels.socket_folders import make_socket_folder


class SocketKernelManager(AsyncMappingKernelManager):
    """Keeps connection files, and with them the kernels' sockets, in a folder with a short path.

    Another program may take a TCP port between its choice and its use, and a server that then connects
    to it may hang (docs/kernels.md). `KernelManager.transport = "ipc"` alone would put the sockets beside
    the connection files in `jupyter_runtime_dir`, whose path may be too long for a socket.
    """

    def __init__(self, **kwargs: Any) -> None:
        # Only the connection folder is replaced: formgrader looks for servers in the runtime folder.
        super().__init__(**kwargs | {"connection_dir": str(make_socket_folder("lab"))})  # type: ignore[no-untyped-call]
        self.config.KernelManager.transport = "ipc"
