"""Finds an assignment by its name, its title, or the beginning of either."""

from __future__ import annotations

from collections.abc import Iterable

from umkm.exercise.parsed_answers import fold_text
from umkm_courses import Assignment

from .errors import CliError

#: The word that titles of assignments begin with; it need not be typed.
_KIND = "tugas"


def find_task(assignments: Iterable[Assignment], typed: str) -> str:
    """Return the name of the assignment that `typed` names; case, spaces and punctuation are ignored.

    Raises:
        CliError: none matches, or more than one; the message lists them.
    """
    known = list({one.name: one for one in assignments}.values())
    wanted = fold_text(typed)
    for fits in (str.__eq__, str.startswith):
        found = [one for one in known if wanted and any(fits(key, wanted) for key in _keys(one))]
        if len(found) == 1:
            return found[0].name
        if found:
            raise CliError(f"{typed} bisa berarti: {_listed(found)}. Tulis lebih lengkap.")
    raise CliError(f"Tugas {typed} tidak ada di kelas ini. Yang ada: {_listed(known)}.")


def _keys(one: Assignment) -> tuple[str, ...]:
    title = fold_text(one.title)
    return fold_text(one.name), title, title.removeprefix(_KIND)


def _listed(assignments: Iterable[Assignment]) -> str:
    return ", ".join(f"{one.title.removeprefix('Tugas: ')} ({one.name})" for one in assignments)
