"""The kernelspec that makes Jupyter servers use the provisioner."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpecManager

from umkm_kernels.server import DEFAULT_ARGV

NAME = "umkm-fork"
PROVISIONER = "fork-provisioner"


def kernel_dict(display_name: str = "Python 3 (forked)", **config: Any) -> dict[str, Any]:
    """Return the content of kernel.json; `config` are traits of `ForkProvisioner`."""
    spec: dict[str, Any] = get_kernel_dict(extra_arguments=list(DEFAULT_ARGV))
    spec["display_name"] = display_name
    spec["metadata"]["kernel_provisioner"] = {"provisioner_name": PROVISIONER, "config": config}
    return spec


def write(folder: Path, display_name: str = "Python 3 (forked)", **config: Any) -> Path:
    """Write a kernelspec into `folder` and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for logo in Path(RESOURCES).glob("logo*"):
        shutil.copy(logo, folder)
    text = json.dumps(kernel_dict(display_name, **config), indent=1)
    (folder / "kernel.json").write_text(text + "\n", encoding="utf-8")
    return folder


def install(
    name: str = NAME,
    *,
    preload: Sequence[str] = (),
    pool: int = 2,
    prefix: str | None = sys.prefix,
    **limits: float,
) -> Path:
    """Install a kernelspec for forked kernels and return its folder.

    Args:
        name: The kernel's name; `python3` makes every notebook use it.
        preload: Modules that a template imports which a server starts for itself.
        pool: The number of warm workers of such a template.
        prefix: Where to install; None installs for the user.
        limits: Other traits of `ForkProvisioner`: `memory_mb`, `cpu_seconds`, `launch_timeout`.
    """
    config: dict[str, Any] = {"preload": list(preload), "pool": pool}
    config |= {name: value for name, value in limits.items() if value}
    with tempfile.TemporaryDirectory() as scratch:
        source = write(Path(scratch) / name, **config)
        installed = KernelSpecManager().install_kernel_spec(
            str(source), kernel_name=name, user=prefix is None, prefix=prefix
        )
    return Path(installed)
