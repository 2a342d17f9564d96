"""Kirim: one receipt for what was sent, the next attempt for what changed."""

from datetime import timedelta

import pytest
from tests.unit.records.conftest import MONDAY

from umkm_records import (
    ChangeId,
    DraftKey,
    Participant,
    Receipt,
    Records,
    Result,
    SheetClosed,
    UnknownParticipant,
    erase_person,
    export_person,
    latest_submission,
    publish,
    result_of,
    save_draft,
    submissions_of,
    submit,
)
from umkm_records.answers import mark_delivered, receipt_by_code, undelivered, withdraw
from umkm_records.errors import NothingToSend, UnknownReceipt

SHEET = "pembukuan-dua-laci"
QUESTIONS = ("pilihan", "rencana")


def answer(records: Records, person: Participant, value: object, seq: int = 1) -> None:
    save_draft(records, DraftKey(person.code, SHEET, "pilihan"), value, ChangeId("hp", seq))


def send(records: Records, person: Participant, minute: int = 0) -> Receipt:
    return submit(records, person.code, SHEET, QUESTIONS, now=MONDAY + timedelta(minutes=minute))


@pytest.mark.slow
def test_a_receipt_says_what_was_sent_and_when(records: Records, siti: Participant) -> None:
    answer(records, siti, "usaha")
    receipt = send(records, siti)
    assert receipt.new
    assert (receipt.participant, receipt.cohort) == (siti.code, "kasemen-2026-11")
    assert (receipt.assignment, receipt.attempt) == (SHEET, 1)
    assert receipt.submitted_at == MONDAY
    assert receipt.answers == {"pilihan": "usaha", "rencana": None}
    # printf '%s' '{"pilihan":"usaha","rencana":null}' | sha256sum
    assert receipt.answers_hash == (
        "93f4e5cc62e393593c0aed789ff6df8d421bb596f0267669543e1f5de10a623b"
    )
    assert len(receipt.code) == len("KRM-7F3K-9QXM")


def test_the_same_answers_give_the_same_receipt(records: Records, siti: Participant) -> None:
    answer(records, siti, "usaha")
    first = send(records, siti)
    again = submit(records, siti.code, SHEET, reversed(QUESTIONS), now=MONDAY + timedelta(hours=1))
    assert not again.new
    assert (again.code, again.submitted_at) == (first.code, first.submitted_at)


def test_a_wish_to_send_that_is_repeated_leads_to_its_own_receipt(
    records: Records, siti: Participant
) -> None:
    """The answer to the first request was lost on its way, and another phone wrote meanwhile."""

    def wish(key: str) -> Receipt:
        return submit(records, siti.code, SHEET, QUESTIONS, now=MONDAY, key=key)

    answer(records, siti, "usaha")
    first = wish("k-1")
    answer(records, siti, "rumah", seq=2)
    assert wish("k-1").code == first.code
    second = wish("k-2")
    assert (second.new, second.attempt) == (True, 2)
    # Two phones that wish to send the same answers.
    assert wish("k-3").code == second.code
    assert wish("k-3").code == second.code
    assert wish("k-1").code == first.code


def test_a_key_of_another_sheet_or_person_is_no_key(
    records: Records, siti: Participant, budi: Participant
) -> None:
    answer(records, siti, "usaha")
    answer(records, budi, "rumah")
    first = submit(records, siti.code, SHEET, QUESTIONS, key="k")
    assert submit(records, budi.code, SHEET, QUESTIONS, key="k").code != first.code
    save_draft(records, DraftKey(siti.code, "lembar-lain", "pilihan"), "a", ChangeId("hp", 1))
    other = submit(records, siti.code, "lembar-lain", ["pilihan"], key="k")
    assert (other.assignment, other.new) == ("lembar-lain", True)


def test_changed_answers_are_the_next_attempt_also_when_changed_back(
    records: Records, siti: Participant
) -> None:
    codes = []
    for attempt, value in enumerate(["usaha", "rumah", "usaha"], start=1):
        answer(records, siti, value, seq=attempt)
        receipt = send(records, siti, minute=attempt)
        assert (receipt.attempt, receipt.new) == (attempt, True)
        codes.append(receipt.code)
    assert len(set(codes)) == 3
    latest = latest_submission(records, siti.code, SHEET)
    assert latest is not None
    assert (latest.code, latest.answers["pilihan"]) == (codes[2], "usaha")


def test_a_receipt_keeps_what_was_sent_while_drafts_go_on(
    records: Records, siti: Participant
) -> None:
    answer(records, siti, "usaha")
    code = send(records, siti).code
    answer(records, siti, "rumah", seq=2)
    kept = receipt_by_code(records, code.lower())
    assert kept is not None
    assert kept.answers == {"pilihan": "usaha", "rencana": None}


