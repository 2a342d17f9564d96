"""Kernels that belong to one participant and end when their page is left.

Stock Voila lets any logged-in person read, type into and kill another's kernel; only the secrecy
of the kernel id protects it. Here a kernel knows its owner, and everyone else is refused.
"""

from __future__ import annotations

import asyncio
import os
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import User
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Float

from .settings import PARTICIPANT
from .takeover import TakesOver

#: What a browser may say to a kernel: widgets talk over comms, nothing runs code or ends kernels.
ALLOWED_MESSAGES = [
    "comm_open",
    "comm_close",
    "comm_msg",
    "comm_info_request",
    "kernel_info_request",
]

#: The only variables of the server's environment that a page's kernel inherits: what Python and the
#: operating system need, and nothing that could be a secret.
INHERITED = ("PATH", "HOME", "LANG", "LC_", "TZ", "TMPDIR", "PYTHON", "LD_", "VIRTUAL_ENV", "XDG_",
             "JUPYTER_RUNTIME_DIR", "JUPYTER_PATH")  # fmt: skip


#: Pages one person may have open at once: two phones, and one on its way.
MOST_PAGES = 3


@dataclass(frozen=True)
class PageSession:
    """Who opened a page, and what its kernel is told besides."""

    owner: str
    environment: dict[str, str] = field(default_factory=dict)


#: Set by the page's handler right before Voila starts the kernel, in the same task.
opening: ContextVar[PageSession] = ContextVar("opening")


class OwnedKernelManager(AsyncMappingKernelManager):
    """Starts each kernel for one participant, and shuts it down once nobody looks at its page."""

    closed_grace = Float(5.0, config=True, help="Seconds a closed page's kernel lives on.")
    silent_grace = Float(180.0, config=True, help="Seconds a kernel waits for a broken line.")
    unopened_grace = Float(120.0, config=True, help="Seconds a kernel waits for its first line.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.owners: dict[str, str] = {}
        self._endings: dict[str, asyncio.Task[None]] = {}
        self._left: set[str] = set()
        self._lines: dict[str, set[KernelLine]] = {}

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]  # async upstream too
        """Start a kernel owned by the participant whose page is opening."""
        session = opening.get()
        environment = {k: v for k, v in os.environ.items() if k.startswith(INHERITED)}
        voila = {k: v for k, v in kwargs.get("env", {}).items() if k.startswith("VOILA_")}
        kwargs["env"] = environment | voila | session.environment | {PARTICIPANT: session.owner}
        kernel_id: str = await super().start_kernel(**kwargs)
        self.owners[kernel_id] = session.owner
        self._end_surplus(session.owner)
        self._end_later(kernel_id, self.unopened_grace)
        return kernel_id

    def is_owner(self, kernel_id: str, username: str) -> bool:
        """Whether this kernel was started for this participant."""
        return self.owners.get(kernel_id) == username

    def notify_connect(self, kernel_id: str) -> None:
        """A page's line opened: its kernel stays."""
        super().notify_connect(kernel_id)
        self._left.discard(kernel_id)
        if (ending := self._endings.pop(kernel_id, None)) is not None:
            ending.cancel()

    def notify_disconnect(self, kernel_id: str) -> None:
        """A page's line broke: its kernel waits a while for it to come back."""
        super().notify_disconnect(kernel_id)
        if self._kernel_connections.get(kernel_id, 0) <= 0:
            left = kernel_id in self._left
            self._end_later(kernel_id, self.closed_grace if left else self.silent_grace)

    def line_opened(self, kernel_id: str, line: KernelLine) -> None:
        """Remember a page's line, so that it can be told when its kernel ends."""
        self._lines.setdefault(kernel_id, set()).add(line)

    def line_closed(self, kernel_id: str, line: KernelLine) -> None:
        """Forget a line."""
        self._lines.get(kernel_id, set()).discard(line)

    def page_closed(self, kernel_id: str) -> None:
        """The reader left the page: its kernel ends soon, unless the line comes back at once."""
        # The word of the page and the end of its line may arrive in either order.
        self._left.add(kernel_id)
        self._end_later(kernel_id, self.closed_grace)

    def _end_later(self, kernel_id: str, seconds: float) -> None:
        if (earlier := self._endings.pop(kernel_id, None)) is not None:
            earlier.cancel()
        self._endings[kernel_id] = asyncio.get_running_loop().create_task(
            self._end_if_alone(kernel_id, seconds)
        )

    def _end_surplus(self, owner: str) -> None:
        """Let the oldest pages of one person go, so that impatient reloads do not fill the laptop."""
        mine = [kernel_id for kernel_id, whose in self.owners.items() if whose == owner]
        for kernel_id in mine[:-MOST_PAGES]:
            self.page_closed(kernel_id)

    async def _end_if_alone(self, kernel_id: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._endings.pop(kernel_id, None)
        alone = kernel_id in self._left or self._kernel_connections.get(kernel_id, 0) <= 0
        if kernel_id in self and alone:
            await self.shutdown_kernel(kernel_id, now=True)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended, and whose it was."""
        self.owners.pop(kernel_id, None)
        self._left.discard(kernel_id)
        # Stock Jupyter leaves these open: the page would go on as if somebody listened.
        for line in self._lines.pop(kernel_id, set()):
            line.close()
        if (ending := self._endings.pop(kernel_id, None)) is not None:
            ending.cancel()
        return super().remove_kernel(kernel_id)


class KernelLine(TakesOver):
    """A page's WebSocket to its kernel; it ends when the kernel does."""

    async def open(self, kernel_id: str) -> None:
        """The line is up."""
        await super().open(kernel_id)
        self.kernel_manager.line_opened(kernel_id, self)

    def on_close(self) -> None:
        """The line is down."""
        self.kernel_manager.line_closed(self.kernel_id, self)
        super().on_close()


class OwnerAuthorizer(Authorizer):
    """Lets a participant reach their own kernels and nothing else behind `@authorized`."""

    def is_authorized(
        self, handler: JupyterHandler, user: User, action: str, resource: str
    ) -> bool:
        """Whether the request's kernel was started for this user."""
        kernel_id = getattr(handler, "kernel_id", None) or handler.path_kwargs.get("kernel_id")
        manager = handler.settings["kernel_manager"]
        return kernel_id is not None and manager.is_owner(kernel_id, user.username)
