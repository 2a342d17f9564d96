"""Daftar: all mistakes at once, consent proven, nobody twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from tests.unit.records.conftest import BUDI, MONDAY, SITI

from umkm.identity import PARTICIPANT_CODE
from umkm_records import (
    Cohort,
    FormError,
    Participant,
    Records,
    class_roster,
    export_person,
    get_participant,
    register,
)


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


def test_pin_is_kept_as_argon2id_only(records: Records, siti: Participant) -> None:
    with records.reading() as session:
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
