"""Spaced review (*Ingat*): exercises of earlier lessons that a participant is due for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from umkm.recall import pick
from umkm_courses.lessons import Exercise, read_exercises
from umkm_widgets import ReviewQuestion
from umkm_widgets.practice_question import PracticeQuestion, make_practice_question

from .api_client import KernelApiClient


@dataclass(frozen=True)
class _Met:
    """An exercise of an earlier lesson, and the sheet its checks are recorded on."""

    sheet: str
    question_id: str
    exercise: Exercise


class EarlierLessons:
    """Picks exercises of the lessons before this one, in the folder this page runs in.

    Practice carries its key, so that a page's kernel may read other lessons; it never opens an
    assignment.
    """

    def __init__(self, api: KernelApiClient, folder: Path) -> None:
        self._api = api
        self._course, _, self._slug = api.sheet.partition("/")
        self._folder = folder

    def __call__(self, count: int) -> Sequence[ReviewQuestion]:
        """Return the most overdue exercises, at most `count`; none in the first lesson of a course."""
        pool = {f"{met.sheet} {met.question_id}": met for met in self._met()}
        history = self._api.checks(sorted({met.sheet for met in pool.values()})) if pool else []
        times = [checked.question for checked in history]
        chosen = pick(history, list(pool), count)
        return [self._ask(pool[name], times.count(name) + 2) for name in chosen]

    def _met(self) -> list[_Met]:
        earlier = [path for path in sorted(self._folder.glob("*.ipynb")) if path.stem < self._slug]
        return [
            _Met(f"{self._course}/{path.stem}", question_id, exercise)
            for path in earlier
            for question_id, exercise in read_exercises(path).items()
            if exercise.key is not None
        ]

    def _ask(self, met: _Met, attempt: int) -> ReviewQuestion:
        practice_question = _practice_question(met)
        practice_question.draw_for(self._api.participant, attempt)
        practice_question.note_check = partial(self._api.note_check, met.sheet, met.question_id)
        return ReviewQuestion(met.question_id, practice_question)


def _practice_question(met: _Met) -> PracticeQuestion:
    key, why = met.exercise.key, met.exercise.why
    if key is None:
        raise ValueError(met.question_id)
    return make_practice_question(
        met.question_id,
        met.exercise.question,
        key.right,
        near=key.near,
        tolerance=key.tolerance,
        why=why[0] if len(why) == 1 else why,
    )
