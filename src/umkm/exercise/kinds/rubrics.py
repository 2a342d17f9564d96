"""Rubrics: what staff look for in an answer, with the points of each line."""

from collections.abc import Mapping
from typing import Any

from umkm.errors import QuestionError
from umkm.exercise.keys import is_points


def check_rubric(prompt: str, rubric: object) -> dict[str, float]:
    """Return a rubric that can be shown.

    Raises:
        QuestionError: it is none, too long, or a line has no text or no points.
    """
    if rubric is None:
        return {}
    if not isinstance(rubric, Mapping) or len(rubric) > 10:
        raise QuestionError(f"{prompt!r}: a rubric is at most 10 lines, text -> points")
    for line, points in rubric.items():
        if not isinstance(line, str) or not line.strip() or not is_points(points) or points <= 0:
            raise QuestionError(f"rubric {line!r}: a text with points above 0")
    return dict(rubric)


def rubric_to_json(rubric: Mapping[str, float]) -> dict[str, object]:
    """Return a rubric as a field of its question: a list, because its order matters; nothing if empty."""
    lines = [{"text": text, "points": points} for text, points in rubric.items()]
    return {"rubric": lines} if lines else {}


def rubric_from_json(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question's fields with the rubric back as it was written.

    Raises:
        QuestionError: any other JSON.
    """
    if "rubric" not in fields:
        return dict(fields)
    try:
        rubric = {line["text"]: line["points"] for line in fields["rubric"]}
    except (KeyError, TypeError) as error:
        raise QuestionError("rubric: a list of {text, points}") from error
    return {**fields, "rubric": rubric}
