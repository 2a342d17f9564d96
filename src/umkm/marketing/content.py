"""A month of posts planned in ten minutes, around the days that matter to buyers.

Public holidays come from the package `holidays` (joint leave is decided year by year and is left
out); Ramadan from the Umm al-Qura calendar of `hijridate`. In Indonesia the government fixes the
first day at its session (sidang isbat), so a Hijri day may still move by one: it is marked so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Final

from umkm.calendar import long_day
from umkm.marketing.errors import MarketingError

MOST_A_WEEK: Final = 7
FIRST_YEAR, LAST_YEAR = 2024, 2076

_RAMADAN: Final = 9
_MAY_MOVE: Final = "perkiraan, bisa bergeser sehari"


class Kind(Enum):
    """What a post does; the words are shown."""

    GOODS = "Kenalkan barang"
    STORY = "Cerita di balik dapur"
    CUSTOMER = "Kata pelanggan"
    TIP = "Tips berguna"
    OFFER = "Ajakan pesan"


@dataclass(frozen=True)
class SpecialDay:
    """A day buyers think of; `moves` where only the moon decides it."""

    on: date
    name: str
    moves: bool = False

    @property
    def written(self) -> str:
        """Return it as it stands in a list."""
        note = f" ({_MAY_MOVE})" if self.moves else ""
        return f"{long_day(self.on)}: {self.name}{note}"


@dataclass(frozen=True)
class Post:
    """One thing to put online on a day."""

    on: date
    channel: str
    kind: Kind
    idea: str


@dataclass(frozen=True)
class Wishes:
    """What the shopkeeper chose: days of the week (Monday is 0), channels, goods."""

    weekdays: tuple[int, ...]
    channels: tuple[str, ...]
    goods: tuple[str, ...]


_IDEAS: Final = {
    Kind.GOODS: "Foto {goods} di tempat terang. Tulis ukuran dan harganya.",
    Kind.STORY: "Video pendek: bagaimana {goods} dibuat. Tunjukkan tangan dan bahannya.",
    Kind.CUSTOMER: "Minta izin satu pelanggan, lalu bagikan kata-katanya tentang {goods}.",
    Kind.TIP: "Satu tips: cara menyimpan atau menyajikan {goods} supaya tetap enak dan awet.",
    Kind.OFFER: "Ajak pesan {goods} hari ini. Tulis cara pesan dan batas waktunya.",
}
_FASTING: Final = "Bulan puasa: unggah sore, sebelum orang menyiapkan buka."
# Four posts that give for one that asks.
_ORDER: Final = (Kind.GOODS, Kind.STORY, Kind.TIP, Kind.CUSTOMER, Kind.OFFER)


def special_days(year: int, month: int) -> list[SpecialDay]:
    """Return a month's holidays and, where it falls in it, the first day of Ramadan.

    Raises:
        MarketingError: a month no calendar has, or a year outside the tables.
    """
    first, last = _month(year, month)
    found = [*_holidays(first, last), *_ramadan_begins(first, last)]
    return sorted(found, key=lambda day: (day.on, day.name))


def is_ramadan(day: date) -> bool:
    """Return whether a day falls into Ramadan by the Umm al-Qura calendar."""
    from hijridate import Gregorian  # noqa: PLC0415

    return bool(Gregorian.fromdate(day).to_hijri().month == _RAMADAN)


def plan_month(year: int, month: int, wishes: Wishes) -> list[Post]:
    """Return a month's posts: kinds, goods and channels in turn, special days announced before.

    The post nearest before a special day, three days at the most, is about that day.

    Raises:
        MarketingError: no goods, days or channels were chosen, or as `special_days`.
    """
    if not wishes.goods or not all(name.strip() for name in wishes.goods):
        raise MarketingError("Tulis paling sedikit satu barang yang Anda jual.", "goods")
    if not wishes.weekdays or not set(wishes.weekdays) <= set(range(MOST_A_WEEK)):
        raise MarketingError("Pilih hari apa saja Anda mau mengunggah.", "weekdays")
    if not wishes.channels:
        raise MarketingError("Pilih di mana Anda mengunggah, misalnya Status WhatsApp.", "channels")
    first, last = _month(year, month)
    days = [
        first + timedelta(number)
        for number in range((last - first).days + 1)
        if (first + timedelta(number)).weekday() in wishes.weekdays
    ]
    ahead = special_days(year, month) + special_days(*_next(year, month))
    return [_post(number, day, wishes, ahead, days) for number, day in enumerate(days)]


def to_ics(posts: Sequence[Post], shop: str, stamp: datetime) -> bytes:
    """Return the plan as an iCalendar file (RFC 5545), whole-day entries a phone can take in.

    `stamp` is when it was made, with its time zone. Entries keep their UID when the plan is made
    again, so that a phone replaces them instead of doubling them.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415

    book = Calendar()
    book.add("prodid", "-//UMKM Naik Kelas//Kalender konten//ID")
    book.add("version", "2.0")
    book.add("x-wr-calname", f"Konten {shop}")
    for post in posts:
        entry = Event()
        entry.add("uid", f"{post.on.isoformat()}-{_plain(post.channel)}@umkm-naik-kelas")
        entry.add("dtstamp", stamp)
        entry.add("dtstart", post.on)
        entry.add("dtend", post.on + timedelta(1))
        entry.add("summary", f"{post.kind.value} ({post.channel})")
        entry.add("description", post.idea)
        entry.add("transp", "TRANSPARENT")
        book.add_component(entry)
    return bytes(book.to_ical())


def _post(
    number: int, day: date, wishes: Wishes, ahead: Sequence[SpecialDay], days: Sequence[date]
) -> Post:
    channel = wishes.channels[number % len(wishes.channels)]
    goods = wishes.goods[number % len(wishes.goods)].strip()
    following = days[number + 1] if number + 1 < len(days) else day + timedelta(4)
    for special in ahead:
        if day <= special.on < following and (special.on - day).days <= 3:
            idea = f"{special.name}, {long_day(special.on)}. Ucapan singkat, lalu tawarkan {goods}."
            return Post(day, channel, Kind.OFFER, f"{idea} Tulis batas waktu pesan.")
    kind = _ORDER[number % len(_ORDER)]
    idea = _IDEAS[kind].replace("{goods}", goods)
    return Post(day, channel, kind, f"{idea} {_FASTING}" if is_ramadan(day) else idea)


def _holidays(first: date, last: date) -> list[SpecialDay]:
    import holidays  # noqa: PLC0415

    known = holidays.country_holidays("ID", years=first.year, language="id")
    return [
        SpecialDay(day, name.replace(" (perkiraan)", ""), moves="(perkiraan)" in name)
        for day in known
        if first <= day <= last
        for name in known.get_list(day)
    ]


def _ramadan_begins(first: date, last: date) -> list[SpecialDay]:
    day = first
    while day <= last:
        if is_ramadan(day) and not is_ramadan(day - timedelta(1)):
            return [SpecialDay(day, "Awal Ramadan", moves=True)]
        day += timedelta(1)
    return []


def _month(year: int, month: int) -> tuple[date, date]:
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        raise MarketingError("Pilih bulan dan tahun, misalnya Maret 2027.", "month")
    return date(year, month, 1), date(*_next(year, month), 1) - timedelta(1)


def _next(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


def _plain(text: str) -> str:
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in text.lower())
