"""Where everybody is: on Beranda for a person, on the live page for a class."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from tests.unit.records.conftest import MONDAY

from umkm_records import (
    ChangeId,
    DraftKey,
    Participant,
    Records,
    Result,
    UnknownParticipant,
    class_progress,
    make_sample_class,
    publish,
    record_event,
    save_draft,
    submit,
)
from umkm_records.answers import sheet_state, sheet_states, withdraw

TASK, LESSON = "pembukuan-dua-laci", "pembukuan/01-dua-laci"


def save(records: Records, person: Participant, question: str, value: object, minute: int) -> None:
    key = DraftKey(person.code, TASK, question)
    save_draft(records, key, value, ChangeId("hp", minute), now=MONDAY + timedelta(minutes=minute))


def test_a_sheet_moves_on(records: Records, siti: Participant) -> None:
    def state() -> str:
        return sheet_state(records, siti.code, TASK)

    assert state() == "unopened"
    record_event(records, siti.code, "opened", TASK)
    assert state() == "working"
    save(records, siti, "pilihan", "usaha", 1)
    assert state() == "working"
    submit(records, siti.code, TASK, ["pilihan"])
    assert state() == "sent"
    record_event(records, siti.code, "opened", TASK)
    assert state() == "sent"
    publish(records, Result(siti.code, TASK, 1, 2, 2))
    assert state() == "graded"
    withdraw(records, siti.code, TASK)
    assert state() == "sent"


def test_a_lesson_is_done_when_completed(records: Records, siti: Participant) -> None:
    record_event(records, siti.code, "opened", LESSON)
    record_event(records, siti.code, "completed", LESSON)
    record_event(records, siti.code, "opened", LESSON)
    record_event(records, siti.code, "registered", siti.cohort)
    assert sheet_states(records, siti.code) == {LESSON: "done"}


def test_an_answer_alone_is_work(records: Records, siti: Participant) -> None:
    save(records, siti, "pilihan", "usaha", 1)
    assert sheet_states(records, siti.code) == {TASK: "working"}
    assert sheet_states(records, "srg-zzzzz") == {}


def test_events_are_of_known_people_and_kinds(records: Records, siti: Participant) -> None:
    with pytest.raises(ValueError, match="opened"):
        record_event(records, siti.code, "danced", TASK)  # type: ignore[arg-type]
    with pytest.raises(UnknownParticipant):
        record_event(records, "srg-zzzzz", "opened", TASK)


def test_the_live_page_shows_everybody(
    records: Records, siti: Participant, budi: Participant
) -> None:
    save(records, siti, "pilihan", "usaha", 3)
    save(records, siti, "rencana", " ", 4)
    save(records, siti, "nominal", "15rb", 5)
    rows = class_progress(
        records, siti.cohort, [TASK, LESSON], now=MONDAY + timedelta(minutes=12, seconds=59)
    )
    idle, active = rows
    assert active.participant == siti
    assert active.states == {TASK: "working", LESSON: "unopened"}
    assert active.answered == {TASK: 2, LESSON: 0}
    assert active.last_sheet == TASK
    assert active.last_activity == MONDAY + timedelta(minutes=5)
    assert active.idle_minutes == 7
    assert idle.participant == budi
    assert (idle.last_sheet, idle.last_activity, idle.idle_minutes) == (None, MONDAY, 12)


def test_where_somebody_is_follows_the_last_thing_done(records: Records, siti: Participant) -> None:
    save(records, siti, "pilihan", "usaha", 1)
    record_event(records, siti.code, "opened", LESSON)
    (row,) = class_progress(records, siti.cohort, [TASK])
    assert row.last_sheet == LESSON
    assert set(row.states) == {TASK}


def test_a_clock_set_back_shows_no_negative_minutes(records: Records, siti: Participant) -> None:
    (row,) = class_progress(records, siti.cohort, [TASK], now=MONDAY - timedelta(days=1))
    assert row.idle_minutes == 0


def test_a_bigger_class_costs_no_more_queries(records: Records, siti: Participant) -> None:
    sample = make_sample_class(records)
    for person in sample.participants:
        record_event(records, person.code, "opened", TASK)
    statements: list[str] = []
    event.listen(
        records.engine,
        "before_cursor_execute",
        lambda conn, cursor, statement, *rest: statements.append(statement),
    )
    counts = []
    for cohort in (siti.cohort, sample.cohort.id):
        statements.clear()
        class_progress(records, cohort, [TASK])
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_an_empty_class(records: Records) -> None:
    assert class_progress(records, "tidak-ada", [TASK]) == []
