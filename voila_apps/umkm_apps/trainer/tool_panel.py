"""Show the trainer's panel of a practice tool in a notebook of the trainer's JupyterLab."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from importlib import import_module

from IPython.display import display

from umkm_apps.runtime.settings import CLASS
from umkm_tools.base.trainer_panel import TrainerPanel
from umkm_tools.registry import tools

from .staff_records import staff_records

_stop_last: Callable[[], object] = lambda: None  # noqa: E731


def show_trainer_panel(name: str) -> None:
    """Display the panel of a tool, for the class that `umkm workshop` opened.

    Running the cell again replaces the earlier one.

    Args:
        name: the tool's name in its address.

    Raises:
        KeyError: there is no tool of this name.
    """
    global _stop_last  # noqa: PLW0603 - one panel a kernel, and the cell may be run again
    trainer = import_module(tools()[name].trainer_module)
    records = staff_records()
    if records is None:
        return
    _stop_last()
    panel: TrainerPanel = trainer.panel(records, os.environ[CLASS])
    panel.refresh()
    display(panel.view)
    _stop_last = asyncio.get_running_loop().create_task(panel.keep_fresh()).cancel
