"""Rates of facts.toml as the typed data that the business rules take."""

from fractions import Fraction

from umkm.bookkeeping import FinalTaxRule
from umkm_courses.content import Course
from umkm_courses.errors import CourseError
from umkm_courses.facts import Fact, load_facts


def final_tax_rule(course: Course) -> FinalTaxRule:
    """Give the rates of PPh final as a course states them.

    Raises:
        CourseError: facts.toml is malformed, or does not state them as numbers.
    """
    facts = load_facts(course)
    rate, exempt, ceiling = (
        facts.get(f"pph-final-{name}") for name in ("tarif", "bebas", "batas-omzet")
    )
    if rate is None or exempt is None or ceiling is None:
        raise _wrong(course, "the rates of PPh final are missing")
    return FinalTaxRule(
        # As it is written: 0.5 is no binary fraction of a hundred.
        rate=Fraction(str(_number(course, rate))) / 100,
        exempt=int(_number(course, exempt)),
        ceiling=int(_number(course, ceiling)),
        valid_from=max(rate.valid_from, exempt.valid_from),
        checked_on=min(rate.checked_on, exempt.checked_on),
        source=rate.source,
    )


def _number(course: Course, fact: Fact) -> int | float:
    if isinstance(fact.value, str) or fact.value < 0:
        raise _wrong(course, f"{fact.value!r} is no rate")
    return fact.value


def _wrong(course: Course, message: str) -> CourseError:
    return CourseError(message, course.path / "facts.toml")
