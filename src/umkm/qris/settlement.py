"""When a provider pays out what customers paid by QRIS, and how much arrives.

Practice differs between providers and changes: days, hours and fees are theirs to say, so they
come in as a `Provider`. Days and hours are WIB; a moment is told with its time zone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from umkm.qris.mdr import FeeGroup, Tariff
from umkm.wib import WIB


@dataclass(frozen=True)
class Provider:
    """How one provider pays out.

    Args:
        name: as the trainee knows it.
        days: how many days after the payment (0: the same day).
        working_days: whether Saturdays, Sundays and holidays are passed over.
        closes_at: payments at or after this hour count for the next day.
        batches: hours of the day at which money leaves, if there are several; for `days` 0 the
            next one after the payment, and the first of the next day when all are past.
        payout_fee: Rupiah taken from each payout.
    """

    name: str
    days: int
    working_days: bool = True
    closes_at: time | None = None
    batches: tuple[time, ...] = ()
    payout_fee: int = 0

    def __post_init__(self) -> None:
        if self.days < 0 or self.payout_fee < 0:
            raise ValueError("days and fee are 0 or more")
        if list(self.batches) != sorted(set(self.batches)):
            raise ValueError("batches stand in the order of the day, each once")


@dataclass(frozen=True)
class Payment:
    """One payment by QRIS: when (with time zone) and how many Rupiah."""

    at: datetime
    amount: int


@dataclass(frozen=True)
class PayoutTime:
    """The day, and where the provider says so the hour, of a payout."""

    on: date
    at: time | None = None


@dataclass(frozen=True)
class Payout:
    """What one payout brings: `net` is `gross` less MDR and the payout's own fee."""

    when: PayoutTime
    payments: tuple[Payment, ...]
    gross: int
    mdr: int
    payout_fee: int

    @property
    def net(self) -> int:
        """Return what arrives in the account; below zero where the fee eats it all."""
        return self.gross - self.mdr - self.payout_fee


def payout_time(at: datetime, provider: Provider, holidays: Collection[date] = ()) -> PayoutTime:
    """Return when a payment is paid out.

    Raises:
        ValueError: a moment without a time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a payment's moment needs its time zone")
    local = at.astimezone(WIB)
    day, hour = local.date(), local.time()
    late = provider.closes_at is not None and hour >= provider.closes_at
    if provider.days == 0 and provider.batches and hour >= provider.batches[-1]:
        late = True
    if late:
        day += timedelta(days=1)
    due = _count(day, provider, holidays)
    if not provider.batches:
        return PayoutTime(due)
    if provider.days == 0 and due == local.date():
        return PayoutTime(due, next(batch for batch in provider.batches if batch > hour))
    return PayoutTime(due, provider.batches[0])


def payouts(
    payments: Iterable[Payment],
    provider: Provider,
    fees: tuple[Tariff, FeeGroup],
    holidays: Collection[date] = (),
) -> tuple[Payout, ...]:
    """Return the calendar of payouts for these payments, earliest first.

    MDR goes by the day of the payment in WIB, whenever it is paid out.

    Raises:
        InputError: no rate is known for a payment's day.
        ValueError: a moment without a time zone.
    """
    tariff, group = fees
    due: dict[PayoutTime, list[Payment]] = defaultdict(list)
    for payment in sorted(payments, key=lambda payment: payment.at):
        due[payout_time(payment.at, provider, holidays)].append(payment)
    ordered = sorted(due.items(), key=lambda item: (item[0].on, item[0].at or time.min))
    return tuple(
        Payout(
            when=when,
            payments=tuple(paid),
            gross=sum(payment.amount for payment in paid),
            mdr=sum(tariff.fee(p.amount, group, p.at.astimezone(WIB).date()).fee for p in paid),
            payout_fee=provider.payout_fee,
        )
        for when, paid in ordered
    )


def _count(day: date, provider: Provider, holidays: Collection[date]) -> date:
    """Return the day `days` on. Counting working days, the first after a Saturday's payment is Monday."""
    if not provider.working_days:
        return day + timedelta(days=provider.days)
    if provider.days == 0:
        return _next_open(day, holidays)
    for _ in range(provider.days):
        day = _next_open(day + timedelta(days=1), holidays)
    return day


def _next_open(day: date, holidays: Collection[date]) -> date:
    while day.weekday() >= 5 or day in holidays:
        day += timedelta(days=1)
    return day
