"""Marketplace fees of facts.toml as the models `umkm.marketing` calculates with.

A fee of a platform for a kind of goods is two or three facts: `pasar-<platform>-<goods>` in
percent, with `….-batas` where it takes no more than so many Rupiah of an item, and
`pasar-<platform>-proses` in Rupiah an order for all its goods.
"""

import re
from collections.abc import Mapping
from fractions import Fraction

from umkm.marketing import FeeModel, Part
from umkm_courses.content import Course
from umkm_courses.facts import Fact, load_facts, number_of, source_day

_SHARE = re.compile(r"pasar-(?P<platform>[a-z]+)-(?P<goods>(?!proses$)[a-z]+)")


def marketplace_fees(course: Course) -> list[FeeModel]:
    """Return the fees a course states as examples, in its order.

    Raises:
        CourseError: facts.toml is malformed, or states one not as a number.
    """
    facts = load_facts(course)
    return [
        _model(course, named["platform"], named["goods"], facts)
        for name in facts
        if (named := _SHARE.fullmatch(name))
    ]


def _model(course: Course, platform: str, goods: str, facts: Mapping[str, Fact]) -> FeeModel:
    name = f"pasar-{platform}-{goods}"
    share, cap = facts[name], facts.get(f"{name}-batas")
    order = facts.get(f"pasar-{platform}-proses")
    stated = [fact for fact in (share, cap, order) if fact is not None]
    parts = [
        Part(
            "Potongan marketplace",
            Fraction(str(number_of(course, share, "fee"))),
            None if cap is None else int(number_of(course, cap, "fee")),
        )
    ]
    if order is not None:
        parts.append(Part("Biaya proses pesanan", fixed=int(number_of(course, order, "fee"))))
    return FeeModel(
        platform.capitalize(),
        goods,
        tuple(parts),
        max(fact.valid_from for fact in stated),
        "; ".join(dict.fromkeys(fact.source for fact in stated)),
        min(source_day(course, fact) for fact in stated),
    )
