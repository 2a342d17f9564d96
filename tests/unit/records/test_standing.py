"""Where a participant stands and what is stored of a sheet: each read with one statement."""

from dataclasses import replace

import pytest
from sqlalchemy import event
from tests.unit.records.conftest import COHORT

from umkm_records import (
    ChangeId,
    DraftKey,
    Result,
    UnknownParticipant,
    create_cohort,
    publish,
    record_event,
    save_draft,
    submit,
)
from umkm_records.answers import read_sheet, read_standing
from umkm_records.classes import offer_courses, set_course_test_window
from umkm_records.people import enrol, half_of_class, remove_from_class

SHEET, LESSON = "pembukuan-dua-laci", "pembukuan/01-dua-laci"


def answer(records, code, text, sheet=SHEET, *, question="laba", seq=1):
    save_draft(records, DraftKey(code, sheet, question), text, ChangeId("hp", seq))


@pytest.fixture
def asked(records):
    """The statements that were sent since."""
    sent = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(records.engine, "before_cursor_execute", note)
    yield sent
    event.remove(records.engine, "before_cursor_execute", note)


def test_who_has_done_nothing_stands_at_the_beginning(records, cohort, siti, asked):
    standing = read_standing(records, siti.code.upper())
    assert len(asked) == 1
    assert (standing.class_title, standing.courses) == (cohort.title, ("pembukuan",))
    assert standing.half == half_of_class(records, siti.code)
    assert (standing.windows, standing.states, standing.receipts) == ({}, {}, {})
    assert standing.unsent == frozenset()


def test_courses_come_in_the_order_of_the_class_and_tests_as_their_trainer_set_them(
    records, cohort, siti
):
    offer_courses(records, cohort.id, ["pemasaran-online", "pembukuan"])
    set_course_test_window(records, cohort.id, "pembukuan", "after", is_open=True, by="uji")
    standing = read_standing(records, siti.code)
    assert standing.courses == ("pemasaran-online", "pembukuan")
    assert list(standing.windows) == [("pembukuan", "after")]
    assert standing.windows["pembukuan", "after"].open


def test_each_sheet_is_as_far_as_anything_says(records, siti, budi):
    record_event(records, siti.code, "opened", LESSON)
    answer(records, siti.code, "tulis", sheet="pembukuan/02-kas")
    record_event(records, siti.code, "opened", "pembukuan/02-kas")
    record_event(records, siti.code, "completed", "pembukuan/02-kas")
    for sheet in (SHEET, "pembukuan-hpp-harga"):
        answer(records, siti.code, "350rb", sheet)
        submit(records, siti.code, sheet, ["laba"])
    publish(records, Result(siti.code, "pembukuan-hpp-harga", 1, 7, 10))
    answer(records, budi.code, "400rb")
    assert read_standing(records, siti.code).states == {
        LESSON: "working",
        "pembukuan/02-kas": "done",
        SHEET: "sent",
        "pembukuan-hpp-harga": "graded",
    }
    assert read_standing(records, budi.code).states == {SHEET: "working"}


@pytest.mark.parametrize(
    ("question", "text", "differs"),
    [("laba", "500rb", True), ("laba", "350rb", False), ("baru", "7", True), ("baru", " ", False)],
)
def test_answers_changed_after_they_were_sent_are_known(records, siti, question, text, differs):
    answer(records, siti.code, "lama")
    submit(records, siti.code, SHEET, ["laba"])
    answer(records, siti.code, "350rb", seq=2)
    receipt = submit(records, siti.code, SHEET, ["laba"]).code
    answer(records, siti.code, text, question=question, seq=3)
    standing = read_standing(records, siti.code)
    assert (SHEET in standing.unsent) is differs
    assert standing.receipts == {SHEET: receipt}


def test_a_second_class_begins_anew(records, cohort, siti):
    answer(records, siti.code, "350rb")
    submit(records, siti.code, SHEET, ["laba"])
    create_cohort(
        records,
        replace(COHORT, id="kasemen-2", join_code="KASEMEN-2", courses=("pemasaran-online",)),
    )
    enrol(records, siti.code, "KASEMEN-2", "2026-11")
    here, before = records, records.of_class(cohort.id)
    assert read_standing(here, siti.code).courses == ("pemasaran-online",)
    assert read_standing(here, siti.code).states == {}
    assert read_standing(before, siti.code).courses == ("pembukuan",)
    assert read_standing(before, siti.code).states == {SHEET: "sent"}
    # A class that she is not in shows the one that she joined last.
    assert read_standing(records.of_class("lain"), siti.code).courses == ("pemasaran-online",)
    assert (read_sheet(here, siti.code, SHEET).answers, read_sheet(here, siti.code, SHEET).receipt) == (
        {}, None,
    )  # fmt: skip
    assert read_sheet(before, siti.code, SHEET).answers["laba"].answer == "350rb"


def test_nobody_stands_nowhere(records, cohort, siti):
    for code in ("srg-nobody", "", "\ud800", "x" * 65):
        with pytest.raises(UnknownParticipant):
            read_standing(records, code)
        assert read_sheet(records, code, SHEET, [LESSON]).answers == {}
    remove_from_class(records, siti.code, cohort.id, by="uji")
    with pytest.raises(UnknownParticipant):
        read_standing(records, siti.code)


def test_a_sheet_is_read_whole(records, siti, budi, asked):
    answer(records, siti.code, {"toko": ["a", None]})
    answer(records, siti.code, "lain", sheet="pembukuan-hpp-harga")
    answer(records, budi.code, "punya Budi")
    submit(records, siti.code, SHEET, ["laba"])
    sent = submit(records, siti.code, SHEET, ["laba", "rencana"])
    for sheet, verdict in ((LESSON, "wrong"), ("pembukuan/02-kas", "right"), (LESSON, "right")):
        record_event(records, siti.code, "checked", sheet, {"question": "q", "verdict": verdict})
    record_event(records, siti.code, "opened", LESSON)
    del asked[:]
    stored = read_sheet(records, siti.code, SHEET, [LESSON])
    assert len(asked) == 1
    assert {name: (kept.answer, kept.writer) for name, kept in stored.answers.items()} == {
        "laba": ({"toko": ["a", None]}, "hp")
    }
    assert stored.answers["laba"].acted_at.tzinfo is not None
    assert (stored.receipt.code, stored.receipt.submitted_at) == (sent.code, sent.submitted_at)
    assert [(check.question, check.verdict) for check in stored.checks] == [
        ("q", "wrong"), ("q", "right"),
    ]  # fmt: skip
    assert not stored.is_closed
    publish(records, Result(siti.code, SHEET, 2, 7, 10))
    assert read_sheet(records, siti.code, SHEET).is_closed
    assert read_sheet(records, siti.code, SHEET).checks == []
