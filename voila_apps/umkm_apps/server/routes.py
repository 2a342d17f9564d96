"""All routes of the trainees' server: the `ROUTES` of the handler modules, joined."""

from __future__ import annotations

from typing import Any

from umkm_apps.web import (
    alive,
    answers,
    assignment_page,
    home,
    joining,
    lesson_page,
    login,
    notebook_page,
    photos,
    practice_check,
    queue_page,
    results,
    submit,
    tools,
)
from umkm_apps.web.static_files import STATIC_RULES

_MODULES = (
    home,
    alive,
    login,
    joining,
    lesson_page,
    assignment_page,
    notebook_page,
    answers,
    practice_check,
    submit,
    photos,
    results,
    tools,
    queue_page,
)


def our_routes(base_url: str) -> list[Any]:
    """Return Tornado rules for our pages below the server's base address."""
    rules: list[tuple[Any, ...]] = [rule for module in _MODULES for rule in module.ROUTES]
    return [(base_url + rule[0], *rule[1:]) for rule in [*rules, *STATIC_RULES]]
