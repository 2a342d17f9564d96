"""The notebook *Periksa uraian*: read a text, give points, take the next."""

import asyncio
import os
import re
from collections.abc import Callable, Mapping

import ipywidgets
from IPython.display import display

from umkm import UmkmError
from umkm_grading.errors import PointsRefused
from umkm_grading.review import render
from umkm_grading.review.classes import Programme, open_programme
from umkm_grading.review.publishing import PublishingPart
from umkm_grading.review.queue import Queue
from umkm_grading.review.session import OpenText, ReviewSession
from umkm_records.reviews import Reviewer, TextToRead, grader_figures

REFRESH_SECONDS = 20.0
#: Three digits after a comma or point would mean thousands.
_POINTS = re.compile(r"\d{1,4}([.,]\d{1,2})?", re.ASCII)
_NO_NAME = "Tulis nama Anda dulu, supaya penilai lain tahu siapa yang sedang membaca."


class QueuePage:
    """The page's widgets; their work is done by the review session."""

    def __init__(self, session: ReviewSession, titles: Mapping[str, str]) -> None:
        self.session = session
        self.titles = titles
        self.queue = Queue()
        self.opened: OpenText | None = None
        self.last: TextToRead | None = None
        self.skipped: set[TextToRead] = set()
        self._make_widgets()
        self._show_reading()

    def _make_widgets(self) -> None:
        wide = {"width": "100%", "max_width": "640px"}
        self.name = ipywidgets.Text(
            value=self.session.reader.name, description="Nama Anda", layout=wide
        )
        self.question = ipywidgets.Dropdown(description="Soal", layout=wide)
        self.begin = _button("Baca berikutnya", "primary", self._begin)
        self.change = _button("Ubah yang terakhir", "", self._change)
        self.points = ipywidgets.Text(description="Poin", layout={"width": "200px"})
        self.comment = ipywidgets.Textarea(
            description="Komentar", placeholder="Dibaca peserta", layout=wide
        )
        self.save = _button("Simpan, lalu berikutnya", "success", self._save)
        self.skip = _button("Lewati", "", self._skip)
        self.stop = _button("Berhenti membaca", "", self._stop)
        self.summary, self.text, self.messages, self.figures = (ipywidgets.HTML() for _ in range(4))
        actions = _row(self.save, self.skip, self.stop)
        self.form = ipywidgets.VBox([self.text, self.points, self.comment, actions])
        start = _row(self.begin, self.change)
        self.publishing = PublishingPart(
            self.session.records, list(self.session.class_folders.values()), self.titles
        )
        shut = ipywidgets.Accordion(
            [self.publishing.view, self.figures],
            titles=("Perlihatkan hasil ke peserta", "Angka per penilai"),
        )
        self.view = ipywidgets.VBox(
            [self.summary, self.name, self.question, start, self.form, self.messages, shut]
        )

    def refresh(self) -> None:
        """Read the queue again; what somebody is typing stays."""
        self.queue = self.session.queue()
        others = self.session.claimed_by_others()
        self.summary.value = render.summary(self.queue, self.titles, others)
        self.figures.value = render.figures(
            grader_figures(self.session.records, list(self.session.class_folders)), self.titles
        )
        options = render.choices(self.queue, self.titles)
        if options != list(self.question.options):
            chosen = self.question.value
            self.question.options = options
            self.question.value = chosen if chosen in dict(options).values() else render.EVERYTHING

    async def keep_fresh(self) -> None:
        """Refresh for as long as the notebook's kernel lives."""
        while True:
            try:
                self.refresh()
            except UmkmError as error:
                self.messages.value = render.message_line(error.message, bad=True)
            await asyncio.sleep(REFRESH_SECONDS)

    def _begin(self) -> str:
        if not self.name.value.strip():
            raise UmkmError(_NO_NAME)
        self.session.reader = Reviewer(self.name.value.strip(), self.session.reader.session)
        self.skipped = set()
        return self._next()

    def _next(self) -> str:
        self.refresh()
        self.opened = None
        chosen = render.of_question(self.queue, self.question.value)
        self.opened = self.session.claim_next(chosen, self.skipped)
        passed = [f"{text.participant}: {why}" for text, why in self.session.unreadable.items()]
        messages = [f"Dilewati. {' '.join(passed)}"] if passed else []
        if self.opened is None:
            messages.insert(0, "Tidak ada lagi yang bisa dibaca sekarang.")
        return " ".join(messages)

    def _change(self) -> str:
        if self.last is None:
            return "Belum ada yang dinilai sejak halaman ini dibuka."
        if self.opened is not None:
            self.session.release(self.opened.text)
            self.opened = None
        self.opened = self.session.claim(self.last)
        return "Ubah poinnya, lalu simpan lagi."

    def _save(self) -> str:
        if self.opened is None:
            return ""
        points = self._typed(self.opened.of)
        self.session.save_points(self.opened, points, self.comment.value)
        self.last = self.opened.text
        kept = f"Tersimpan: {render.format_number(points)} poin untuk {self.last.participant}."
        return f"{kept} {self._next()}".strip()

    def _skip(self) -> str:
        if self.opened is not None:
            self.skipped.add(self.opened.text)
            self.session.release(self.opened.text)
        return self._next()

    def _stop(self) -> str:
        if self.opened is not None:
            self.session.release(self.opened.text)
        self.opened = None
        self.refresh()
        return ""

    def _typed(self, most: float) -> float:
        typed = self.points.value.strip()
        if not _POINTS.fullmatch(typed):
            raise PointsRefused(most)
        return float(typed.replace(",", "."))

    def act(self, work: Callable[[], str]) -> None:
        """Run a button's action and show errors; what was typed stays."""
        before = self.opened
        try:
            message, bad = work(), False
        except UmkmError as error:
            message, bad = error.message, True
        except OSError as error:
            message, bad = f"Berkas kelas tidak bisa dibaca ({error.strerror}). Ulangi.", True
        self.messages.value = render.message_line(message, bad=bad)
        if self.opened is not before:
            self._show_reading()

    def _show_reading(self) -> None:
        one = self.opened
        self.form.layout.display = "none" if one is None else ""
        self.points.value = self.comment.value = ""
        if one is None:
            self.text.value = ""
            return
        self.text.value = render.text_to_review(one, self.titles.get(one.text.assignment, ""))
        self.points.placeholder = f"0 sampai {render.format_number(one.of)}"
        self.points.value = "" if one.points is None else render.format_number(one.points)
        self.comment.value = one.comment


