"""Rates of facts.toml as the typed data that the business rules take."""

import re
from fractions import Fraction

from umkm.bookkeeping import FinalTaxRule
from umkm.qris import FeeGroup, FeeRule, Rounding, Step, Tariff
from umkm_courses.content import Course
from umkm_courses.facts import Fact, fact_error, load_facts, number_of, source_day

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
        raise fact_error(course, "the rates of PPh final are missing")
    return FinalTaxRule(
        # As it is written: 0.5 is no binary fraction of a hundred.
        rate=Fraction(str(number_of(course, rate, "rate"))) / 100,
        exempt=int(number_of(course, exempt, "rate")),
        ceiling=int(number_of(course, ceiling, "rate")),
        valid_from=max(rate.valid_from, exempt.valid_from),
        source_date=min(source_day(course, rate), source_day(course, exempt)),
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
        raise fact_error(course, "the fees of QRIS are missing")
    return Tariff(rules, rounding)


def _fee_rule(course: Course, group: FeeGroup, fact: Fact, free: Fact | None) -> FeeRule:
    steps = [Step(Fraction(str(number_of(course, fact, "rate"))))]
    if free is not None:
        steps.insert(0, Step(Fraction(0), int(number_of(course, free, "rate"))))
    source_date = min(source_day(course, one) for one in (fact, free) if one is not None)
    try:
        return FeeRule(group, fact.valid_from, tuple(steps), fact.source, source_date)
    except ValueError as error:
        raise fact_error(course, f"the fee of {group.value}: {error}") from error
