"""Which facts of the courses somebody has to look up again, since their newest source is old."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from umkm_courses.content import Course
from umkm_courses.facts import Fact, load_facts

#: The age of the newest source from which on a rule or a price list is looked up again. The review of
#: 29 November 2026 found a tax law that had been replaced seven months before.
AGE: Final = timedelta(days=183)

#: The month in a fact's name, by which facts that follow one another are told apart.
_MONTH = re.compile(r"-\d{4}-\d{2}(?=-|$)")
#: An address in the text of a source, as a rule without its scheme.
_ADDRESS = re.compile(r"(?:https?://)?(?:[a-z\d-]+\.)+[a-z]{2,}(?:/[^\s;,)]*)?")


@dataclass(frozen=True)
class FactDue:
    """A fact to look up: its course, its id, and what is known of it."""

    course: Course
    name: str
    fact: Fact
    #: The day of its newest source.
    source_date: date

    @property
    def addresses(self) -> list[str]:
        """Return the addresses that its source names: where to look first."""
        return [found.rstrip(".") for found in _ADDRESS.findall(self.fact.source)]


def facts_due(courses: Iterable[Course], today: date, age: timedelta = AGE) -> list[FactDue]:
    """Return the regulations and fees in force whose newest source is older than `age`; oldest first.

    A fact that a later one of the same series has replaced is left out: it is kept for the calculations
    of its own time.

    Raises:
        CourseError: a facts.toml is malformed.
    """
    found = [
        FactDue(course, name, fact, fact.source_date)
        for course in courses
        for name, fact in _in_force(course, today).items()
        if fact.kind and fact.source_date is not None and today - fact.source_date > age
    ]
    return sorted(found, key=lambda due: (due.source_date, due.course.slug, due.name))


def _in_force(course: Course, today: date) -> dict[str, Fact]:
    """Return the facts of a course that no later one has replaced by `today`."""
    facts = load_facts(course)
    newest: dict[str, str] = {}
    for name, fact in facts.items():
        series = _MONTH.sub("", name)
        before = newest.get(series)
        is_later = before is None or facts[before].valid_from <= fact.valid_from
        if fact.valid_from <= today and is_later:
            newest[series] = name
    return {name: facts[name] for name in newest.values()}
