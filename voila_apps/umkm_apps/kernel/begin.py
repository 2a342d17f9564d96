"""Imported by the first cell of every page: from here on, questions know what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from umkm_widgets import Recalled, use_keeper, use_recaller

from .errands import Errands
from .recording import PageKeeper

_errands = Errands.of_this_page()


def _recall(count: int) -> Sequence[Recalled]:
    # Only the step Ingat reads other lessons: no other page waits for what that needs.
    from .recall import EarlierLessons  # noqa: PLC0415

    return EarlierLessons(_errands, Path.cwd())(count)


use_keeper(PageKeeper(_errands))
use_recaller(_recall)
