"""The content calendar as a widget: plans a month, and exports it as an iCalendar file or a PDF."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from umkm.calendar import MONTHS, long_day, month_name
from umkm.errors import InputError
from umkm.marketing.content import Post, Wishes, plan_month, special_days, to_ics
from umkm_tools.base.clock import today_in_serang
from umkm_tools.base.form_tool import File, FormTool
from umkm_tools.base.page import Apart, at_once
from umkm_tools.base.scripts import script
from umkm_tools.content_calendar.sheet import printed_sheet

_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


class ContentCalendar(FormTool):
    """Plans posts.

    Args:
        business_name: printed on the exports.
        today: gives the present day; what is left of its month and the next three are on offer.
        apart: calls what takes long.
    """

    _esm = script(Path(__file__).parent)

    def __init__(
        self,
        business_name: str = "Usaha saya",
        today: Callable[[], date] = today_in_serang,
        *,
        apart: Apart = at_once,
    ) -> None:
        months = [_months_on(today(), ahead) for ahead in range(4)]
        super().__init__({"months": [[f"{on:%Y-%m}", month_name(on)] for on in months]}, apart)
        self._business_name = business_name
        self._today = today

    def calculate(self, form: Mapping[str, Any]) -> dict[str, Any]:
        """Return the plan with the person's own words where they wrote some."""
        if not _lines(form, "goods"):
            return {"posts": None}
        year, month = _month(form)
        return {
            "heading": f"{MONTHS[month - 1]} {year}",
            "special": [day.written for day in special_days(year, month)],
            "posts": [
                {
                    "key": _key(post),
                    "day": f"{_DAYS[post.on.weekday()]}, {long_day(post.on)}",
                    "kind": post.kind.value,
                    "channel": post.channel,
                    "idea": post.idea,
                }
                for post in self._plan(form)
            ],
        }

    def export_file(self, what: str, form: Mapping[str, Any]) -> File:
        """Return the plan as a file for the phone's calendar, or as a sheet for the wall."""
        posts, (year, month) = self._plan(form), _month(form)
        if not posts:
            raise InputError(
                "Tidak ada lagi hari itu di bulan ini. Pilih hari atau bulan lain.", "weekdays"
            )
        name = f"kalender-konten-{year}-{month:02}"
        if what == "ics":
            content = to_ics(posts, self._business_name, datetime.now(UTC))
            return File(f"{name}.ics", "text/calendar", content)
        sheet = self._apart(printed_sheet, self._business_name, date(year, month, 1), posts)
        return File(f"{name}.pdf", "application/pdf", sheet)

    def _plan(self, form: Mapping[str, Any]) -> list[Post]:
        """Return what is still to come of the month."""
        weekdays = tuple(int(day) for day in _listed(form, "weekdays") if day in set("0123456"))
        goods = tuple(_lines(form, "goods"))
        channels = tuple(name[:40] for name in _listed(form, "channels"))[:6]
        posts = plan_month(*_month(form), Wishes(weekdays, channels, goods))
        own = form.get("ideas")
        ideas = own if isinstance(own, Mapping) else {}
        return [
            replace(post, idea=_own(ideas.get(_key(post))) or post.idea)
            for post in posts
            if post.on >= self._today()
        ]


def _key(post: Post) -> str:
    return post.on.isoformat()


def _own(text: object) -> str:
    return " ".join(text.split())[:300] if isinstance(text, str) else ""


def _lines(form: Mapping[str, Any], field: str) -> list[str]:
    typed = form.get(field, "")
    lines = typed[:300].splitlines() if isinstance(typed, str) else []
    return [line.strip() for line in lines if line.strip()]


def _listed(form: Mapping[str, Any], field: str) -> list[str]:
    chosen = form.get(field, [])
    return [one for one in chosen if isinstance(one, str)] if isinstance(chosen, list) else []


def _month(form: Mapping[str, Any]) -> tuple[int, int]:
    year, _, month = str(form.get("month", "")).partition("-")
    if not (year.isdecimal() and month.isdecimal() and len(year) == 4 and len(month) == 2):
        raise InputError("Pilih bulannya dulu.", "month")
    return int(year), int(month)


def _months_on(day: date, ahead: int) -> date:
    years, month = divmod(day.month - 1 + ahead, 12)
    return date(day.year + years, month + 1, 1)
