"""What a QRIS payment costs the merchant: the merchant discount rate (MDR), by date.

No rate stands here. Rates change by decree, so they come in as data with their date and source,
read from a course's `facts.toml` or written in a test.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from fractions import Fraction

from umkm.calendar import long_day
from umkm.errors import InputError
from umkm.qris.checks.accounts import CRITERIA


class FeeGroup(StrEnum):
    """Merchants and payments that Bank Indonesia gives one rate."""

    MICRO = "mikro"
    REGULAR = "reguler"
    EDUCATION = "pendidikan"
    FUEL = "spbu"
    PUBLIC_SERVICE = "blu-pso"
    SOCIAL = "sosial"
    """Government to people, people to government, donations, worship."""


class Rounding(Enum):
    """What becomes of a fraction of a Rupiah. No public rule was found: ask the provider."""

    DOWN = "down"
    HALF_UP = "half-up"
    UP = "up"


@dataclass(frozen=True)
class Step:
    """The rate in percent of payments up to and with `up_to` Rupiah (None: of any size)."""

    percent: Fraction
    up_to: int | None = None


@dataclass(frozen=True)
class FeeRule:
    """One group's rates from a day on, smallest payments first, and who says so."""

    group: FeeGroup
    valid_from: date
    steps: tuple[Step, ...]
    source: str
    source_date: date

    def __post_init__(self) -> None:
        limits = [step.up_to for step in self.steps]
        known = [limit for limit in limits[:-1] if limit is not None]
        if not limits or limits[-1] is not None or len(known) != len(limits) - 1:
            raise ValueError("the last step, and only it, has no limit")
        if known != sorted(set(known)):
            raise ValueError("steps go from the smallest payments to the largest")
        if any(not 0 <= step.percent < 100 for step in self.steps):
            raise ValueError("a rate is 0 percent or more and less than 100")

    def percent(self, amount: int) -> Fraction:
        """Return the rate of a payment; it counts for the whole amount, not for the excess."""
        return next(s.percent for s in self.steps if s.up_to is None or amount <= s.up_to)


@dataclass(frozen=True)
class Fee:
    """The fee of one payment in whole Rupiah, by which rate and rule, and what is left."""

    amount: int
    percent: Fraction
    fee: int
    rule: FeeRule

    @property
    def net(self) -> int:
        """Return what the merchant receives."""
        return self.amount - self.fee


@dataclass(frozen=True)
class Tariff:
    """All rules known, and how a provider rounds."""

    rules: tuple[FeeRule, ...]
    rounding: Rounding

    def rule(self, group: FeeGroup, on: date) -> FeeRule:
        """Return the rule of a group that held on a day.

        Raises:
            InputError: no rule is known for that day.
        """
        known = [r for r in self.rules if r.group is group and r.valid_from <= on]
        if not known:
            raise InputError(
                f"Biaya QRIS golongan {group.value} untuk {long_day(on)} belum ada di daftar.",
                "date",
            )
        return max(known, key=lambda rule: rule.valid_from)

    def fee(self, amount: int, group: FeeGroup, on: date) -> Fee:
        """Return the fee of a payment of `amount` Rupiah made on a day (in WIB).

        Raises:
            InputError: no rule is known for that day, or the amount is negative.
        """
        if amount < 0:
            raise InputError("Jumlah pembayaran tidak boleh kurang dari nol.", "amount")
        rule = self.rule(group, on)
        percent = rule.percent(amount)
        return Fee(amount, percent, round_rupiah(amount * percent / 100, self.rounding), rule)


def fee_group(criteria: str, category: FeeGroup | None = None) -> FeeGroup:
    """Return the group of a merchant by its criteria (UMI ... BLU), unless a category has its own.

    A school, a filling station or a place of worship goes by its category. Small businesses (UKE)
    are not micro: they pay the regular rate. A code without criteria counts as URE (Table 4.6).

    Raises:
        InputError: criteria that do not exist.
    """
    if category is not None:
        return category
    if criteria not in {"", *CRITERIA}:
        raise InputError(f"Golongan usaha: pilih {', '.join(CRITERIA)}.", "criteria")
    if criteria in {"PSO", "BLU"}:
        return FeeGroup.PUBLIC_SERVICE
    return FeeGroup.MICRO if criteria == "UMI" else FeeGroup.REGULAR


def round_rupiah(value: Fraction, rounding: Rounding) -> int:
    """Return a fee of 0 or more in whole Rupiah."""
    if rounding is Rounding.DOWN:
        return int(value)
    if rounding is Rounding.UP:
        return -int(-value // 1)
    return int(value + Fraction(1, 2))
