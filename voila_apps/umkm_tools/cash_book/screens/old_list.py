"""The preview of an imported list as plain data, and the choices that the phone sends back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from umkm.bookkeeping import Ledger, Transaction
from umkm.bookkeeping.kinds import KINDS
from umkm.calendar import long_day
from umkm.money import format_rupiah
from umkm_tools.cash_book.found_rows import Found, Row, fresh
from umkm_tools.cash_book.meaning import Choice, label_of

_SHOWN: Final = 12
_MOST_QUESTIONS: Final = 60


def shown_list(found: Found, ledger: Ledger, today: date) -> dict[str, Any]:
    """Return a list as plain data: what is known, what is asked, what is there, what is refused and why."""
    new = fresh(found, ledger)
    known = [row for row in new if not row.choices]
    _, refused = ledger.with_all([row.transaction for row in known], today)
    reasons = {refusal.transaction.id: refusal.error.message for refusal in refused}
    good = [row.transaction for row in known if row.transaction.id not in reasons]
    bad = [
        *found.refused,
        *(
            (row.number, reasons[row.transaction.id])
            for row in known
            if row.transaction.id in reasons
        ),
    ]
    asked = _questions(new)
    notes = ["Tanggal dibaca bulan dulu, baru hari."] if found.month_first else []
    if len(asked) > _MOST_QUESTIONS:
        left = sum(one["count"] for one in asked[_MOST_QUESTIONS:])
        notes.append(
            f"{left} baris lain belum ditanyakan. Ambil berkas ini sekali lagi sesudahnya."
        )
    return {
        "good": len(good),
        "there": len(found.rows) - len(new),
        "total": format_rupiah(sum(one.amount for one in good)),
        "kinds": _counts(good),
        "rows": [
            [long_day(one.on), one.label, one.note, format_rupiah(one.amount)]
            for one in good[:_SHOWN]
        ],
        "asked": asked[:_MOST_QUESTIONS],
        "notes": notes,
        "refused": [[f"Baris {row}", reason] for row, reason in sorted(bad)],
    }


def choices_of(choices: object) -> dict[str, Choice]:
    """Return a phone's answers: by the words of a question, a kind and its category."""
    answers = {}
    for words, answer in choices.items() if isinstance(choices, Mapping) else ():
        if isinstance(words, str) and isinstance(answer, str):
            kind, _, category = answer.partition(":")
            answers[words] = (kind, category)
    return answers


def _questions(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return one question for all rows of the same words, those of most rows first."""
    alike: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.choices:
            alike[row.words].append(row)
    return [
        {
            "key": words,
            "came": some[0].came,
            "note": some[0].transaction.note or "Tanpa keterangan",
            "day": long_day(some[0].transaction.on),
            "count": len(some),
            "total": format_rupiah(sum(row.transaction.amount for row in some)),
            "choices": [[":".join(choice), label_of(choice)] for choice in some[0].choices],
        }
        for words, some in sorted(alike.items(), key=lambda one: -len(one[1]))
    ]


def _counts(good: Iterable[Transaction]) -> list[list[str]]:
    found: dict[str, int] = {}
    for transaction in good:
        label = KINDS[transaction.kind].label
        found[label] = found.get(label, 0) + 1
    return [[label, str(count)] for label, count in sorted(found.items(), key=lambda x: -x[1])]