def _button(label: str, style: str, work: Callable[[], str]) -> ipywidgets.Button:
    button = ipywidgets.Button(description=label, button_style=style, layout={"width": "auto"})
    page = work.__self__  # type: ignore[attr-defined]
    button.on_click(lambda _: page.act(work))
    return button


def _row(*buttons: ipywidgets.Button) -> ipywidgets.Box:
    return ipywidgets.Box(list(buttons), layout={"display": "flex", "flex_flow": "row wrap"})


_stop_last: Callable[[], object] = lambda: None  # noqa: E731


def show_queue() -> None:
    """Display the queue of every class of this laptop or programme.

    Running the cell again replaces the earlier page.
    """
    global _stop_last  # noqa: PLW0603 - one page a kernel, and the cell may be run again
    programme = open_programme()
    if programme is None:
        return
    _stop_last()
    page = QueuePage(_session_of(programme), programme.titles)
    display(page.view)  # type: ignore[no-untyped-call]
    _stop_last = asyncio.get_running_loop().create_task(page.keep_fresh()).cancel


def _session_of(programme: Programme) -> ReviewSession:
    # On a hub everybody has a name of their own; on a trainer's laptop they write it.
    return ReviewSession(
        programme.records, programme.class_folders, os.environ.get("JUPYTERHUB_USER", "")
    )
