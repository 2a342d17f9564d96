"""The queue's and the table's HTML; every text in it is escaped, whoever wrote it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape

from babel.dates import format_datetime

from umkm.wib import WIB
from umkm_grading.reports.table_files import Gradesheet, Value
from umkm_grading.review.queue import Queue, Waiting
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
    """Parts of a page in our style."""
    return f"{STYLE}<div class='umkm-antrean'>{''.join(parts)}</div>"


def moment(at: datetime | None) -> str:
    """A moment as a clock in Serang shows it: `23 Nov 2026 15.04`."""
    return format_datetime(at, "d MMM y HH.mm", tzinfo=WIB, locale="id_ID") if at else "–"


def number(value: float, digits: int = 2) -> str:
    """A number as Indonesians write it, without zeros nobody needs."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".").replace(".", ",") or "0"


def summary(queue: Queue, titles: Mapping[str, str], others: Mapping[TextToRead, str]) -> str:
    """How much waits, by question, and who reads what."""
    if not queue.waiting:
        told = [
            "<p><b>Tidak ada jawaban yang menunggu.</b> Kiriman baru dinilai dengan umkm grade.</p>"
        ]
    else:
        classes = len({one.text.cohort for one in queue.waiting})
        told = [
            f"<p><b>{len(queue.waiting)} jawaban menunggu</b> di {classes} kelas, paling lama "
            f"sejak {moment(queue.waiting[0].sent_at)} WIB.</p>" + _questions(queue, titles, others)
        ]
    if queue.automatic:
        told.append(
            f"<p class='redup'>{queue.automatic} nilai otomatis yang pernah diubah perlu dilihat lagi "
            "di formgrader.</p>"
        )
    told += [
        f"<p role='alert'>{escape(cohort)}: {escape(why)}</p>"
        for cohort, why in queue.troubles.items()
    ]
    return page(*told)


def _questions(queue: Queue, titles: Mapping[str, str], others: Mapping[TextToRead, str]) -> str:
    rows = []
    for (assignment, question), waiting in queue.by_question().items():
        readers = sorted({others[one.text] for one in waiting if one.text in others})
        reading = f"sedang dibaca {', '.join(readers)}" if readers else ""
        name = f"{titles.get(assignment, assignment)} · {question}"
        rows.append((name, str(len(waiting)), moment(waiting[0].sent_at), reading))
    return table(("Soal", "Menunggu", "Paling lama", ""), rows, right={1})


def reading(opened: OpenText, title: str) -> str:
    """A text to be marked: whose class, what was asked, what to look for, what was written."""
    text = opened.text
    rubric = "".join(
        f"<li>{escape(line)} ({number(points)})</li>" for line, points in opened.rubric.items()
    )
    return page(
        f"<h3>{escape(title)} · {escape(text.question)}</h3>",
        f"<p class='redup'>Kelas {escape(text.cohort)} · peserta {escape(text.participant)} · "
        f"dikirim {moment(opened.sent_at)} WIB</p>",
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
        told = f"Foto {place} dari {len(photos)}"
        shown.append(
            f"<p role='alert'>{told} tidak ada di kiriman, atau berkasnya berubah.</p>"
            if photo is None
            else f"<img class='foto' alt='{told}' src='data:image/jpeg;base64,{escape(photo)}'>"
        )
    return "".join(shown)


def _notes(scheme: str) -> str:
    # Authors write Markdown; of that, their notes use lists, which read well as they are, and bold.
    return _BOLD.sub(r"<b>\1</b>", escape(scheme))


def figures(found: Sequence[GraderFigures], titles: Mapping[str, str]) -> str:
    """Figures by question and grader, side by side, so that differences show."""
    if not found:
        return page("<p class='redup'>Belum ada yang dinilai lewat halaman ini.</p>")
    rows = [
        (
            f"{titles.get(one.assignment, one.assignment)} · {one.question}",
            one.grader,
            str(one.count),
            f"{number(one.percent, 0)}%",
            number(one.seconds / 60, 1),
        )
        for one in found
    ]
    headings = ("Soal", "Penilai", "Jawaban", "Rata-rata poin", "Menit per jawaban")
    note = "<p class='redup'>Beda jauh pada soal yang sama? Baca pedoman bersama-sama.</p>"
    return page(table(headings, rows, right={2, 3, 4}), note)


def grades(sheet: Gradesheet) -> str:
    """A table of grades as `umkm export` writes it."""
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
    """A table that scrolls by itself on a narrow screen; columns named in `right` hold numbers."""
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


def said(message: str, *, bad: bool = False) -> str:
    """A line that a screen reader speaks."""
    role = "alert" if bad else "status"
    return page(f"<p role='{role}'>{escape(message)}</p>") if message else ""


def choices(queue: Queue, titles: Mapping[str, str]) -> list[tuple[str, tuple[str, str]]]:
    """What a grader can choose to read: everything, or one question."""
    found = [(f"Semua soal ({len(queue.waiting)})", EVERYTHING)]
    for pair, waiting in queue.by_question().items():
        found.append((f"{titles.get(pair[0], pair[0])} · {pair[1]} ({len(waiting)})", pair))
    return found


def of_question(queue: Queue, pair: tuple[str, str]) -> Sequence[Waiting]:
    """The texts of one question, or all of them; oldest first."""
    return queue.waiting if pair == EVERYTHING else queue.by_question().get(pair, [])


def _cell(value: Value) -> str:
    return number(value) if isinstance(value, int | float) else value or ""
