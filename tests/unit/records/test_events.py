from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from tests.unit.records.conftest import COHORT

from umkm_records import create_cohort, record_event
from umkm_records.answers import Check, checks_of, not_yet_checked
from umkm_records.people import enrol
from umkm_records.tables import EventRow


def test_checks_are_given_back_by_sheet_oldest_first(records, siti, budi):
    for sheet, verdict in [("kas/01", "wrong"), ("kas/02", "right"), ("kas/01", "right")]:
        record_event(records, siti.code, "checked", sheet, {"question": "laba", "verdict": verdict})
    record_event(records, siti.code, "opened", "kas/01")
    record_event(records, budi.code, "checked", "kas/01", {"question": "laba", "verdict": "right"})
    found = checks_of(records, siti.code, ["kas/01"])
    assert [(one.question, one.verdict) for one in found] == [("laba", "wrong"), ("laba", "right")]
    assert all(isinstance(one, Check) and one.at.tzinfo for one in found)
    assert checks_of(records, "srg-nobody", ["kas/01"]) == []


def test_what_is_not_checked_yet_counts_real_checks_of_this_class_alone(records, cohort, siti):
    sheet, asked = "pembukuan/01-dua-laci", ["satu", "dua", "tiga"]
    for question, verdict in (("satu", "wrong"), ("dua", "empty"), ("lain", "right")):
        record_event(
            records, siti.code, "checked", sheet, {"question": question, "verdict": verdict}
        )
    record_event(
        records, siti.code, "checked", "pembukuan/02", {"question": "tiga", "verdict": "right"}
    )
    assert not_yet_checked(records, siti.code, sheet, asked) == ["dua", "tiga"]
    create_cohort(records, replace(COHORT, id="kasemen-2", join_code="KASEMEN-2"))
    enrol(records, siti.code, "KASEMEN-2", "2026-11")
    assert not_yet_checked(records, siti.code, sheet, asked) == asked
    first = records.of_class(cohort.id)
    assert not_yet_checked(first, siti.code, sheet, asked) == ["dua", "tiga"]


def test_the_same_thing_again_within_a_minute_is_noted_once(records, siti, monkeypatch):
    now = datetime(2026, 11, 23, 2, tzinfo=UTC)
    monkeypatch.setattr("umkm_records.answers.events.moment", lambda _: now)

    def check(verdict, question="laba", shown=()):
        detail = {"question": question, "verdict": verdict, "misunderstandings": list(shown)}
        record_event(records, siti.code, "checked", "kas/01", detail)

    def noted():
        return [
            (one.question, one.verdict, int((one.at - first).total_seconds()))
            for one in checks_of(records, siti.code, ["kas/01"])
        ]

    first = now
    for _ in range(50):
        check("wrong")
    check("wrong", question="omzet")
    check("wrong", shown=("prive-biaya",))
    now += timedelta(seconds=30)
    # What came of it changes, also back again: that decides when the question is asked next.
    check("right")
    check("wrong")
    check("wrong")
    now += timedelta(seconds=61)
    check("wrong")
    assert noted() == [
        ("laba", "wrong", 0), ("omzet", "wrong", 0), ("laba", "wrong", 0),
        ("laba", "right", 30), ("laba", "wrong", 30), ("laba", "wrong", 91),
    ]  # fmt: skip
    # The laptop's date is set back: what is done now is noted all the same.
    now -= timedelta(days=1)
    check("wrong")
    assert len(noted()) == 7


def test_a_page_opened_again_and_again_is_noted_once_a_minute(records, siti):
    for _ in range(20):
        record_event(records, siti.code, "opened", "kas/01")
    record_event(records, siti.code, "completed", "kas/01")
    record_event(records, siti.code, "completed", "kas/01")
    with records.read_session() as session:
        verbs = list(session.scalars(select(EventRow.verb).where(EventRow.object == "kas/01")))
    assert verbs == ["opened", "completed"]


def test_a_check_with_a_key_counts_once_however_late_it_comes_again(
    records, siti, budi, monkeypatch
):
    now = datetime(2026, 11, 23, 2, tzinfo=UTC)
    monkeypatch.setattr("umkm_records.answers.events.moment", lambda _: now)

    def check(key, verdict="wrong", who=siti, sheet="kas/01"):
        detail = {"question": "laba", "verdict": verdict}
        record_event(records, who.code, "checked", sheet, detail, key=key)

    def count(who=siti, sheet="kas/01"):
        return len(checks_of(records, who.code, [sheet]))

    check("w1-tekan-1")
    for _ in range(3):
        now += timedelta(hours=5)
        check("w1-tekan-1")
    assert count() == 1
    check("w1-tekan-2")
    assert count() == 2
    # The key of one press says nothing of another verdict, sheet or person.
    now += timedelta(hours=5)
    check("w1-tekan-1", verdict="right")
    check("w1-tekan-1", who=budi)
    check("w1-tekan-1", sheet="kas/02")
    assert (count(), count(budi), count(sheet="kas/02")) == (3, 1, 1)
    for _ in range(2):
        now += timedelta(hours=5)
        check("")
    assert count() == 5
