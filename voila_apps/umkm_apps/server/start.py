"""Starts the trainees' server: one process, or several behind a balancer."""

from __future__ import annotations

from umkm_apps.runtime.settings import settings_from_environment

from .channel import make_channel


def main() -> None:
    """Serve the class that the environment describes, until SIGTERM or Ctrl-C."""
    settings = settings_from_environment()
    if settings.processes > 1 and can_hand_over():
        from .balancer import balance  # noqa: PLC0415  -- it needs little of what the server does

        balance(settings)
    else:
        from .app import main as serve  # noqa: PLC0415

        serve()


def can_hand_over() -> bool:
    """Return whether this system can hand connections to another process; Windows and macOS cannot."""
    try:
        ends = make_channel()
    except OSError:
        return False
    for end in ends:
        end.close()
    return True
