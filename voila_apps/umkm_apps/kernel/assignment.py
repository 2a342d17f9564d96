"""The assignment page: shows the questions in its kernel's environment."""

from __future__ import annotations

import json
import os

from IPython.display import display

from umkm.exercise import question_from_json
from umkm_apps.runtime.settings import QUESTIONS
from umkm_widgets import assess


def show_assignment() -> None:
    """Display the questions, each a widget that keeps its answer.

    This process never opens the assignment's notebook, so no key is ever in its memory.
    """
    for asked in json.loads(os.environ[QUESTIONS]):
        display(assess(asked["id"], question_from_json(asked["question"]), asked["points"]))
