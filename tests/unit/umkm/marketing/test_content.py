"""The content calendar, read back by another library and compared with printed calendars."""

from datetime import UTC, date, datetime

import pytest
import vobject

from umkm.marketing import MarketingError, Wishes, plan_month, special_days, to_ics
from umkm.marketing.content import Kind, is_ramadan

WISHES = Wishes((0, 2, 4), ("Status WhatsApp", "Instagram"), ("keripik talas", "rengginang"))


def test_days_of_the_government_calendar():
    # SKB 3 Menteri for 2026: Nyepi 19 March, Idul Fitri 21-22 March, Christmas 25 December.
    march = {(day.on, day.name) for day in special_days(2026, 3)}
    assert any(on == date(2026, 3, 19) and "Nyepi" in name for on, name in march)
    assert any(on == date(2026, 3, 21) and "Idul Fitri" in name for on, name in march)
    (christmas,) = special_days(2026, 12)
    assert (christmas.on, christmas.moves) == (date(2026, 12, 25), False)


def test_ramadan_by_umm_al_qura():
    # The published Umm al-Qura calendar: 1 Ramadan 1447 is 18 February 2026, 1448 is 8 February 2027.
    assert (is_ramadan(date(2026, 2, 17)), is_ramadan(date(2026, 2, 18))) == (False, True)
    begins = [day for day in special_days(2027, 2) if day.name == "Awal Ramadan"]
    assert [day.on for day in begins] == [date(2027, 2, 8)]
    assert begins[0].written == "8 Februari 2027: Awal Ramadan (perkiraan, bisa bergeser sehari)"


def test_a_month_of_mondays_wednesdays_fridays():
    posts = plan_month(2027, 2, WISHES)
    assert [post.on.day for post in posts] == [1, 3, 5, 8, 10, 12, 15, 17, 19, 22, 24, 26]
    assert {post.channel for post in posts} == {"Status WhatsApp", "Instagram"}
    before_new_year = posts[2]
    assert before_new_year.kind is Kind.OFFER
    assert before_new_year.idea.startswith("Tahun Baru Imlek, 6 Februari 2027.")
    assert "sebelum orang menyiapkan buka" in posts[4].idea


@pytest.mark.slow
def test_a_phone_can_read_the_file():
    posts = plan_month(2026, 12, WISHES)
    written = to_ics(posts, "Dapur Ratna", datetime(2026, 11, 23, 3, 0, tzinfo=UTC))
    assert written.count(b"\r\n") == written.count(b"\n")
    read = vobject.readOne(written.decode())
    entries = list(read.vevent_list)
    assert [entry.dtstart.value for entry in entries] == [post.on for post in posts]
    assert [entry.description.value for entry in entries] == [post.idea for post in posts]
    assert len({entry.uid.value for entry in entries}) == len(posts)
    assert max(len(line) for line in written.split(b"\r\n")) <= 75


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        (Wishes((0,), ("WA",), ()), "goods"),
        (Wishes((0,), ("WA",), (" ",)), "goods"),
        (Wishes((), ("WA",), ("a",)), "weekdays"),
        (Wishes((7,), ("WA",), ("a",)), "weekdays"),
        (Wishes((0,), (), ("a",)), "channels"),
    ],
)
def test_an_empty_choice_says_what_to_choose(wishes: Wishes, field: str):
    with pytest.raises(MarketingError) as refused:
        plan_month(2026, 12, wishes)
    assert refused.value.field == field


def test_a_month_outside_the_tables():
    for year, month in ((26, 3), (2026, 13), (9999, 1)):
        with pytest.raises(MarketingError, match="Pilih bulan"):
            special_days(year, month)
