"""The cells of an assignment notebook: `ask`, `show` and `mark`.

Answers are in `answers.json` beside the notebook, never in its cells. The file also names the
participant, and with that the numbers each question had. While nbgrader runs the notebook no widget
library is loaded, and `mark` always returns a number: nbgrader gives full points to a graded cell
without output.
"""

import html
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from umkm.errors import QuestionError
from umkm.exercise import (
    KINDS,
    Asking,
    Key,
    check_key,
    make,
    readable,
    seed_of,
    vary,
)
from umkm.exercise import mark as mark_answer
from umkm.exercise.keys import Near
from umkm_widgets.answer_file import FILE_NAME, FileAnswerStore, read_answers
from umkm_widgets.misunderstanding_table import find_misunderstandings
from umkm_widgets.photo_files import pictures_of
from umkm_widgets.session import AskedQuestion, current_session, display_here

MARK_MIME: Final = "application/vnd.umkm.mark+json"

#: Environment variables with the participant: set by our server for a page's kernel, by JupyterHub
#: for a notebook server.
_PARTICIPANT: Final = ("UMKM_PARTICIPANT", "JUPYTERHUB_USER")

_UNKNOWN: Final = "Soal ini tidak ada di lembar ini."
_LOST: Final = "Foto ini tidak ada di kiriman, atau berkasnya berubah."


# The constructors that authors use.
globals().update(KINDS)


def ask(question_id: str, question: Asking, points: float) -> None:
    """Register a question, and show it unless nbgrader is running the notebook.

    Raises:
        QuestionError: its numbers cannot be drawn.
    """
    variant = make(question, seed_of(_participant(), question_id))
    current_session().asked[question_id] = AskedQuestion(variant, points)
    if "NBGRADER_EXECUTION" in os.environ:
        return
    from umkm_widgets.question import QuestionWidget  # noqa: PLC0415 - see the module's docstring

    display_here(
        QuestionWidget(
            question_id,
            variant.question,
            points=points,
            store=FileAnswerStore(Path.cwd() / FILE_NAME),
        )
    )


def _participant() -> str:
    """Return whose numbers to show: as the server wrote it, or who works here in JupyterLab.

    Grading always has it from the server, so setting another name here gains nothing.
    """
    stored = read_answers(Path(FILE_NAME)).participant
    return stored or next(filter(None, map(os.environ.get, _PARTICIPANT)), "")


def show(question_id: str) -> None:
    """Show the answer under its prompt, as escaped text; photos as pictures."""
    asked = current_session().asked.get(question_id)
    if asked is None:
        _display_text(question_id, _UNKNOWN)
        return
    stored = read_answers(Path(FILE_NAME))
    question = asked.variant.question
    answer = stored.answers.get(question_id)
    _display_text(question.prompt, readable(question, answer), stored.note)
    if names := question.photos(answer):  # the photo decoder is loaded only here
        _display_photos(names)


def mark(
    question_id: str,
    right: object,
    *,
    near: Mapping[Any, Near] | None = None,
    tolerance: float = 0,
) -> int | float:
    """Return the points earned, and show the verdict.

    Raises:
        QuestionError: the question was not asked, or the key does not fit it.
    """
    asked = current_session().asked.get(question_id)
    if asked is None:
        raise QuestionError(f"mark({question_id!r}): ask() this question before marking it")
    question = asked.variant.question
    key = asked.variant.key(
        Key(right, dict(near or {}), tolerance, find_misunderstandings(Path.cwd()))
    )
    check_key(question, key, asked.points)
    answer = read_answers(Path(FILE_NAME)).answers.get(question_id)
    outcome = mark_answer(question, key, answer, asked.points)
    earned = _as_number(outcome.points)
    payload = {
        "question": question_id,
        "verdict": outcome.verdict,
        "points": earned,
        "of": _as_number(outcome.of),
        "message": outcome.message,
        "misunderstandings": list(outcome.misunderstandings),
    }
    score = f"{_decimal_comma(earned)} dari {_decimal_comma(_as_number(outcome.of))} poin"
    plain = f"{outcome.message} ({score})"
    _display(
        {
            MARK_MIME: payload,
            "text/html": f'<p lang="id">{html.escape(plain)}</p>',
            "text/plain": plain,
        }
    )
    return earned


def _as_number(points: float) -> int | float:
    return int(points) if float(points).is_integer() else float(points)


def _decimal_comma(points: float) -> str:
    return str(points).replace(".", ",")


def _display_text(heading: str, text: str, note: str = "") -> None:
    # Line breaks are kept, so that a reviewer reads the text as it was written.
    body = (
        f'<h4 style="white-space: pre-line">{html.escape(heading)}</h4>'
        f'<p style="white-space: pre-wrap; overflow-wrap: anywhere">{html.escape(text)}</p>'
    )
    if note:
        body += f"<p><em>{html.escape(note)}</em></p>"
    plain = "\n".join(line for line in (heading, text, note) if line)
    _display({"text/html": f'<div lang="id">{body}</div>', "text/plain": plain})


def _display_photos(names: Sequence[str]) -> None:
    for place, picture in enumerate(pictures_of(Path.cwd(), names), start=1):
        label = f"Foto {place} dari {len(names)}"
        if picture is None:
            _display_text(label, _LOST)
        else:
            metadata = {"image/jpeg": {"alt": label}}
            _display({"image/jpeg": picture, "text/plain": label}, metadata)


def _display(bundle: Mapping[str, object], metadata: Mapping[str, object] | None = None) -> None:
    display_here(dict(bundle), metadata)


__all__ = [
    "MARK_MIME",
    "ask",
    "mark",
    "show",
    "vary",
]
