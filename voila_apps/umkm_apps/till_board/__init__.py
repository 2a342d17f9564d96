"""The former name of a trainer's panel, for copies of its notebook that a trainer kept."""

from __future__ import annotations

from umkm_apps.trainer.tool_panel import show_trainer_panel

__all__ = ["show_till_board"]


def show_till_board() -> None:
    """Display the panel of the class that `umkm workshop` opened."""
    show_trainer_panel("kasir-qris")
