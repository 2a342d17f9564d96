"""UU 27/2022: a copy of everything, and an erasure that leaves no trace of the person."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text
from tests.unit.records.conftest import BUDI, MONDAY, SITI

from umkm_records import (
    ChangeId,
    DraftKey,
    FormError,
    Participant,
    Records,
    Result,
    UnknownParticipant,
    class_roster,
    erase_person,
    export_person,
    list_audit,
    log_in,
    publish,
    record_event,
    register,
    save_draft,
    submit,
)
from umkm_records.tables import ConsentRow

TASK = "pembukuan-dua-laci"
SECRETS = ["Siti Aminah", "Warung Bu Siti", "81234567890", "rahasia dapur saya", "komentar pelatih"]


@pytest.fixture
def busy_siti(records: Records, siti: Participant) -> Participant:
    """Siti, with something of her in every table."""
    save_draft(
        records,
        DraftKey(siti.code, TASK, "rencana"),
        "rahasia dapur saya",
        ChangeId("hp", 1),
        MONDAY,
    )
    record_event(records, siti.code, "checked", TASK, {"catatan": "rahasia dapur saya"})
    submit(records, siti.code, TASK, ["rencana"], MONDAY)
    comments = [{"question": "rencana", "text": "komentar pelatih"}]
    publish(records, Result(siti.code, TASK, 1, 4, 5, [{"question": "rencana"}], comments), MONDAY)
    return siti


def count(records: Records, table: str) -> int:
    with records.read_session() as session:
        found: int = session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
        return found


def test_the_copy_has_everything_and_nothing_of_others(
    records: Records, busy_siti: Participant, budi: Participant
) -> None:
    copy = export_person(records, busy_siti.code, by="terminal")
    assert copy["participant"] == {
        "code": busy_siti.code,
        "name": "Siti Aminah",
        "business_name": "Warung Bu Siti",
        "business_kind": "warung",
        "kelurahan": "36.73.02.1001",
        "phone": "+6281234567890",
        "session_version": 1,
        "joined_at": "2026-11-02T01:00:00+00:00",
    }
    assert copy["drafts"][0]["answer"] == "rahasia dapur saya"
    assert copy["submissions"][0]["answers"] == {"rencana": "rahasia dapur saya"}
    assert copy["results"][0]["comments"][0]["text"] == "komentar pelatih"
    assert [event["verb"] for event in copy["events"]] == ["checked", "submitted"]
    assert copy["enrolments"][0]["cohort_id"] == "kasemen-2026-11"
    written = json.dumps(copy)
    assert "argon2" not in written
    assert "Budi" not in written


def test_who_took_a_copy_is_in_the_next_copy(records: Records, siti: Participant) -> None:
    export_person(records, siti.code, by="terminal")
    (line,) = export_person(records, siti.code)["audit"]
    assert (line["actor"], line["action"]) == ("terminal", "person_exported")


def test_erasure_leaves_only_what_is_counted(records: Records, busy_siti: Participant) -> None:
    erase_person(records, busy_siti.code, by="pelatih", now=MONDAY)
    for table in ("draft", "draft_writer", "submission", "event"):
        assert count(records, table) == 0
    for table in ("participant", "enrolment", "consent", "result"):
        assert count(records, table) == 1
    with records.read_session() as session:
        left = dict(session.execute(text("SELECT * FROM participant")).mappings().one())
        ended = session.scalar(select(ConsentRow.withdrawn_at))
        points = session.execute(text("SELECT points, items, comments FROM result")).one()
    kept = {name: value for name, value in left.items() if value}
    assert set(kept) == {"id", "uid", "code", "session_version", "joined_at", "erased_at"}
    assert ended == MONDAY
    assert tuple(points) == (4.0, "[]", "[]")
    assert class_roster(records, busy_siti.cohort) == []


def test_erased_words_are_nowhere_in_the_files(
    records: Records, busy_siti: Participant, database: Path
) -> None:
    def found() -> set[str]:
        raw = b"".join(path.read_bytes() for path in database.parent.iterdir())
        return {secret for secret in SECRETS if secret.encode() in raw}

    assert found() == set(SECRETS)
    erase_person(records, busy_siti.code, by="pelatih")
    assert found() == set()


def test_an_erased_person_is_gone_for_every_function(
    records: Records, busy_siti: Participant
) -> None:
    erase_person(records, busy_siti.code, by="pelatih")
    for act in (
        lambda: export_person(records, busy_siti.code),
        lambda: erase_person(records, busy_siti.code, by="pelatih"),
        lambda: save_draft(records, DraftKey(busy_siti.code, TASK, "a"), "x", ChangeId("hp", 9)),
        lambda: submit(records, busy_siti.code, TASK, ["a"]),
    ):
        with pytest.raises(UnknownParticipant):
            act()
    line = list_audit(records, limit=1)[0]
    assert (line.actor, line.action, line.subject) == ("pelatih", "person_erased", busy_siti.code)


def test_the_phone_number_is_free_again_but_not_the_code(
    records: Records, siti: Participant
) -> None:
    with pytest.raises(FormError):
        register(records, replace(BUDI, phone=SITI.phone))
    erase_person(records, siti.code, by="pelatih")
    again = register(records, SITI)
    assert again.code != siti.code
    assert log_in(records, SITI.phone, SITI.pin).code == again.code


def test_others_keep_everything(
    records: Records, busy_siti: Participant, budi: Participant
) -> None:
    save_draft(records, DraftKey(budi.code, TASK, "a"), "punya budi", ChangeId("hp", 1))
    before = export_person(records, budi.code)
    erase_person(records, busy_siti.code, by="pelatih")
    after = export_person(records, budi.code)
    assert after["drafts"] == before["drafts"]
    assert after["participant"] == before["participant"]
