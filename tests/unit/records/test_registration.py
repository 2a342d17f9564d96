"""Daftar: all mistakes at once, consent proven, nobody twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.unit.records.conftest import BUDI, MONDAY, SITI

from umkm.identity import PARTICIPANT_CODE
from umkm_records import (
    Cohort,
    FormError,
    Participant,
    Records,
    Registration,
    class_roster,
    export_person,
    get_participant,
    list_audit,
    open_records,
    register,
)
from umkm_records.errors import RegistrationPaused


def test_a_person_is_registered(records: Records, siti: Participant) -> None:
    assert PARTICIPANT_CODE.match(siti.code)
    assert siti.name == "Siti Aminah"
    assert siti.phone == "+6281234567890"
    assert (siti.cohort, siti.session_version) == ("kasemen-2026-11", 1)
    assert siti.joined_at == MONDAY
    assert get_participant(records, siti.code.upper()) == siti


def test_consent_is_proven_by_version_and_time(records: Records, siti: Participant) -> None:
    assert export_person(records, siti.code)["consents"] == [
        {"version": "2026-11", "given_at": "2026-11-02T01:00:00+00:00", "withdrawn_at": None}
    ]


def test_all_mistakes_are_told_at_once(records: Records, cohort: Cohort) -> None:
    form = replace(
        SITI,
        join_code="SALAH-9",
        name=" ",
        business_name="<b>",
        business_kind="bank",
        kelurahan="31.71.01.1001",
        phone="12",
        consent_given=False,
        pin="123456",
    )
    with pytest.raises(FormError) as caught:
        register(records, form)
    assert set(caught.value.errors) == {
        "join_code",
        "name",
        "business_name",
        "business_kind",
        "kelurahan",
        "phone",
        "consent_given",
        "pin",
    }
    assert class_roster(records, cohort.id) == []


@pytest.mark.parametrize("given", [False, None, "", "false", "on", 1])
def test_only_true_is_consent(records: Records, cohort: Cohort, given: object) -> None:
    with pytest.raises(FormError) as caught:
        register(records, replace(SITI, consent_given=given))  # type: ignore[arg-type]
    assert set(caught.value.errors) == {"consent_given"}


def test_consent_to_no_particular_text_is_none(records: Records, cohort: Cohort) -> None:
    with pytest.raises(FormError, match="setuju"):
        register(records, replace(SITI, consent_version=" "))


@pytest.mark.parametrize("typed", ["081234567890", "+62 812-3456-7890", "62812 3456 7890"])
def test_a_phone_number_registers_once(records: Records, siti: Participant, typed: str) -> None:
    with pytest.raises(FormError) as caught:
        register(records, replace(BUDI, phone=typed))
    assert set(caught.value.errors) == {"phone"}
    assert "sudah terdaftar" in caught.value.errors["phone"]
    assert [person.code for person in class_roster(records, siti.cohort)] == [siti.code]


def test_without_a_class_code_nobody_learns_who_is_registered(
    records: Records, siti: Participant
) -> None:
    with pytest.raises(FormError) as caught:
        register(records, replace(SITI, join_code="TEBAK-1"))
    assert set(caught.value.errors) == {"join_code"}


@pytest.mark.usefixtures("production_pins")
def test_pin_is_kept_as_argon2id_only(records: Records, cohort: Cohort) -> None:
    register(records, SITI, now=MONDAY)
    with records.read_session() as session:
        row = session.execute(text("SELECT * FROM participant")).mappings().one()
    assert row["pin_hash"].startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert "739164" not in {str(value) for value in row.values()}


def test_secrets_stay_out_of_logs(siti: Participant) -> None:
    shown = repr(SITI) + repr(siti)
    assert "739164" not in shown
    assert "3456" not in shown


def test_roster_is_by_name(records: Records, siti: Participant, budi: Participant) -> None:
    assert class_roster(records, siti.cohort) == [budi, siti]
    assert class_roster(records, "tidak-ada") == []


def test_a_moment_without_zone_is_refused(records: Records, cohort: Cohort) -> None:
    with pytest.raises(ValueError, match="time zone"):
        register(records, SITI, now=MONDAY.replace(tzinfo=None))


def test_wib_in_is_utc_out(records: Records, cohort: Cohort) -> None:
    from zoneinfo import ZoneInfo

    evening = (MONDAY + timedelta(hours=11)).astimezone(ZoneInfo("Asia/Jakarta"))
    assert evening.hour == 19
    person = register(records, SITI, now=evening)
    found = get_participant(records, person.code)
    assert found is not None
    assert found.joined_at.isoformat() == "2026-11-02T12:00:00+00:00"


@pytest.mark.parametrize("code", ["", "srg-xxxxx", "'; DROP TABLE participant; --", "\ud83d", "é"])
def test_a_code_nobody_has(records: Records, siti: Participant, code: str) -> None:
    assert get_participant(records, code) is None


HERE = "10.42.0.7"


def numbered(number: int) -> Registration:
    return replace(SITI, phone=f"0813 {number:04d} 0000")


def test_a_number_that_is_taken_is_told_only_where_all_else_is_right(
    records: Records, siti: Participant
) -> None:
    with pytest.raises(FormError) as caught:
        register(records, replace(SITI, pin="111111"))
    assert set(caught.value.errors) == {"pin"}


def test_an_address_registers_four_in_a_minute_and_others_go_on(
    records: Records, cohort: Cohort
) -> None:
    for number in range(4):
        register(records, numbered(number), MONDAY, HERE)
    with pytest.raises(RegistrationPaused, match=r"setelah pukul 08\.01 WIB") as caught:
        register(records, numbered(5), MONDAY, HERE)
    assert caught.value.until == MONDAY + timedelta(minutes=1)
    register(records, numbered(5), MONDAY, "10.42.0.8")
    register(records, numbered(6), MONDAY + timedelta(minutes=1), HERE)


@pytest.mark.slow
def test_an_address_registers_sixty_in_an_hour(records: Records, siti: Participant) -> None:
    kept = 0
    for minute in range(20):
        for _ in range(4):
            with pytest.raises((FormError, RegistrationPaused)) as caught:
                register(records, SITI, MONDAY + timedelta(minutes=minute), HERE)
            kept += isinstance(caught.value, FormError)
    assert kept == 60
    assert isinstance(caught.value, RegistrationPaused)
    assert caught.value.until == MONDAY + timedelta(hours=1)


def test_asking_for_numbers_is_slow_and_leaves_a_trace(records: Records, siti: Participant) -> None:
    told = 0
    for _ in range(30):
        with pytest.raises((FormError, RegistrationPaused)) as caught:
            register(records, SITI, MONDAY, HERE)
        told += isinstance(caught.value, FormError)
    assert told == 4
    lines = [(line.action, line.subject, line.detail) for line in list_audit(records)]
    assert lines == [
        ("registration_paused", siti.cohort, {"address": HERE}),
        *[("phone_taken", siti.cohort, {"address": HERE})] * 4,
    ]


def test_forms_with_mistakes_are_not_counted(records: Records, cohort: Cohort) -> None:
    for _ in range(10):
        with pytest.raises(FormError):
            register(records, replace(SITI, name=""), MONDAY, HERE)
    register(records, SITI, MONDAY, HERE)


def test_the_count_outlives_a_restart(database: Path, records: Records, cohort: Cohort) -> None:
    for number in range(4):
        register(records, numbered(number), MONDAY, HERE)
    with open_records(database) as again, pytest.raises(RegistrationPaused):
        register(again, numbered(5), MONDAY, HERE)


@pytest.mark.slow
def test_sent_all_at_once_no_more_than_four_enter(records: Records, cohort: Cohort) -> None:
    def send(number: int) -> bool:
        try:
            register(records, numbered(number), MONDAY, HERE)
        except RegistrationPaused:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(send, range(16))) == 4


def test_a_pin_out_of_ones_own_number_is_refused(records: Records, cohort: Cohort) -> None:
    with pytest.raises(FormError, match="jangan diambil dari nomor HP"):
        register(records, replace(SITI, phone="0812 7391 6488", pin="739164"))
