"""Rates of facts.toml as the typed data that the business rules take."""

import re
from datetime import date
from fractions import Fraction

from umkm.bookkeeping import FinalTaxRule
from umkm.qris import FeeGroup, FeeRule, Rounding, Step, Tariff
from umkm_courses.content import Course
from umkm_courses.errors import CourseError
from umkm_courses.facts import Fact, load_facts

_FEE = re.compile(rf"mdr-(?P<group>{'|'.join(map(str, FeeGroup))})-\d{{4}}-\d{{2}}")


def final_tax_rule(course: Course) -> FinalTaxRule:
    """Return the rates of PPh final as a course states them.

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
        source_date=min(_dated(course, rate), _dated(course, exempt)),
        source=rate.source,
    )


def qris_tariff(course: Course, rounding: Rounding = Rounding.HALF_UP) -> Tariff:
    """Return the fees of QRIS payments as a course states them, from each of their days on.

    `rounding` is the provider's; no public rule was found.

    Raises:
        CourseError: facts.toml is malformed, states none, or states one not as a number.
    """
    facts = load_facts(course)
    rules = tuple(
        _fee_rule(course, FeeGroup(named["group"]), fact, facts.get(f"{name}-bebas"))
        for name, fact in facts.items()
        if (named := _FEE.fullmatch(name))
    )
    if not rules:
        raise _wrong(course, "the fees of QRIS are missing")
    return Tariff(rules, rounding)


def _fee_rule(course: Course, group: FeeGroup, fact: Fact, free: Fact | None) -> FeeRule:
    steps = [Step(Fraction(str(_number(course, fact))))]
    if free is not None:
        steps.insert(0, Step(Fraction(0), int(_number(course, free))))
    source_date = min(_dated(course, one) for one in (fact, free) if one is not None)
    try:
        return FeeRule(group, fact.valid_from, tuple(steps), fact.source, source_date)
    except ValueError as error:
        raise _wrong(course, f"the fee of {group.value}: {error}") from error


def _dated(course: Course, fact: Fact) -> date:
    if fact.source_date is None:
        raise _wrong(course, f"{fact.unit}: source_date is missing")
    return fact.source_date


def _number(course: Course, fact: Fact) -> int | float:
    if isinstance(fact.value, str) or fact.value < 0:
        raise _wrong(course, f"{fact.value!r} is no rate")
    return fact.value


def _wrong(course: Course, message: str) -> CourseError:
    return CourseError(message, course.path / "facts.toml")