def test_answers_to_other_questions_are_not_sent(records: Records, siti: Participant) -> None:
    answer(records, siti, "usaha")
    save_draft(records, DraftKey(siti.code, SHEET, "selipan"), "x", ChangeId("hp", 1))
    assert set(send(records, siti).answers) == set(QUESTIONS)


@pytest.mark.parametrize("value", [None, "", "   "])
def test_nothing_answered_is_nothing_to_send(
    records: Records, siti: Participant, value: object
) -> None:
    for _ in range(2):
        with pytest.raises(NothingToSend, match="Isi dulu"):
            send(records, siti)
        answer(records, siti, value)
    assert latest_submission(records, siti.code, SHEET) is None


def test_a_stranger_sends_nothing(records: Records) -> None:
    with pytest.raises(UnknownParticipant):
        submit(records, "srg-zzzzz", SHEET, QUESTIONS)


@pytest.mark.parametrize("code", ["", "KRM-0000-0000", "\ud83d", "%"])
def test_a_receipt_nobody_got(records: Records, code: str) -> None:
    assert receipt_by_code(records, code) is None


def test_sending_is_noted_once_as_an_event(records: Records, siti: Participant) -> None:
    answer(records, siti, "usaha")
    send(records, siti)
    send(records, siti)
    assert export_person(records, siti.code)["events"] == [
        {
            "cohort_id": "kasemen-2026-11",
            "verb": "submitted",
            "object": SHEET,
            "detail": {"attempt": 1},
            "at": "2026-11-02T01:00:00+00:00",
        }
    ]


def test_grading_fetches_only_what_it_does_not_have(
    records: Records, siti: Participant, budi: Participant
) -> None:
    for person in (siti, budi):
        answer(records, person, "usaha")
    first, other = send(records, siti), send(records, budi)
    assert [receipt.code for receipt in undelivered(records)] == [first.code, other.code]
    mark_delivered(records, first.code)
    mark_delivered(records, first.code)
    assert [receipt.code for receipt in undelivered(records, siti.cohort)] == [other.code]
    assert undelivered(records, "kelas-lain") == []
    assert len(submissions_of(records, siti.cohort, SHEET)) == 2


def test_an_attempt_that_was_replaced_is_not_fetched(records: Records, siti: Participant) -> None:
    answer(records, siti, "usaha")
    old = send(records, siti)
    answer(records, siti, "rumah", seq=2)
    new = send(records, siti)
    assert [receipt.code for receipt in undelivered(records)] == [new.code]
    # Grading was still busy with the old one: that must not hide the new one.
    mark_delivered(records, old.code)
    assert [receipt.code for receipt in undelivered(records)] == [new.code]
    assert [each.code for each in submissions_of(records, siti.cohort, SHEET)] == [new.code]


def test_a_delivery_of_nothing(records: Records) -> None:
    with pytest.raises(UnknownReceipt):
        mark_delivered(records, "KRM-0000-0000")


def result(person: Participant, attempt: int, points: float = 7.5) -> Result:
    return Result(
        participant=person.code,
        assignment=SHEET,
        attempt=attempt,
        points=points,
        out_of=10,
        items=[{"question": "pilihan", "points": 2, "of": 2, "message": "Benar."}],
        comments=[{"question": "rencana", "text": "Bagus, Bu."}],
    )


def test_a_published_result_comes_back_whole(records: Records, siti: Participant) -> None:
    assert result_of(records, siti.code, SHEET) is None
    assert publish(records, result(siti, 1))
    assert result_of(records, siti.code, SHEET) == result(siti, 1)
    assert publish(records, result(siti, 1, points=9))
    found = result_of(records, siti.code, SHEET)
    assert found is not None
    assert found.points == 9


def test_a_graded_sheet_takes_no_new_answers(records: Records, siti: Participant) -> None:
    answer(records, siti, "usaha")
    send(records, siti)
    publish(records, result(siti, 1))
    with pytest.raises(SheetClosed):
        send(records, siti)


def test_an_outdated_result_is_not_published(records: Records, siti: Participant) -> None:
    answer(records, siti, "usaha")
    send(records, siti)
    answer(records, siti, "rumah", seq=2)
    send(records, siti)
    assert not publish(records, result(siti, 1))
    assert result_of(records, siti.code, SHEET) is None
    assert publish(records, result(siti, 2))


def test_a_withdrawn_result_is_gone(records: Records, siti: Participant) -> None:
    publish(records, result(siti, 1))
    assert withdraw(records, siti.code, SHEET)
    assert not withdraw(records, siti.code, SHEET)
    assert result_of(records, siti.code, SHEET) is None


def test_an_erased_persons_submission_is_not_delivered(records: Records, siti: Participant) -> None:
    answer(records, siti, "usaha")
    code = send(records, siti).code
    erase_person(records, siti.code, by="pelatih")
    assert undelivered(records) == []
    assert receipt_by_code(records, code) is None
    assert latest_submission(records, siti.code, SHEET) is None
