"""Reads facts.toml: every rate, limit and finding a course relies on, with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from umkm_courses.calls import QUESTION_ID
from umkm_courses.content import Course
from umkm_courses.tables import Table, read_toml

_FIELDS = ("value", "unit", "valid_from", "source", "source_date", "checked_on", "note", "kind")

#: `regulation`: set by an authority, can change, and is taught as being in force. `fee`: the price
#: list of a company. Any other fact has no kind.
KINDS = ("regulation", "fee")


@dataclass(frozen=True)
class Fact:
    """One sourced fact.

    Attributes:
        valid_from: when it began to hold.
        source_date: day of the newest document that was read; pages show this one. Where only its
            month or year is known, the first day of that; None where it tells nothing.
        checked_on: when we last looked for something newer. What is looked through may be a year
            old itself, so this says nothing about the law of that day.
        kind: one of `KINDS`, or empty.
    """

    value: int | float | str
    unit: str
    valid_from: date
    source: str
    source_date: date | None
    checked_on: date
    note: str
    kind: str


def load_facts(course: Course) -> Mapping[str, Fact]:
    """The facts of a course by id; none for an empty file.

    Raises:
        CourseError: the file is missing, or a fact lacks its value, dates or source, or it is of
            a kind and tells no day of its source.
    """
    whole = read_toml(course.path / "facts.toml")
    return {name: _read_fact(whole, name) for name in whole.fields}


def _read_fact(whole: Table, name: str) -> Fact:
    if not QUESTION_ID.fullmatch(name):
        raise whole.fail(f"{name!r} is no fact id; use 2-40 of a-z, 0-9 and '-'")
    table = whole.table(name)
    table.only(_FIELDS)
    value = table.fields.get("value")
    if not isinstance(value, int | float | str) or isinstance(value, bool) or value == "":
        raise table.fail("value must be a number or a text")
    kind = table.text("kind", default="")
    if kind and kind not in KINDS:
        raise table.fail(f"kind must be one of {', '.join(KINDS)}")
    # The day of the source may be left out only where nothing hangs on it.
    dated = "source_date" in table.fields or bool(kind)
    source_date = table.day("source_date") if dated else None
    checked_on = table.day("checked_on")
    if source_date and source_date > checked_on:
        raise table.fail("checked_on is before source_date")
    return Fact(
        value=value,
        unit=table.text("unit"),
        valid_from=table.day("valid_from"),
        source=table.text("source"),
        source_date=source_date,
        checked_on=checked_on,
        note=table.text("note", default=""),
        kind=kind,
    )
