"""A tariff as JSON-able values and back: what a server tells the page's kernel."""

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


def tariff_from_plain(told: Mapping[str, Any]) -> Tariff:
    """Return the tariff that `tariff_to_plain` wrote.

    Raises:
        KeyError, ValueError, TypeError: it did not write that.
    """
    return Tariff(tuple(map(_rule, told["rules"])), Rounding(told["rounding"]))


def _rule(told: Mapping[str, Any]) -> FeeRule:
    return FeeRule(
        FeeGroup(told["group"]),
        date.fromisoformat(told["valid_from"]),
        tuple(Step(Fraction(percent), up_to) for percent, up_to in told["steps"]),
        told["source"],
        date.fromisoformat(told["source_date"]),
    )
