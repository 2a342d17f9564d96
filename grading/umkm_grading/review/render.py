"""The HTML of the queue and of tables; every text in it is escaped."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape

from babel.dates import format_datetime

from umkm.wib import WIB
from umkm_grading.reports.table_files import GradeTable, Value
from umkm_grading.review.queue import Queue, WaitingText
from umkm_grading.review.session import OpenText
from umkm_records.reviews import GraderFigures, TextToRead

#: The choice of all questions; no question is called so.
EVERYTHING = ("", "")

_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")

STYLE = """
<style>
.umkm-antrean { font-size: 14px; line-height: 1.5; overflow-wrap: anywhere; }
.umkm-antrean h3, .umkm-antrean h4 { margin: 12px 0 4px; }
.umkm-antrean .redup { color: #5a6664; }
.umkm-antrean .jawaban { white-space: pre-wrap; background: #fff; color: #17211f; border: 1px solid #8a938f;
  border-left: 6px solid #0b6e5d; border-radius: 4px; padding: 10px 12px; margin: 6px 0 10px; font-size: 16px; }
.umkm-antrean .foto { display: block; max-width: min(100%, 640px); max-height: 70vh; margin: 6px 0 10px; }
.umkm-antrean .pedoman { white-space: pre-wrap; }
.umkm-antrean .gulir { overflow-x: auto; }
.umkm-antrean table { border-collapse: collapse; overflow-wrap: normal; }
.umkm-antrean th, .umkm-antrean td { text-align: left; padding: 5px 10px; border-bottom: 1px solid #d9d4c7;
  vertical-align: top; min-width: 5em; }
.umkm-antrean th { color: #5a6664; font-weight: 600; vertical-align: bottom; }
.umkm-antrean .angka { text-align: right; font-variant-numeric: tabular-nums; }
.umkm-antrean td.angka { white-space: nowrap; }
.umkm-antrean [role=alert] { color: #a4231c; font-weight: 600; }
</style>
"""


def page(*parts: str) -> str:
    """Return parts of a page with our style sheet."""
    return f"{STYLE}<div class='umkm-antrean'>{''.join(parts)}</div>"


def format_moment(at: datetime | None) -> str:
    """Return a moment in WIB: `23 Nov 2026 15.04`."""
    return format_datetime(at, "d MMM y HH.mm", tzinfo=WIB, locale="id_ID") if at else "–"


def format_number(value: float, digits: int = 2) -> str:
    """Return a number in Indonesian format, without trailing zeros."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".").replace(".", ",") or "0"


def summary(queue: Queue, titles: Mapping[str, str], others: Mapping[TextToRead, str]) -> str:
    """Return how many texts wait, by question, and who has claimed which."""
    if not queue.waiting:
        parts = [
            "<p><b>Tidak ada jawaban yang menunggu.</b> Kiriman baru dinilai dengan umkm grade.</p>"
        ]
    else:
        classes = len({one.text.cohort for one in queue.waiting})
        parts = [
            f"<p><b>{len(queue.waiting)} jawaban menunggu</b> di {classes} kelas, paling lama "
            f"sejak {format_moment(queue.waiting[0].sent_at)} WIB.</p>"
            + _questions(queue, titles, others)
        ]
    if queue.automatic:
        parts.append(
            f"<p class='redup'>{queue.automatic} nilai otomatis yang pernah diubah perlu dilihat lagi "
            "di formgrader.</p>"
        )
    parts += [
        f"<p role='alert'>{escape(cohort)}: {escape(why)}</p>"
        for cohort, why in queue.troubles.items()
    ]
    return page(*parts)


def _questions(queue: Queue, titles: Mapping[str, str], others: Mapping[TextToRead, str]) -> str:
    rows = []
    for (assignment, question), waiting in queue.by_question().items():
        readers = sorted({others[one.text] for one in waiting if one.text in others})
        claimed = f"sedang dibaca {', '.join(readers)}" if readers else ""
        name = f"{titles.get(assignment, assignment)} · {question}"
        rows.append((name, str(len(waiting)), format_moment(waiting[0].sent_at), claimed))
    return table(("Soal", "Menunggu", "Paling lama", ""), rows, right={1})


def text_to_review(opened: OpenText, title: str) -> str:
    """Return a text to be marked: its class, question, rubric and answer."""
    text = opened.text
    rubric = "".join(
        f"<li>{escape(line)} ({format_number(points)})</li>"
        for line, points in opened.rubric.items()
    )
    return page(
        f"<h3>{escape(title)} · {escape(text.question)}</h3>",
        f"<p class='redup'>Kelas {escape(text.cohort)} · peserta {escape(text.participant)} · "
        f"dikirim {format_moment(opened.sent_at)} WIB</p>",
        f"<p>{escape(opened.prompt)}</p>",
        f"<ul>{rubric}</ul>" if rubric else "",
        f"<h4>Jawaban</h4>{_photos(opened.photos)}" if opened.photos else "",
        f"<h4>Jawaban</h4><div class='jawaban'>{escape(opened.answer)}</div>"
        if opened.answer or not opened.photos
        else "",
        f"<details open><summary>Pedoman menilai</summary>"
        f"<div class='pedoman'>{_notes(opened.scheme)}</div></details>"
        if opened.scheme
        else "",
    )


def _photos(photos: Sequence[str | None]) -> str:
    shown = []
    for place, photo in enumerate(photos, start=1):
        label = f"Foto {place} dari {len(photos)}"
        shown.append(
            f"<p role='alert'>{label} tidak ada di kiriman, atau berkasnya berubah.</p>"
            if photo is None
            else f"<img class='foto' alt='{label}' src='data:image/jpeg;base64,{escape(photo)}'>"
        )
    return "".join(shown)


def _notes(scheme: str) -> str:
    # Authors write Markdown; of that, their notes use lists, which read well as they are, and bold.
    return _BOLD.sub(r"<b>\1</b>", escape(scheme))


def figures(found: Sequence[GraderFigures], titles: Mapping[str, str]) -> str:
    """Return figures by question and reviewer, side by side."""
    if not found:
        return page("<p class='redup'>Belum ada yang dinilai lewat halaman ini.</p>")
    rows = [
        (
            f"{titles.get(one.assignment, one.assignment)} · {one.question}",
            one.grader,
            str(one.count),
            f"{format_number(one.percent, 0)}%",
            format_number(one.seconds / 60, 1),
        )
        for one in found
    ]
    headings = ("Soal", "Penilai", "Jawaban", "Rata-rata poin", "Menit per jawaban")
    note = "<p class='redup'>Beda jauh pada soal yang sama? Baca pedoman bersama-sama.</p>"
    return page(table(headings, rows, right={2, 3, 4}), note)


def grades(sheet: GradeTable) -> str:
    """Return a table of grades as `umkm export` writes it."""
    right = {
        place
        for place in range(len(sheet.headings))
        if any(isinstance(row[place], int | float) for row in sheet.rows)
    }
    rows = [[_cell(value) for value in row] for row in sheet.rows]
    return page(table(sheet.headings, rows, right=right))


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    right: set[int] = frozenset(),  # type: ignore[assignment]
) -> str:
    """Return a table that scrolls on a narrow screen; `right` names columns of numbers."""
    kind = ["angka" if place in right else "" for place in range(len(headings))]
    head = "".join(
        f"<th scope='col' class='{css}'>{escape(text)}</th>"
        for css, text in zip(kind, headings, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f"<td class='{css}'>{escape(text)}</td>" for css, text in zip(kind, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return f"<div class='gulir'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def message_line(message: str, *, bad: bool = False) -> str:
    """Return a line that a screen reader announces."""
    role = "alert" if bad else "status"
    return page(f"<p role='{role}'>{escape(message)}</p>") if message else ""


def choices(queue: Queue, titles: Mapping[str, str]) -> list[tuple[str, tuple[str, str]]]:
    """Return what a reviewer can choose to read: all questions, or one."""
    found = [(f"Semua soal ({len(queue.waiting)})", EVERYTHING)]
    for pair, waiting in queue.by_question().items():
        found.append((f"{titles.get(pair[0], pair[0])} · {pair[1]} ({len(waiting)})", pair))
    return found


def of_question(queue: Queue, pair: tuple[str, str]) -> Sequence[WaitingText]:
    """Return the texts of one question, or all of them; oldest first."""
    return queue.waiting if pair == EVERYTHING else queue.by_question().get(pair, [])


def _cell(value: Value) -> str:
    return format_number(value) if isinstance(value, int | float) else value or ""
