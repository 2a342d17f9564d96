"""Kernels of a class, forked from one warm template instead of started anew for each page."""

from __future__ import annotations

import os
from pathlib import Path

from umkm_apps.runtime.secrets import FOLDER
from umkm_kernels import TemplateServer
from umkm_kernels.spec import write
from umkm_tools import FOLDERS
from umkm_tools.registry import tools

#: What pages and grading import; done once, before anybody waits for it.
PRELOAD = (
    "ipywidgets",
    "anywidget",
    "umkm_apps.kernel.assignment",
    "umkm_apps.kernel.setup",
    "umkm_apps.kernel.tool",
    "umkm_apps.kernel.preload",
    "umkm_widgets.posing",
    "umkm_widgets.sheet",
    *(tool.page_module for tool in tools().values()),
)
#: What a probe process does before the template forks.
WARMUP = ("from umkm_apps.kernel.warmup_script import rehearse", "rehearse()")
#: Kernels that wait, initialised, for the next pages: a class taps its lesson within seconds.
POOL = 6


def use_forked_kernels(data_dir: Path) -> None:
    """Let Jupyter in this process, and in those it starts, fork its Python kernels.

    The kernelspec takes the name of the stock one, so that every notebook uses it as it is.
    """
    folder = data_dir / FOLDER / "jupyter-data"
    write(folder / "kernels" / "python3", "Python 3 (ipykernel)", preload=list(PRELOAD), pool=0)
    others = [path for path in [os.environ.get("JUPYTER_PATH")] if path]
    os.environ["JUPYTER_PATH"] = os.pathsep.join([str(folder), *others])


def open_template() -> TemplateServer:
    """A running template for the servers of a class; it gets ready while they start."""
    further = {FOLDERS: os.environ[FOLDERS]} if FOLDERS in os.environ else {}
    template = TemplateServer(PRELOAD, pool=POOL, warmup=WARMUP, env=further)
    template.start()
    os.environ.update(template.environment)
    return template


def trouble_in_words(template: TemplateServer) -> str:
    """Why kernels are not forked now, or nothing."""
    try:
        state = template.status(timeout=1).state
    except OSError:
        state = "starting"
    if state == "ready":
        return ""
    if state == "refused":  # the servers' logs say why
        return "Halaman dibuka lebih lambat dari biasa. Catatannya ada di folder log."
    return "Kernel sedang disiapkan…"
