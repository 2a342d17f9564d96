"""Forked kernels for a class: the kernelspec and the template that servers use."""

from __future__ import annotations

import os
from pathlib import Path

from umkm_apps.runtime.secrets import FOLDER
from umkm_apps.runtime.settings import PAGE_KERNELS
from umkm_kernels import TemplateServer
from umkm_kernels.spec import write
from umkm_tools import FOLDERS
from umkm_tools.registry import tools

#: Modules that pages and grading import; the template imports them once.
PRELOAD = (
    "ipywidgets",
    "anywidget",
    "umkm_apps.kernel.assignment",
    "umkm_apps.kernel.setup",
    "umkm_apps.kernel.tool",
    "umkm_apps.kernel.preload",
    "umkm_widgets.display",
    "umkm_widgets.sheet",
    *(tool.page_module for tool in tools().values()),
)
#: The cells that the probe process runs for the usage profile.
WARMUP = ("from umkm_apps.kernel.warmup_script import rehearse", "rehearse()")
#: Pre-forked workers where pages of participants have kernels: a class opens its lesson within seconds.
POOL = 6
#: Where they have none: the trainer's notebooks alone.
SMALL_POOL = 2


def use_forked_kernels(data_dir: Path) -> None:
    """Set up forked Python kernels for this process and those that it starts.

    The kernelspec has the name of the stock one, so that every notebook uses it.
    """
    folder = data_dir / FOLDER / "jupyter-data"
    write(folder / "kernels" / "python3", "Python 3 (ipykernel)", preload=list(PRELOAD), pool=0)
    others = [path for path in [os.environ.get("JUPYTER_PATH")] if path]
    os.environ["JUPYTER_PATH"] = os.pathsep.join([str(folder), *others])


def pages_have_kernels() -> bool:
    """Return whether the environment asks for a kernel for each page of a participant."""
    return bool(os.environ.get(PAGE_KERNELS))


def open_template(*, page_kernels: bool) -> TemplateServer:
    """Start a template for the servers of a class, and return it; it becomes ready while they start.

    Without kernels for participants' pages the trainer's notebooks alone need it: nothing is then
    won by the three seconds of the probe process.
    """
    further = {FOLDERS: os.environ[FOLDERS]} if FOLDERS in os.environ else {}
    pool, warmup = (POOL, WARMUP) if page_kernels else (SMALL_POOL, None)
    template = TemplateServer(PRELOAD, pool=pool, warmup=warmup, env=further)
    template.start()
    os.environ.update(template.environment)
    return template


def template_trouble(template: TemplateServer) -> str:
    """Return why kernels cannot be forked now, "" if they can."""
    try:
        state = template.status(timeout=1).state
    except OSError:
        state = "starting"
    if state == "ready":
        return ""
    if state == "refused":  # the servers' logs say why
        return "Halaman dibuka lebih lambat dari biasa. Catatannya ada di folder log."
    return "Kernel sedang disiapkan…"
