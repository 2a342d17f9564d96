"""Authorization of kernels: only the participant whose page a kernel runs may reach it.

Stock Voila lets any logged-in person read, type into and kill another's kernel; only the secrecy
of the kernel id protects it.
"""

from __future__ import annotations

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import User
from jupyter_server.base.handlers import JupyterHandler

#: What a browser may say to a kernel: widgets talk over comms, nothing runs code or ends kernels.
ALLOWED_MESSAGES = [
    "comm_open",
    "comm_close",
    "comm_msg",
    "comm_info_request",
    "kernel_info_request",
]


class OwnerAuthorizer(Authorizer):
    """Allows participants their own kernels, and nothing else behind `@authorized`."""

    def is_authorized(
        self, handler: JupyterHandler, user: User, action: str, resource: str
    ) -> bool:
        """Return whether the request's kernel was started for this user."""
        kernel_id = getattr(handler, "kernel_id", None) or handler.path_kwargs.get("kernel_id")
        manager = handler.settings["kernel_manager"]
        return kernel_id is not None and manager.is_owner(kernel_id, user.username)
