"""The cells of an assignment notebook: `ask`, `show` and `mark`.

Answers live in `answers.json` beside the notebook, never in its cells. While nbgrader runs the
notebook no widget library is loaded, and `mark` always ends in a number: nbgrader gives full
points to a graded cell that says nothing.
"""

import html
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from umkm.errors import QuestionError
from umkm.exercise import Key, Question, check_key, long_text, readable, rupiah, single_choice
from umkm.exercise import mark as mark_answer
from umkm_widgets.answer_file import FILE_NAME, FileKeeper, read_answers

MARK_MIME: Final = "application/vnd.umkm.mark+json"

_UNKNOWN: Final = "Soal ini tidak ada di lembar ini."


@dataclass(frozen=True)
class _Asked:
    question: Question
    points: float


@dataclass
class _Sheet:
    """The questions asked so far in this kernel: one kernel runs one notebook."""

    asked: dict[str, _Asked] = field(default_factory=dict)


_sheet: Final = _Sheet()


def ask(question_id: str, question: Question, points: float) -> None:
    """Put a question on the sheet, and show it unless nbgrader is running the notebook."""
    _sheet.asked[question_id] = _Asked(question, points)
    if "NBGRADER_EXECUTION" in os.environ:
        return
    from umkm_widgets.question import QuestionWidget  # noqa: PLC0415 - see the module's docstring

    _display_widget(
        QuestionWidget(
            question_id, question, points=points, keeper=FileKeeper(Path.cwd() / FILE_NAME)
        )
    )


def show(question_id: str) -> None:
    """Display the answer for whoever reads the notebook: escaped, under its prompt."""
    asked = _sheet.asked.get(question_id)
    if asked is None:
        _display_text(question_id, _UNKNOWN)
        return
    stored = read_answers(Path(FILE_NAME))
    answer = readable(asked.question, stored.answers.get(question_id))
    _display_text(asked.question.prompt, answer, stored.note)


def mark(
    question_id: str,
    right: str | int,
    *,
    near: Mapping[Any, tuple[float, str]] | None = None,
    tolerance: int = 0,
) -> int | float:
    """Mark the answer, display the verdict and give the points earned.

    Raises:
        QuestionError: the question was not asked, or the key does not fit it.
    """
    asked = _sheet.asked.get(question_id)
    if asked is None:
        raise QuestionError(f"mark({question_id!r}): ask() this question before marking it")
    key = Key(right, dict(near or {}), tolerance)
    check_key(asked.question, key, asked.points)
    answer = read_answers(Path(FILE_NAME)).answers.get(question_id)
    outcome = mark_answer(asked.question, key, answer, asked.points)
    earned = _as_number(outcome.points)
    told = {
        "question": question_id,
        "verdict": outcome.verdict,
        "points": earned,
        "of": _as_number(outcome.of),
        "message": outcome.message,
    }
    score = f"{_written(earned)} dari {_written(_as_number(outcome.of))} poin"
    plain = f"{outcome.message} ({score})"
    _display(
        {
            MARK_MIME: told,
            "text/html": f'<p lang="id">{html.escape(plain)}</p>',
            "text/plain": plain,
        }
    )
    return earned


def _as_number(points: float) -> int | float:
    return int(points) if float(points).is_integer() else float(points)


def _written(points: float) -> str:
    return str(points).replace(".", ",")


def _display_text(heading: str, text: str, note: str = "") -> None:
    # Lines are kept: a text would run together for whoever grades it.
    body = (
        f'<h4 style="white-space: pre-line">{html.escape(heading)}</h4>'
        f'<p style="white-space: pre-wrap; overflow-wrap: anywhere">{html.escape(text)}</p>'
    )
    if note:
        body += f"<p><em>{html.escape(note)}</em></p>"
    plain = "\n".join(line for line in (heading, text, note) if line)
    _display({"text/html": f'<div lang="id">{body}</div>', "text/plain": plain})


def _display(bundle: Mapping[str, object]) -> None:
    from IPython.display import display  # noqa: PLC0415 - readers of this module need no IPython

    display(dict(bundle), raw=True)  # type: ignore[no-untyped-call]


def _display_widget(widget: object) -> None:
    from IPython.display import display  # noqa: PLC0415

    display(widget)  # type: ignore[no-untyped-call]


__all__ = ["MARK_MIME", "ask", "long_text", "mark", "rupiah", "show", "single_choice"]
