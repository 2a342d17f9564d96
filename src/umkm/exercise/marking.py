"""Marks an answer against a key: points, a verdict and a sentence for the trainee."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from umkm.errors import QuestionError
from umkm.exercise.answers import Answered, Empty, Refused, read
from umkm.exercise.questions import (
    LongText,
    Question,
    RupiahAmount,
    SingleChoice,
    is_whole,
)

Verdict = Literal["right", "partly", "wrong", "empty", "refused", "manual"]

RIGHT = "Benar."
WRONG = "Belum tepat."
EMPTY = "Belum dijawab."
MANUAL = "Menunggu dinilai pengajar."


@dataclass(frozen=True)
class Key:
    """What is right, and which other answers earn part of the points or name a misunderstanding.

    `near` maps an option id or an amount to (points, message). An amount within `tolerance`
    Rupiah of `right` counts as right.
    """

    right: str | int
    near: Mapping[str | int, tuple[float, str]] = field(default_factory=dict)
    tolerance: int = 0


@dataclass(frozen=True)
class Mark:
    """The outcome of marking one answer: `points` of `of`, and why, in one sentence."""

    verdict: Verdict
    points: float
    of: float
    message: str


def mark(question: Question, key: Key | None, answer: object, points: float) -> Mark:
    """Mark an answer. Total: any JSON is an answer. Without a key, staff decide."""
    match read(question, answer):
        case Empty():
            return Mark("empty", 0, points, EMPTY)
        case Refused(message=message):
            return Mark("refused", 0, points, message)
        case Answered(value=value):
            if key is None or isinstance(question, LongText):
                return Mark("manual", 0, points, MANUAL)
            return _compare(key, value, points)


def check_key(question: Question, key: Key, points: float) -> None:
    """Make sure a key fits its question, so that marking can never surprise anybody.

    Raises:
        QuestionError: a key outside the question's answers, a near answer that is also right,
            points of a near answer outside 0 to `points`, a message that is empty.
    """
    if not _is_points(points) or points <= 0:
        raise QuestionError(f"points {points!r}: a number above 0")
    if isinstance(question, LongText):
        raise QuestionError("a long text has no key: staff mark it")
    _check_tolerance(question, key)
    _check_answer(question, key.right)
    for answer, entry in key.near.items():
        _check_answer(question, answer)
        if _is_right(key, answer):
            raise QuestionError(f"near answer {answer!r} is already right")
        _check_near(answer, entry, points)


def _compare(key: Key, value: str | int, points: float) -> Mark:
    if _is_right(key, value):
        return Mark("right", points, points, RIGHT)
    if value in key.near:
        earned, message = key.near[value]
        return Mark("partly" if earned > 0 else "wrong", earned, points, message)
    return Mark("wrong", 0, points, WRONG)


def _is_right(key: Key, value: str | int) -> bool:
    if isinstance(value, int) and isinstance(key.right, int):
        return abs(value - key.right) <= key.tolerance
    return value == key.right


def _check_tolerance(question: Question, key: Key) -> None:
    if not is_whole(key.tolerance) or key.tolerance < 0:
        raise QuestionError(f"tolerance {key.tolerance!r}: whole Rupiah, 0 or more")
    if key.tolerance and not isinstance(question, RupiahAmount):
        raise QuestionError("only a Rupiah amount has a tolerance")


def _check_answer(question: Question, answer: object) -> None:
    if isinstance(question, SingleChoice):
        if not isinstance(answer, str) or answer not in question.options:
            raise QuestionError(f"key {answer!r} is none of the options {list(question.options)}")
    elif isinstance(question, RupiahAmount):
        if not isinstance(answer, int) or isinstance(answer, bool):
            raise QuestionError(f"key {answer!r}: an amount is a whole number of Rupiah")
        if not question.minimum <= answer <= question.maximum:
            raise QuestionError(f"key {answer} is outside {question.minimum} to {question.maximum}")


def _check_near(answer: object, entry: object, points: float) -> None:
    if not isinstance(entry, tuple | list) or len(entry) != 2:
        raise QuestionError(f"near answer {answer!r}: give (points, message)")
    earned, message = entry
    if not _is_points(earned) or not 0 <= earned <= points:
        raise QuestionError(f"near answer {answer!r}: points {earned!r} must be 0 to {points}")
    if not isinstance(message, str) or not message.strip():
        raise QuestionError(f"near answer {answer!r}: say which misunderstanding it shows")


def _is_points(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
