"""Marks an answer against a key: points, a verdict and a sentence for the trainee."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from umkm.errors import QuestionError
from umkm.exercise.keys import Key, is_name, is_points
from umkm.exercise.parsed_answers import Answered, Empty, Refused
from umkm.exercise.question import Judgement, Question

Verdict = Literal["right", "partly", "wrong", "empty", "refused", "manual"]

RIGHT = "Benar."
WRONG = "Belum tepat."
EMPTY = "Belum dijawab."
MANUAL = "Menunggu dinilai pengajar."

_MOST_SAID = 2


@dataclass(frozen=True)
class Mark:
    """The outcome of marking one answer: `points` of `of`, and why, in a sentence or two.

    `parts` says of each part of an answer whether it is right; `misunderstandings` names those of
    the course's table that the answer shows.
    """

    verdict: Verdict
    points: float
    of: float
    message: str
    parts: Mapping[str, bool] = field(default_factory=dict)
    misunderstandings: tuple[str, ...] = ()


def mark(question: Question, key: Key | None, answer: object, points: float) -> Mark:
    """Mark an answer. Total: any JSON is an answer. Without a key, staff decide."""
    match question.read(answer):
        case Empty():
            return Mark("empty", 0, points, EMPTY)
        case Refused(message=message):
            rest = question.salvage(answer)
            if key is None or rest is None:
                return Mark("refused", 0, points, message)
            told = _told(key, question.judge(key, rest, points), points)
            return replace(told, message=f"{message} {told.message}")
        case Answered(value=value):
            if key is None or question.by_staff:
                return Mark("manual", 0, points, MANUAL)
            return _told(key, question.judge(key, value, points), points)


def check_key(question: Question, key: Key, points: float) -> None:
    """Make sure a key fits its question, so that marking can never surprise anybody.

    Raises:
        QuestionError: a key outside the question's answers, a near answer that is also right,
            points of a near answer outside 0 to `points`, a message that is empty.
    """
    if not is_points(points) or points <= 0:
        raise QuestionError(f"points {points!r}: a number above 0")
    question.check_key(key, points)


def _told(key: Key, judged: Judgement, points: float) -> Mark:
    if judged.earned == points and all(judged.parts.values()):
        return Mark("right", points, points, RIGHT, judged.parts)
    said = [sentence for sentence in map(key.sentence, dict.fromkeys(judged.said)) if sentence]
    fits, of = judged.count or (sum(judged.parts.values()), len(judged.parts))
    # Sayings come first: a count alone teaches nothing.
    message = " ".join(said[:_MOST_SAID]) or WRONG
    if 0 < fits < of:
        message = f"{message} Sudah benar: {fits} dari {of}."
    return Mark(
        "partly" if judged.earned > 0 else "wrong",
        judged.earned,
        points,
        message,
        judged.parts,
        tuple(name for name in dict.fromkeys(judged.said) if is_name(name)),
    )
