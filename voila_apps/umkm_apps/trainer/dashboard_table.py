"""The dashboard's table: where everybody is, course by course or sheet by sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from umkm.wib import clock_time
from umkm_apps.answers.state_labels import TRAINER_LABELS
from umkm_records import ProgressRow

#: Minutes without a change after which somebody at work probably needs help.
STUCK_AFTER = 4
#: After that they are not stuck but gone, as on the morning after.
GONE_AFTER = 60

_FINISHED = ("done", "sent", "graded")

STYLE = """
<style>
.umkm-pantau { border-collapse: collapse; font-size: 14px; width: 100%; }
.umkm-pantau th, .umkm-pantau td { text-align: left; padding: 6px 10px; border-bottom: 1px solid #d9d4c7; }
.umkm-pantau-gulir { overflow-x: auto; }
.umkm-pantau th:first-child, .umkm-pantau td:first-child { position: sticky; left: 0; }
.umkm-pantau th:first-child, .umkm-pantau tr:not(.diam) td:first-child { background: var(--jp-layout-color1, #fff); }
.umkm-pantau th { color: var(--jp-content-font-color2, #5a6664); font-weight: 600; }
.umkm-pantau tr.diam td, .umkm-pantau tr.diam .kode { background: #fdf3d7; color: #1c2b2a; }
.umkm-pantau-lama { background: #fdf3d7; color: #1c2b2a; padding: 6px 12px; margin: 0 0 6px; }
.umkm-pantau .kode { color: var(--jp-content-font-color2, #5a6664); font-size: 12px; }
</style>
"""


@dataclass(frozen=True)
class Section:
    """A course: its title, and those of its sheets by name."""

    title: str
    sheets: Mapping[str, str]


@dataclass(frozen=True)
class Overview:
    """What the table shows, before it becomes HTML."""

    summary: str
    rows: tuple[tuple[bool, tuple[str, ...]], ...]
    headings: tuple[str, ...]


def is_stuck(row: ProgressRow) -> bool:
    """Return whether somebody has a sheet in hand and has not changed anything for minutes."""
    at_work = row.last_sheet is not None and row.states.get(row.last_sheet) == "working"
    return at_work and STUCK_AFTER <= row.idle_minutes < GONE_AFTER


def overview(
    progress: Sequence[ProgressRow], sections: Sequence[Section], detail: Section | None = None
) -> Overview:
    """Return the summary and the table; those who need help stand first.

    Args:
        progress: Everybody in the class.
        sections: The courses of the class.
        detail: The course to show sheet by sheet; None counts for each what is finished.
    """
    ordered = sorted(progress, key=lambda row: (not is_stuck(row), row.participant.name))
    here = sum(row.last_sheet is not None for row in progress)
    stuck = sum(map(is_stuck, progress))
    summary = f"{len(progress)} terdaftar · {here} sudah mulai · {stuck} diam {STUCK_AFTER} menit atau lebih"
    titles = {sheet: title for each in sections for sheet, title in each.sheets.items()}
    rows = []
    for row in ordered:
        if detail:
            states = tuple(_state(row, sheet) for sheet in detail.sheets)
        else:
            states = tuple(_finished(row, each) for each in sections)
        rows.append((is_stuck(row), (*_where(row, titles), *states)))
    shown = detail.sheets.values() if detail else (each.title for each in sections)
    return Overview(summary, tuple(rows), ("Peserta", "Terakhir di", "Diam", *shown))


def _where(row: ProgressRow, titles: Mapping[str, str]) -> tuple[str, ...]:
    person = f"{row.participant.name}\n{row.participant.code}"
    where = titles.get(row.last_sheet or "", "Belum mulai")
    return person, where, f"{row.idle_minutes} menit" if row.last_sheet else "–"


def _state(row: ProgressRow, sheet: str) -> str:
    answered = row.answered[sheet]
    label = TRAINER_LABELS[row.states[sheet]]
    return f"{label} ({answered} jawaban)" if answered else label


def _finished(row: ProgressRow, section: Section) -> str:
    states = [row.states[sheet] for sheet in section.sheets]
    finished, working = sum(one in _FINISHED for one in states), states.count("working")
    told = f"{finished} dari {len(states)} selesai"
    return f"{told}, {working} sedang dikerjakan" if working else told


def overview_html(shown: Overview, old_since: datetime | None = None) -> str:
    """Return the overview as a table; every text in it is escaped.

    Args:
        shown: What it says.
        old_since: When it was read, if it could not be read since.
    """
    head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in shown.headings)
    body = "".join(
        f"<tr class='{'diam' if stuck else ''}'>{''.join(map(_cell, cells))}</tr>"
        for stuck, cells in shown.rows
    )
    old = ""
    if old_since is not None:
        told = f"Keadaan pukul {clock_time(old_since)}. Yang terjadi sesudahnya belum bisa dibaca."
        old = f"<p class='umkm-pantau-lama'>{escape(told)}</p>"
    return (
        f"{STYLE}{old}<div class='umkm-pantau-gulir' tabindex='0' role='region' aria-label='Kemajuan peserta'>"
        f"<table class='umkm-pantau'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(text: str) -> str:
    first, _, code = text.partition("\n")
    return (
        f"<td>{escape(first)}{f'<br><span class=kode>{escape(code)}</span>' if code else ''}</td>"
    )
