"""Jupyter kernels forked from a warm template: a few milliseconds and megabytes each.

`ForkProvisioner` is a kernel provisioner of jupyter_client. `TemplateServer` is started by a parent
process, once for several servers. `install` writes a kernelspec that uses them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from umkm_kernels.provisioner import ForkProvisioner
    from umkm_kernels.server import Status, TemplateServer
    from umkm_kernels.spec import install

__all__ = ["ForkProvisioner", "Status", "TemplateServer", "install"]

_HOME = {
    "ForkProvisioner": "umkm_kernels.provisioner",
    "Status": "umkm_kernels.server",
    "TemplateServer": "umkm_kernels.server",
    "install": "umkm_kernels.spec",
}


def __getattr__(name: str) -> Any:
    # Lazily, because the broker imports this package too and must stay small: it runs as long as
    # the server and uses nothing of Jupyter.
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
