"""A tariff as JSON values and back, for a page's kernel."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from umkm.qris.mdr import FeeGroup, FeeRule, Rounding, Step, Tariff


def tariff_to_plain(tariff: Tariff) -> dict[str, Any]:
    """Return a tariff as JSON-able values."""
    return {
        "rounding": tariff.rounding.value,
        "rules": [
            {
                "group": rule.group.value,
                "valid_from": rule.valid_from.isoformat(),
                "steps": [[str(step.percent), step.up_to] for step in rule.steps],
                "source": rule.source,
                "source_date": rule.source_date.isoformat(),
            }
            for rule in tariff.rules
        ],
    }


def tariff_from_plain(data: Mapping[str, Any]) -> Tariff:
    """Return the tariff that `tariff_to_plain` wrote.

    Raises:
        KeyError, ValueError, TypeError: it did not write that.
    """
    return Tariff(tuple(map(_rule, data["rules"])), Rounding(data["rounding"]))


def _rule(data: Mapping[str, Any]) -> FeeRule:
    return FeeRule(
        FeeGroup(data["group"]),
        date.fromisoformat(data["valid_from"]),
        tuple(Step(Fraction(percent), up_to) for percent, up_to in data["steps"]),
        data["source"],
        date.fromisoformat(data["source_date"]),
    )
