"""The warm-up script of the kernel template: a probe process answers an assignment and a lesson.

It runs in a process of its own that ends at once. What it used is then laid together in memory, so
that pages own less of it.
"""

from __future__ import annotations

from IPython.display import display

from umkm.exercise import Question, question_from_json, question_to_json, vary
from umkm.exercise.kinds.amounts import RupiahAmount
from umkm.exercise.kinds.choices import SingleChoice
from umkm.exercise.kinds.pairs import SortIntoBins
from umkm.exercise.kinds.texts import LongText
from umkm_widgets import assess, practice, use_answer_store
from umkm_widgets.question import QuestionWidget

from .answer_store import PageAnswers
from .api_client import KernelApiClient

_TWO = {"usaha": "Usaha", "rumah": "Rumah"}
_ASKED: tuple[tuple[Question, object], ...] = (
    (SingleChoice("Laci mana?", _TWO), "usaha"),
    (RupiahAmount("Berapa?"), "350rb"),
    (SortIntoBins("Laci mana?", {"beras": "Beras", "spp": "Seragam"}, _TWO), {"beras": "usaha"}),
    (LongText("Rencana Anda?"), "Dua kaleng."),
)


class _Nobody(KernelApiClient):
    """A client without a server, for the probe process."""

    def _converse(self, said: bytes) -> bytes:
        if b'"begin"' in said:
            return b'{"answer": {"drafts": {"soal-0": "rumah"}, "locked": false}}'
        return b'{"answer": false}'


def rehearse() -> None:
    """Show questions of several kinds, answer them, and check a practice."""
    use_answer_store(PageAnswers(_Nobody("", "nobody", "kosong", "")))
    for number, (question, answer) in enumerate(_ASKED):
        again = question_from_json(question_to_json(question))
        widget = assess(f"soal-{number}", again, 1)
        display(widget)
        _say(widget, "change", answer)
    drill = practice(
        "laba",
        vary(RupiahAmount("Jual {a:rp}."), {"a": (1_000, 9_000, 500)}),
        "a / 2",
        why=["{a / 2:rp}"],
    )
    display(drill)
    _say(drill, "check", {"attempt": 1, "answer": "5rb"})


def _say(widget: QuestionWidget, what: str, answer: object) -> None:
    content = {"type": what, "answer": answer, "writer": "latihan", "seq": 1}
    message = {"content": {"data": {"method": "custom", "content": content}}, "buffers": []}
    widget._handle_msg(message)  # noqa: SLF001  -- as ipywidgets hands over what a browser says
