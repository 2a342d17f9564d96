"""Reads facts.toml: every rate, limit and finding a course relies on, with its source."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Final

from msgspec import Meta

from umkm_courses.calls import QUESTION_ID
from umkm_courses.content import Course
from umkm_courses.errors import CourseError
from umkm_courses.fields import Day, FactValue, OptionalDay, Text, TomlTable
from umkm_courses.toml_files import convert, read_toml, table_error

#: `regulation`: set by an authority, can change, and is taught as being in force. `fee`: the price
#: list of a company. Any other fact has no kind.
KINDS: Final = ("regulation", "fee")

_Kind = Annotated[
    str,
    Meta(
        pattern=f"^({'|'.join(KINDS)})$",
        extra={"must": f"be one of {', '.join(KINDS)}"},
        extra_json_schema={"enum": list(KINDS)},
    ),
]


class Fact(TomlTable, frozen=True):
    """One sourced fact.

    Attributes:
        valid_from: when it began to hold.
        checked_on: when we last looked for something newer. What is looked through may be a year
            old itself, so this says nothing about the law of that day.
        source_date: day of the newest document that was read; pages show this one. Where only its
            month or year is known, the first day of that; None where it tells nothing.
        kind: one of `KINDS`, or empty.
    """

    value: FactValue
    unit: Text
    valid_from: Annotated[Day, Meta(description="The day it began to hold.")]
    source: Text
    checked_on: Annotated[Day, Meta(description="The day somebody last looked for a newer one.")]
    source_date: Annotated[
        OptionalDay, Meta(description="The day of the newest document that was read.")
    ] = None
    note: Text = ""
    kind: _Kind = ""


def load_facts(course: Course) -> Mapping[str, Fact]:
    """Return the facts of a course by id; none for an empty file.

    Raises:
        CourseError: the file is missing, or a fact lacks its value, dates or source, or it is of
            a kind and tells no day of its source.
    """
    path = course.path / "facts.toml"
    return {name: _read_fact(name, written, path) for name, written in read_toml(path).items()}


def _read_fact(name: str, written: object, path: Path) -> Fact:
    if not QUESTION_ID.fullmatch(name):
        raise table_error("", f"{name!r} is no fact id; use 2-40 of a-z, 0-9 and '-'", path)
    if not isinstance(written, dict):
        raise table_error("", f"{name} must be a table", path)
    fact = convert(written, Fact, path, field=name)
    # The day of the source may be left out only where nothing hangs on it.
    if fact.kind and fact.source_date is None:
        raise table_error(name, "source_date is missing; add it", path)
    if fact.source_date and fact.source_date > fact.checked_on:
        raise table_error(name, "checked_on is before source_date", path)
    return fact


def source_day(course: Course, fact: Fact) -> date:
    """Return the day of a fact's source.

    Raises:
        CourseError: it has none.
    """
    if fact.source_date is None:
        raise fact_error(course, f"{fact.unit}: source_date is missing")
    return fact.source_date


def number_of(course: Course, fact: Fact, noun: str) -> int | float:
    """Return the value of a fact that is a rate or a fee; `noun` says which, for the error.

    Raises:
        CourseError: it is a text, or below 0.
    """
    if isinstance(fact.value, str) or fact.value < 0:
        raise fact_error(course, f"{fact.value!r} is no {noun}")
    return fact.value


def fact_error(course: Course, message: str) -> CourseError:
    """Return an error about a course's facts.toml, to be raised."""
    return CourseError(message, course.path / "facts.toml")
