"""Places of a class, open registration, people who never came, taking out, putting back, merging."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.unit.records.conftest import BUDI, COHORT, MONDAY, SITI

from umkm_records import (
    ChangeId,
    Cohort,
    DraftKey,
    FormError,
    Participant,
    Records,
    Registration,
    UnknownParticipant,
    class_roster,
    create_cohort,
    erase_person,
    export_person,
    get_participant,
    list_audit,
    load_drafts,
    log_in,
    record_event,
    register,
    save_draft,
    submit,
)
from umkm_records.classes import open_registration, registration_rules, set_most_people
from umkm_records.errors import MergeRefused, NotInClass, RegistrationPaused
from umkm_records.people import (
    begin_session,
    enrol,
    merge_people,
    put_back_in_class,
    remove_from_class,
    removed_people,
    session_owner,
    silent_people,
)

TASK = "pembukuan-dua-laci"
HERE = "10.42.0.7"


def numbered(number: int) -> Registration:
    return replace(SITI, phone=f"0813 {number:04d} 0000")


def answer(records: Records, code: str, text: str, minutes: int = 0) -> None:
    at = MONDAY + timedelta(minutes=minutes)
    save_draft(records, DraftKey(code, TASK, "rencana"), text, ChangeId(f"hp-{code}", 1, at), at)


def test_a_class_takes_sixty_people_until_its_trainer_says_otherwise(
    records: Records, siti: Participant
) -> None:
    rules = registration_rules(records, siti.cohort, MONDAY)
    assert (rules.enrolled, rules.most_people, rules.open_until) == (1, 60, None)
    set_most_people(records, siti.cohort, 2, by="pelatih")
    register(records, numbered(1), MONDAY, HERE)
    with pytest.raises(FormError, match="penuh: 2 orang") as caught:
        register(records, numbered(2), MONDAY, HERE)
    assert set(caught.value.errors) == {"join_code"}
    set_most_people(records, siti.cohort, 3, by="pelatih")
    register(records, numbered(2), MONDAY, HERE)
    noted = [line.action for line in list_audit(records)]
    assert noted == ["class_places_set", "class_full", "class_places_set"]


def test_a_full_class_says_nothing_about_numbers(records: Records, siti: Participant) -> None:
    set_most_people(records, siti.cohort, 1, by="pelatih")
    with pytest.raises(FormError) as caught:
        register(records, SITI, MONDAY, HERE)
    assert set(caught.value.errors) == {"join_code"}


def test_what_staff_register_is_not_counted(records: Records, siti: Participant) -> None:
    set_most_people(records, siti.cohort, 1, by="pelatih")
    assert register(records, BUDI, MONDAY).name == "Budi Santoso"


@pytest.mark.parametrize("most", [0, -5, 1_001])
def test_places_that_no_class_has(records: Records, siti: Participant, most: int) -> None:
    with pytest.raises(FormError):
        set_most_people(records, siti.cohort, most, by="pelatih")


def test_opened_registration_lets_one_address_register_a_class_for_two_hours(
    records: Records, cohort: Cohort
) -> None:
    until = open_registration(records, cohort.id, by="pelatih", now=MONDAY)
    assert until == MONDAY + timedelta(hours=2)
    for number in range(8):
        register(records, numbered(number), MONDAY, HERE)
    for number in range(8, 12):
        register(records, numbered(number), until, HERE)
    with pytest.raises(RegistrationPaused):
        register(records, numbered(12), until, HERE)


def test_a_clock_set_back_does_not_leave_registration_open_for_years(
    records: Records, cohort: Cohort
) -> None:
    open_registration(records, cohort.id, by="pelatih", now=MONDAY + timedelta(days=365))
    assert registration_rules(records, cohort.id, MONDAY).open_until is None


def test_who_never_came_stands_before_who_never_answered(
    records: Records, siti: Participant, budi: Participant
) -> None:
    ghost = register(records, numbered(1), MONDAY)
    record_event(records, ghost.code, "registered", ghost.cohort)
    record_event(records, budi.code, "opened", TASK)
    answer(records, siti.code, "saya ada")
    found = [(one.participant.code, one.has_come) for one in silent_people(records, siti.cohort)]
    assert found == [(ghost.code, False), (budi.code, True)]


def test_what_was_done_in_another_class_is_not_done_in_this_one(
    records: Records, siti: Participant
) -> None:
    answer(records, siti.code, "di kelas pertama")
    second = create_cohort(records, replace(COHORT, id="serang-2", join_code="SERANG-22"))
    enrol(records, siti.code, "SERANG-22", "2026-11", MONDAY + timedelta(days=1))
    found = [(one.participant.code, one.has_come) for one in silent_people(records, second.id)]
    assert found == [(siti.code, False)]
    assert silent_people(records, siti.cohort) == []


def test_somebody_taken_out_is_on_no_list_and_can_be_put_back_with_everything(
    records: Records, siti: Participant, budi: Participant
) -> None:
    answer(records, siti.code, "jawaban saya")
    login = begin_session(records, siti.code, MONDAY)
    remove_from_class(records, siti.code, siti.cohort, by="pelatih", now=MONDAY)
    assert class_roster(records, siti.cohort) == [budi]
    assert [gone.code for gone in removed_people(records, siti.cohort)] == [siti.code]
    assert log_in(records, siti.phone, SITI.pin, MONDAY).cohort == ""
    owner = session_owner(records, login)
    assert owner is not None
    assert owner.cohort == ""
    with pytest.raises(UnknownParticipant):
        answer(records, siti.code, "masih di sini", minutes=1)

    with pytest.raises(FormError, match="Pelatih mengeluarkan Anda"):
        enrol(records, siti.code, "KASEMEN-7", "2026-11", MONDAY)

    put_back_in_class(records, siti.code, siti.cohort, by="pelatih")
    assert removed_people(records, siti.cohort) == []
    assert get_participant(records, siti.code) == siti
    assert load_drafts(records, siti.code, TASK) == {"rencana": "jawaban saya"}
    noted = [(line.action, line.subject) for line in list_audit(records)]
    assert noted == [("put_back_in_class", siti.code), ("removed_from_class", siti.code)]


def test_somebody_who_was_taken_out_still_gets_their_copy_and_their_erasure(
    records: Records, siti: Participant
) -> None:
    remove_from_class(records, siti.code, siti.cohort, by="pelatih", now=MONDAY)
    copy = export_person(records, siti.code)
    assert copy["former_enrolments"][0]["cohort_id"] == siti.cohort
    erase_person(records, siti.code, by="pelatih")
    assert removed_people(records, siti.cohort) == []


def test_nobody_is_taken_out_of_a_class_they_are_not_in(
    records: Records, siti: Participant
) -> None:
    with pytest.raises(NotInClass):
        remove_from_class(records, siti.code, "lain-kelas", by="pelatih")
    with pytest.raises(NotInClass):
        put_back_in_class(records, siti.code, siti.cohort, by="pelatih")
    with pytest.raises(UnknownParticipant):
        remove_from_class(records, "srg-zzzzz", siti.cohort, by="pelatih")


def test_the_later_answer_stands_when_two_become_one(
    records: Records, siti: Participant, budi: Participant
) -> None:
    answer(records, siti.code, "dulu")
    answer(records, budi.code, "kemudian", minutes=5)
    record_event(records, budi.code, "opened", TASK)
    merge_people(records, budi.code, siti.code, by="pelatih", now=MONDAY)
    assert load_drafts(records, siti.code, TASK) == {"rencana": "kemudian"}
    assert [event["verb"] for event in export_person(records, siti.code)["events"]] == ["opened"]
    assert get_participant(records, budi.code) is None
    assert class_roster(records, siti.cohort) == [siti]
    assert register(records, BUDI).code != budi.code  # the number is free again
    line = list_audit(records, limit=3)[-1]
    assert (line.action, line.subject, line.detail) == ("merged", budi.code, {"into": siti.code})


def test_an_earlier_answer_of_the_double_replaces_nothing(
    records: Records, siti: Participant, budi: Participant
) -> None:
    answer(records, budi.code, "dulu")
    answer(records, siti.code, "kemudian", minutes=5)
    merge_people(records, budi.code, siti.code, by="pelatih")
    assert load_drafts(records, siti.code, TASK) == {"rencana": "kemudian"}


def test_the_one_that_was_taken_out_comes_back_in_place_of_the_double(
    records: Records, siti: Participant, budi: Participant
) -> None:
    remove_from_class(records, siti.code, siti.cohort, by="pelatih")
    merge_people(records, budi.code, siti.code, by="pelatih")
    assert [person.code for person in class_roster(records, siti.cohort)] == [siti.code]
    with pytest.raises(NotInClass):
        put_back_in_class(records, siti.code, siti.cohort, by="pelatih")


def test_who_has_sent_something_is_not_merged_away(
    records: Records, siti: Participant, budi: Participant
) -> None:
    answer(records, budi.code, "sudah dikirim")
    submit(records, budi.code, TASK, ["rencana"], MONDAY)
    with pytest.raises(MergeRefused, match="sudah mengirim"):
        merge_people(records, budi.code, siti.code, by="pelatih")
    assert get_participant(records, budi.code) == budi
    with pytest.raises(MergeRefused, match="sama"):
        merge_people(records, siti.code, siti.code.upper(), by="pelatih")


def test_a_class_that_is_full_takes_nobody_from_another_class(
    records: Records, siti: Participant, budi: Participant
) -> None:
    second = create_cohort(records, replace(COHORT, id="serang-2", join_code="SERANG-22"))
    set_most_people(records, second.id, 1, by="pelatih")
    assert enrol(records, siti.code, "SERANG-22", "2026-11", MONDAY).cohort == second.id
    with pytest.raises(FormError, match="penuh: 1 orang"):
        enrol(records, budi.code, "SERANG-22", "2026-11", MONDAY)
