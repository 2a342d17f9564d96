"""Spaced review (*Ingat*): exercises of earlier lessons that a participant is due for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from umkm.recall import Checked, pick
from umkm_courses.lessons import Exercise, read_exercises
from umkm_widgets import ReviewQuestion
from umkm_widgets.practice_question import PracticeQuestion, make_practice_question


class Checks(Protocol):
    """The checks of one participant, on whose lesson page the questions are asked again."""

    @property
    def participant(self) -> str:
        """The participant's code: the numbers of a question depend on it."""
        ...

    @property
    def sheet(self) -> str:
        """The lesson's sheet, `<course>/<lesson>`."""
        ...

    def checks(self, sheets: Sequence[str]) -> Sequence[Checked]:
        """Return earlier checks on some sheets that were marked, oldest first."""
        ...

    def note_check_of(
        self, sheet: str, question_id: str, verdict: str, shown: Sequence[str], key: str = ""
    ) -> None:
        """Record a check where its exercise stands; once for each `key`."""
        ...


@dataclass(frozen=True)
class _Met:
    """An exercise of an earlier lesson, and the sheet its checks are recorded on."""

    sheet: str
    question_id: str
    exercise: Exercise


def earlier_lessons(sheet: str, folder: Path) -> Mapping[str, Path]:
    """Return the notebooks of the lessons before a lesson, by their sheets."""
    course, _, slug = sheet.partition("/")
    earlier = [path for path in sorted(folder.glob("*.ipynb")) if path.stem < slug]
    return {f"{course}/{path.stem}": path for path in earlier}


class EarlierLessons:
    """Picks exercises of the lessons before this one, in the folder of its notebook.

    Practice carries its key, so that a page may read other lessons; it never opens an assignment.
    """

    def __init__(self, checks: Checks, folder: Path) -> None:
        self._checks = checks
        self._folder = folder

    def __call__(self, count: int) -> Sequence[ReviewQuestion]:
        """Return the most overdue exercises, at most `count`; none in the first lesson of a course."""
        pool = {f"{met.sheet} {met.question_id}": met for met in self._met()}
        history = self._checks.checks(sorted({met.sheet for met in pool.values()})) if pool else []
        times = [checked.question for checked in history]
        chosen = pick(history, list(pool), count)
        return [self._ask(pool[name], times.count(name) + 2) for name in chosen]

    def _met(self) -> list[_Met]:
        return [
            _Met(sheet, question_id, exercise)
            for sheet, path in earlier_lessons(self._checks.sheet, self._folder).items()
            for question_id, exercise in read_exercises(path).items()
            if exercise.key is not None
        ]

    def _ask(self, met: _Met, attempt: int) -> ReviewQuestion:
        practice_question = _practice_question(met, self._folder)
        practice_question.draw_for(self._checks.participant, attempt)
        practice_question.sheet = met.sheet
        practice_question.note_check = partial(
            self._checks.note_check_of, met.sheet, met.question_id
        )
        return ReviewQuestion(met.question_id, practice_question)


def _practice_question(met: _Met, folder: Path) -> PracticeQuestion:
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
        folder=folder,
    )
