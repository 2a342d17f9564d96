"""Rates of the courses' facts.toml as JSON for a tool's page.

Empty where no course states them: the tool then shows a note, and the rest of it works.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from umkm.calendar import long_day
from umkm.qris import tariff_to_plain

if TYPE_CHECKING:
    # Worker processes import the package of a tool for its jobs; courses would cost them 25 MB.
    from umkm_courses import Catalogue, Course, Fact

_log = logging.getLogger(__name__)

#: Facts that stand beside the fees, in this order.
_BESIDE = ("mdr-tidak-dibebankan", "pencairan-bca-umi", "pencairan-xendit")


def final_tax(catalogue: Catalogue) -> str:
    """Return the rule of PPh final, for the cash book."""
    return _told(catalogue, "pembukuan", _final_tax)


def qris_fees(catalogue: Catalogue) -> str:
    """Return QRIS fees and the facts shown beside them, for the tools of cashless payments."""
    return _told(catalogue, "pembayaran-nontunai", _qris_fees)


def marketplaces(catalogue: Catalogue) -> str:
    """Return examples of marketplace fees, for the tools of online marketing."""
    return _told(catalogue, "pemasaran-online", _marketplaces)


def _told(catalogue: Catalogue, name: str, give: Any) -> str:
    from umkm_courses import CourseError  # noqa: PLC0415

    course = catalogue.courses.get(name)
    if course is None:
        return ""
    try:
        return json.dumps(give(course))
    except CourseError:
        _log.warning("rates of %s left out of a tool", name, exc_info=True)
        return ""


def _final_tax(course: Course) -> Mapping[str, Any]:
    from umkm_courses import final_tax_rule  # noqa: PLC0415

    rule = final_tax_rule(course)
    return {
        "rate": str(rule.rate),
        "exempt": rule.exempt,
        "ceiling": rule.ceiling,
        "valid_from": rule.valid_from.isoformat(),
        "source_date": rule.source_date.isoformat(),
        "source": rule.source,
    }


def _dated(fact: Fact) -> str:
    """Return the day of the newest source of a fact; empty where it has none."""
    return long_day(fact.source_date) if fact.source_date else ""


def _sentence(fact: Fact) -> str:
    """Return a fact as a sentence; those that are no rule are examples of when providers pay out."""
    return (
        str(fact.value) if fact.unit == "aturan" else f"Contoh pencairan: {fact.value} {fact.unit}"
    )


def _qris_fees(course: Course) -> Mapping[str, Any]:
    from umkm_courses import load_facts, qris_tariff  # noqa: PLC0415

    facts = load_facts(course)
    notes = {
        # As umkm_tools.qris_fees.rates.note_key names them.
        f"{name.removeprefix('mdr-').rsplit('-', 2)[0]} {fact.valid_from.isoformat()}": fact.note
        for name, fact in facts.items()
        if name.startswith("mdr-") and fact.note
    }
    beside = [facts[name] for name in _BESIDE if name in facts]
    return tariff_to_plain(qris_tariff(course)) | {
        "notes": notes,
        "facts": [
            {
                "text": _sentence(fact),
                "since": long_day(fact.valid_from),
                "source": fact.source,
                "dated": _dated(fact),
                "note": fact.note,
            }
            for fact in beside
        ],
    }


def _marketplaces(course: Course) -> list[Mapping[str, Any]]:
    from umkm_courses import marketplace_fees  # noqa: PLC0415

    return [
        {
            "platform": model.platform,
            "goods": model.goods,
            "parts": [
                {
                    "name": part.name,
                    "percent": str(part.percent),
                    "most": part.most,
                    "fixed": part.fixed,
                }
                for part in model.parts
            ],
            "valid_from": model.valid_from.isoformat(),
            "source": model.source,
            "source_date": model.source_date.isoformat(),
        }
        for model in marketplace_fees(course)
    ]
