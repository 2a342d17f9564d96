"""The assignment page: the questions of the sheet the server named."""

from __future__ import annotations

import os
from pathlib import Path

from IPython.display import display

from umkm_apps.settings import COURSES, SHEET
from umkm_courses import load_catalogue
from umkm_widgets import assess


def show_assignment() -> None:
    """Display the questions, each a widget that keeps its answer; there is no key in this process."""
    assignment = load_catalogue(Path(os.environ[COURSES])).assignment(os.environ[SHEET])
    for asked in assignment.questions:
        display(assess(asked.id, asked.question, asked.points))
