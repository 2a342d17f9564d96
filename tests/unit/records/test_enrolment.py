"""Somebody joins a second class: what they did in the first stays there and leaks nowhere."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.unit.records.conftest import COHORT, MONDAY

from umkm_records import (
    ChangeId,
    DraftKey,
    FormError,
    Result,
    class_progress,
    create_cohort,
    export_person,
    get_participant,
    latest_submission,
    load_drafts,
    publish,
    result_of,
    save_draft,
    submissions_of,
    submit,
)
from umkm_records.people import enrol

SHEET = "pembukuan-dua-laci"
LATER = MONDAY + timedelta(days=30)


@pytest.fixture
def second(records, cohort):
    return create_cohort(records, replace(COHORT, id="kasemen-2", join_code="KASEMEN-2"), MONDAY)


def test_the_second_class_begins_anew_and_the_first_keeps_all(records, siti, cohort, second):
    save_draft(records, DraftKey(siti.code, SHEET, "laba"), "350rb", ChangeId("hp", 1), MONDAY)
    first = submit(records, siti.code, SHEET, ["laba"], MONDAY)
    publish(records, Result(siti.code, SHEET, 1, 2.0, 5.0), MONDAY)
    enrolled = enrol(records, siti.code, "kasemen 2", "2026-11", LATER)
    assert (enrolled.code, enrolled.cohort) == (siti.code, second.id)
    assert load_drafts(records, siti.code, SHEET) == {}
    assert latest_submission(records, siti.code, SHEET) is None
    assert result_of(records, siti.code, SHEET) is None
    (row,) = class_progress(records, second.id, [SHEET], LATER)
    assert row.states[SHEET] == "unopened"
    save_draft(records, DraftKey(siti.code, SHEET, "laba"), "400rb", ChangeId("hp", 2), LATER)
    again = submit(records, siti.code, SHEET, ["laba"], LATER)
    assert (again.attempt, again.cohort) == (1, second.id)
    assert [one.code for one in submissions_of(records, cohort.id, SHEET)] == [first.code]
    assert [one.code for one in submissions_of(records, second.id, SHEET)] == [again.code]
    there = records.of_class(cohort.id)
    assert load_drafts(there, siti.code, SHEET) == {"laba": "350rb"}
    assert result_of(there, siti.code, SHEET).points == 2
    assert get_participant(there, siti.code).cohort == cohort.id


def test_an_answer_held_back_since_the_first_class_goes_there(records, siti, cohort, second):
    enrol(records, siti.code, "KASEMEN-2", "2026-11", LATER)
    held_back = ChangeId("hp", 1, acted_at=MONDAY + timedelta(hours=1))
    now = LATER + timedelta(hours=1)
    save_draft(records, DraftKey(siti.code, SHEET, "laba"), "350rb", held_back, now)
    assert load_drafts(records, siti.code, SHEET) == {}
    assert load_drafts(records.of_class(cohort.id), siti.code, SHEET) == {"laba": "350rb"}
    # A laptop whose clock was set back since she joined: no time of before tells anything.
    back = ChangeId("hp", 1, acted_at=MONDAY)
    save_draft(records, DraftKey(siti.code, SHEET, "modal"), "1", back, MONDAY)
    assert load_drafts(records, siti.code, SHEET) == {"modal": "1"}


def test_joining_twice_is_joining_once_and_consent_is_proven_for_each(records, siti, second):
    for _ in range(2):
        enrol(records, siti.code, "KASEMEN-2", "2026-12", LATER)
    copy = export_person(records, siti.code)
    assert [one["version"] for one in copy["consents"]] == ["2026-11", "2026-12"]
    assert [one["cohort_id"] for one in copy["enrolments"]] == ["kasemen-2", "kasemen-2026-11"]


def test_a_wrong_code_or_no_consent_joins_nothing(records, siti, second):
    with pytest.raises(FormError, match="Kode kelas ini tidak ada"):
        enrol(records, siti.code, "ENTAH-1", "2026-11")
    with pytest.raises(FormError, match="centang"):
        enrol(records, siti.code, "KASEMEN-2", " ")
    assert get_participant(records, siti.code).cohort == siti.cohort
