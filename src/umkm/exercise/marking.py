"""Marking: points, a verdict and a sentence of feedback."""

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

_MOST_MESSAGES = 2


@dataclass(frozen=True)
class Mark:
    """Result of marking one answer: `points` of `of`, and a message of one or two sentences.

    `parts` maps each part of an answer to whether it is right; `misunderstandings` names those of
    the course's table that the answer shows.
    """

    verdict: Verdict
    points: float
    of: float
    message: str
    parts: Mapping[str, bool] = field(default_factory=dict)
    misunderstandings: tuple[str, ...] = ()


def mark(question: Question, key: Key | None, answer: object, points: float) -> Mark:
    """Return the mark of an answer; never raises. Without a key, staff decide."""
    match question.read(answer):
        case Empty():
            return Mark("empty", 0, points, EMPTY)
        case Refused(message=message):
            rest = question.salvage(answer)
            if key is None or rest is None:
                return Mark("refused", 0, points, message)
            marked = _mark_judgement(question.judge(key, rest, points), key, points)
            return replace(marked, message=f"{message} {marked.message}")
        case Answered(value=value):
            if key is None or question.by_staff:
                return Mark("manual", 0, points, MANUAL)
            return _mark_judgement(question.judge(key, value, points), key, points)


def check_key(question: Question, key: Key, points: float) -> None:
    """Check that a key fits its question.

    Raises:
        QuestionError: a key outside the question's answers, a near answer that is also right,
            points of a near answer outside 0 to `points`, a message that is empty.
    """
    if not is_points(points) or points <= 0:
        raise QuestionError(f"points {points!r}: a number above 0")
    question.check_key(key, points)


def _mark_judgement(judged: Judgement, key: Key, points: float) -> Mark:
    if judged.earned == points and all(judged.parts.values()):
        return Mark("right", points, points, RIGHT, judged.parts)
    messages = [text for text in map(key.sentence, dict.fromkeys(judged.messages)) if text]
    fits, of = judged.count or (sum(judged.parts.values()), len(judged.parts))
    # Messages come first: a count alone explains nothing.
    message = " ".join(messages[:_MOST_MESSAGES]) or WRONG
    if 0 < fits < of:
        message = f"{message} Sudah benar: {fits} dari {of}."
    return Mark(
        "partly" if judged.earned > 0 else "wrong",
        judged.earned,
        points,
        message,
        judged.parts,
        tuple(name for name in dict.fromkeys(judged.messages) if is_name(name)),
    )
