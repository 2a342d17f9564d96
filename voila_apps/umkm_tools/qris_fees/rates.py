"""The rates of a page, each with its first day, its source and the day of the source."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Final

from umkm.calendar import long_day
from umkm.money import format_rupiah
from umkm.qris import FeeGroup, FeeRule, Step, Tariff, fee_group, tariff_from_plain
from umkm.quantities import format_quantity

CLASSES: Final[Mapping[str, tuple[str, FeeGroup]]] = {
    "UMI": ("Usaha mikro (UMI)", fee_group("UMI")),
    "UKE": ("Usaha kecil (UKE)", fee_group("UKE")),
    "UME": ("Menengah atau besar", fee_group("UME")),
    "sekolah": ("Sekolah, kampus", FeeGroup.EDUCATION),
    "spbu": ("SPBU", FeeGroup.FUEL),
    "sosial": ("Ibadah, donasi, bantuan", FeeGroup.SOCIAL),
    "BLU": ("Layanan pemerintah", FeeGroup.PUBLIC_SERVICE),
}


@dataclass(frozen=True)
class Rates:
    """A tariff, remarks on its rules by group and day, and other facts that stand beside it."""

    tariff: Tariff
    notes: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[Mapping[str, str], ...] = ()


def rates_from(text: str) -> Rates | None:
    """Return the rates of a page, or None where it has none."""
    data = json.loads(text) if text else {}
    if "rules" not in data:
        return None
    return Rates(tariff_from_plain(data), data.get("notes", {}), tuple(data.get("facts", ())))


def history(rates: Rates, group: FeeGroup, today: date) -> list[dict[str, Any]]:
    """Return a group's rules, the newest first, as they are shown; `now` marks the one that holds."""
    rules = sorted(
        (rule for rule in rates.tariff.rules if rule.group is group),
        key=lambda rule: rule.valid_from,
        reverse=True,
    )
    current = next((rule for rule in rules if rule.valid_from <= today), None)
    return [{"now": rule is current, **_shown_rule(rates, rule)} for rule in rules]


def applied(rates: Rates, group: FeeGroup, days: Iterable[date]) -> list[dict[str, str]]:
    """Return a group's rules that held on some of these days, the oldest first, as they are shown."""
    rules = sorted(
        (rule for rule in rates.tariff.rules if rule.group is group),
        key=lambda rule: rule.valid_from,
    )
    held = {
        max((rule.valid_from for rule in rules if rule.valid_from <= day), default=None)
        for day in days
    }
    return [_shown_rule(rates, rule) for rule in rules if rule.valid_from in held]


def _shown_rule(rates: Rates, rule: FeeRule) -> dict[str, str]:
    note = rates.notes.get(note_key(rule), "")
    return {"rate": _steps(rule.steps), **cited(rule), "note": note}


def cited(rule: FeeRule) -> dict[str, str]:
    """Return where a rate comes from."""
    return {
        "since": long_day(rule.valid_from),
        "source": rule.source,
        "dated": long_day(rule.source_date),
    }


def note_key(rule: FeeRule) -> str:
    """Return the name of the remark on a rule."""
    return f"{rule.group.value} {rule.valid_from.isoformat()}"


def percent_text(percent: Fraction) -> str:
    """Return a rate as it is written: `0,3%`."""
    return format_quantity(percent, "%")


def _steps(steps: tuple[Step, ...]) -> str:
    words = [
        f"{percent_text(step.percent)} sampai {format_rupiah(step.up_to)} sekali bayar"
        if step.up_to is not None
        else percent_text(step.percent)
        for step in steps
    ]
    return f"{words[0]}, di atasnya {words[1]}" if len(words) == 2 else "; ".join(words)
