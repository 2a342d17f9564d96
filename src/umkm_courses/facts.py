"""Reads facts.toml: every rate, limit and finding a course relies on, with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from umkm_courses.calls import QUESTION_ID
from umkm_courses.content import Course
from umkm_courses.tables import Table, read_toml

_FIELDS = ("value", "unit", "valid_from", "source", "checked_on", "note")


@dataclass(frozen=True)
class Fact:
    """One sourced fact; `valid_from` is when it began to hold, `checked_on` when we last looked."""

    value: int | float | str
    unit: str
    valid_from: date
    source: str
    checked_on: date
    note: str


def load_facts(course: Course) -> Mapping[str, Fact]:
    """The facts of a course by id; none for an empty file.

    Raises:
        CourseError: the file is missing, or a fact lacks its value, dates or source.
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
    return Fact(
        value=value,
        unit=table.text("unit"),
        valid_from=table.day("valid_from"),
        source=table.text("source"),
        checked_on=table.day("checked_on"),
        note=table.text("note", default=""),
    )
