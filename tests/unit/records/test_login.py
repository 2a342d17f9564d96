"""Masuk: the right PIN opens, five wrong ones lock, and nobody learns who is registered."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from argon2 import PasswordHasher
from tests.unit.records.conftest import MONDAY, SITI

from umkm_records import (
    Cohort,
    Participant,
    Records,
    UnknownParticipant,
    erase_person,
    get_participant,
    list_audit,
    log_in,
    open_records,
    register,
    reset_pin,
)
from umkm_records.errors import LockedOut, LoginError, WrongLogin
from umkm_records.people import pins
from umkm_records.people.login import Caller
from umkm_records.tables import LoginGuardRow

pytestmark = pytest.mark.slow

PIN = "739164"
WRONG = "739165"


def fail(records: Records, identifier: str, times: int) -> list[type[LoginError]]:
    kinds = []
    for _ in range(times):
        with pytest.raises(LoginError) as caught:
            log_in(records, identifier, WRONG, now=MONDAY)
        kinds.append(type(caught.value))
    return kinds


@pytest.mark.parametrize(
    "identifier", ["081234567890", "+62 812-3456-7890", "62 812 3456 7890", "0812.3456.7890"]
)
def test_phone_in_any_writing(records: Records, siti: Participant, identifier: str) -> None:
    assert log_in(records, identifier, PIN) == siti


def test_code_as_people_copy_it(records: Records, siti: Participant) -> None:
    bare = siti.code.replace("-", "")
    for typed in (
        siti.code,
        siti.code.upper(),
        f" {siti.code} ",
        bare,
        siti.code.replace("-", " "),
    ):
        assert log_in(records, typed, PIN) == siti


@pytest.mark.parametrize("pin", ["739 164", " 739164 ", "７３９１６４", "٧٣٩١٦٤"])
def test_pin_as_keyboards_write_it(records: Records, siti: Participant, pin: str) -> None:
    assert log_in(records, siti.code, pin) == siti


@pytest.mark.parametrize("pin", ["", "73916", "7391644", "abcdef", "\ud83d", "9" * 100_000, "\0"])
def test_any_other_pin_is_wrong(records: Records, siti: Participant, pin: str) -> None:
    with pytest.raises(WrongLogin):
        log_in(records, siti.code, pin)


@pytest.mark.parametrize(
    "identifier", ["", "srg-zzzzz", "0813 0000 0000", "'--", "\ud83d", "x" * 100_000, "-", "%"]
)
def test_nobody_is_let_in_as_nobody(records: Records, siti: Participant, identifier: str) -> None:
    with pytest.raises(WrongLogin):
        log_in(records, identifier, PIN)


def test_the_words_are_the_same_whatever_was_wrong(records: Records, siti: Participant) -> None:
    said = set()
    for identifier in (siti.code, siti.phone, "srg-zzzzz", "0813 0000 0000", "apa saja"):
        with pytest.raises(WrongLogin) as caught:
            log_in(records, identifier, WRONG)
        said.add(str(caught.value))
    assert len(said) == 1


@pytest.mark.usefixtures("production_pins")
def test_known_and_unknown_cost_one_hash_of_equal_price(
    records: Records, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    siti = register(records, SITI, now=MONDAY)
    seen: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
            seen.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(pins, "_HASHER", Watched(time_cost=2, memory_cost=19456, parallelism=1))
    fail(records, siti.code, 1)
    fail(records, "srg-zzzzz", 1)
    parameters = {text.rsplit("$", 2)[0] for text in seen}
    assert len(seen) == 2
    assert parameters == {"$argon2id$v=19$m=19456,t=2,p=1"}


@pytest.mark.usefixtures("production_pins")
def test_nobodys_hash_is_as_strong_as_a_new_one() -> None:
    assert not pins._HASHER.check_needs_rehash(pins.NOBODYS_HASH)


@pytest.mark.parametrize("identifier", ["081234567890", "0813 0000 0000"])
def test_the_fifth_wrong_pin_locks_known_and_unknown_alike(
    records: Records, siti: Participant, identifier: str
) -> None:
    assert fail(records, identifier, 4) == [WrongLogin] * 4
    with pytest.raises(LockedOut) as caught:
        log_in(records, identifier, WRONG, now=MONDAY)
    assert caught.value.until == MONDAY + timedelta(minutes=10)
    assert "08.10 WIB" in str(caught.value)


def test_while_locked_the_right_pin_does_not_open(records: Records, siti: Participant) -> None:
    fail(records, siti.code, 5)
    for identifier in (siti.code, siti.phone):
        with pytest.raises(LockedOut):
            log_in(records, identifier, PIN, now=MONDAY + timedelta(minutes=9, seconds=59))
    assert log_in(records, siti.phone, PIN, now=MONDAY + timedelta(minutes=10)) == siti


def test_after_a_lock_one_has_five_tries_again(records: Records, siti: Participant) -> None:
    fail(records, siti.code, 5)
    later = MONDAY + timedelta(minutes=10)
    for _ in range(4):
        with pytest.raises(WrongLogin):
            log_in(records, siti.code, WRONG, now=later)
    with pytest.raises(LockedOut):
        log_in(records, siti.code, WRONG, now=later)


def test_phone_and_code_share_one_count(records: Records, siti: Participant) -> None:
    fail(records, siti.code, 3)
    assert fail(records, siti.phone, 2) == [WrongLogin, LockedOut]


def test_the_right_pin_clears_the_count(records: Records, siti: Participant) -> None:
    fail(records, siti.code, 4)
    log_in(records, siti.code, PIN, now=MONDAY)
    assert fail(records, siti.code, 4) == [WrongLogin] * 4


def test_the_right_pin_opens_at_the_fifth_try(records: Records, siti: Participant) -> None:
    fail(records, siti.code, 4)
    assert log_in(records, siti.code, PIN, now=MONDAY) == siti
    assert log_in(records, siti.code, PIN, now=MONDAY) == siti


def test_one_persons_lock_is_nobody_elses(
    records: Records, siti: Participant, budi: Participant
) -> None:
    fail(records, siti.code, 5)
    assert log_in(records, budi.phone, PIN, now=MONDAY) == budi


def test_a_lock_is_written_to_the_audit_without_what_was_typed(
    records: Records, siti: Participant
) -> None:
    fail(records, siti.code, 6)
    fail(records, "0813 0000 0000", 6)
    lines = [(line.action, line.subject) for line in list_audit(records)]
    assert lines == [("pin_locked", ""), ("pin_locked", siti.code)]
    assert list_audit(records, limit=1)[0].at == MONDAY


def test_guesses_sent_all_at_once_get_no_more_than_five(
    records: Records, siti: Participant
) -> None:
    def guess(number: int) -> type[Exception] | None:
        try:
            log_in(records, siti.code, f"73{number:04d}", now=MONDAY)
        except LoginError as error:
            return type(error)
        return None

    with ThreadPoolExecutor(12) as pool:
        outcomes = list(pool.map(guess, range(40)))
    assert outcomes.count(WrongLogin) == 4
    assert outcomes.count(LockedOut) == 36


def test_old_wrong_pins_are_forgotten(records: Records, siti: Participant) -> None:
    fail(records, siti.code, 4)
    next_week = MONDAY + timedelta(days=7)
    with pytest.raises(WrongLogin):
        log_in(records, siti.code, WRONG, now=next_week)
    with records.read_session() as session:
        oldest = session.query(LoginGuardRow).order_by(LoginGuardRow.last_at).first()
        assert oldest is not None
        assert oldest.last_at == next_week


def test_a_reset_pin_opens_and_ends_old_sessions(records: Records, siti: Participant) -> None:
    fail(records, siti.code, 5)
    pin = reset_pin(records, siti.code.upper(), by="pelatih", now=MONDAY)
    assert len(pin) == 6
    with pytest.raises(WrongLogin):
        log_in(records, siti.code, PIN, now=MONDAY)
    assert log_in(records, siti.code, pin, now=MONDAY).session_version == 2
    line = list_audit(records, limit=1)[0]
    assert (line.actor, line.action, line.subject) == ("pelatih", "pin_reset", siti.code)
    assert pin not in str(list_audit(records))


def test_a_pin_for_nobody(records: Records) -> None:
    with pytest.raises(UnknownParticipant):
        reset_pin(records, "srg-zzzzz", by="pelatih")


def test_an_erased_person_looks_like_an_unknown_one(records: Records, siti: Participant) -> None:
    erase_person(records, siti.code, by="pelatih")
    for identifier in (siti.code, siti.phone):
        with pytest.raises(WrongLogin):
            log_in(records, identifier, PIN)
    assert get_participant(records, siti.code) is None


HERS = Caller("10.42.0.7", "hp-siti")
OTHER = Caller("10.42.0.9", "hp-lain")


def guess(records: Records, identifier: str, caller: Caller, at: datetime = MONDAY) -> str:
    """Type a wrong PIN; gives "wrong" or which limit said no."""
    with pytest.raises(LoginError) as caught:
        log_in(records, identifier, WRONG, at, caller)
    return caught.value.limit if isinstance(caught.value, LockedOut) else "wrong"


def test_five_wrong_pins_lock_the_address_that_typed_them_and_no_other(
    records: Records, siti: Participant
) -> None:
    assert [guess(records, siti.code, OTHER) for _ in range(6)] == ["wrong"] * 4 + ["pair"] * 2
    assert log_in(records, siti.phone, PIN, MONDAY, HERS) == siti


def test_many_addresses_lock_a_person_only_for_browsers_that_are_new(
    records: Records, siti: Participant
) -> None:
    said = [
        guess(records, siti.code, Caller(f"10.42.0.{20 + number // 4}")) for number in range(51)
    ]
    assert said == ["wrong"] * 49 + ["person"] * 2
    with pytest.raises(LockedOut, match="HP yang biasa Anda pakai"):
        log_in(records, siti.code, PIN, MONDAY, HERS)
    used_before = replace(HERS, known=frozenset({siti.code}))
    assert log_in(records, siti.code, PIN, MONDAY, used_before) == siti


def test_a_browser_that_was_in_before_counts_for_itself(
    records: Records, siti: Participant, budi: Participant
) -> None:
    used_before = replace(HERS, known=frozenset({siti.code}))
    assert [guess(records, siti.code, used_before) for _ in range(5)] == ["wrong"] * 4 + ["device"]
    assert guess(records, siti.code, used_before) == "device"
    # Being known as Siti says nothing about Budi.
    assert [guess(records, budi.code, used_before) for _ in range(5)] == ["wrong"] * 4 + ["pair"]


def test_thirty_wrong_pins_for_many_people_lock_the_address_for_the_rest_of_ten_minutes(
    records: Records, siti: Participant
) -> None:
    said = [guess(records, f"0813 0000 {1000 + number}", OTHER) for number in range(31)]
    assert said == ["wrong"] * 29 + ["address"] * 2
    with pytest.raises(LockedOut, match="HP atau Wi-Fi ini") as caught:
        log_in(records, siti.code, PIN, MONDAY + timedelta(minutes=3), OTHER)
    assert caught.value.until == MONDAY + timedelta(minutes=10)
    assert log_in(records, siti.code, PIN, MONDAY, HERS) == siti
    assert log_in(records, siti.code, PIN, MONDAY + timedelta(minutes=10), OTHER) == siti


def test_ones_own_right_pin_does_not_wash_off_the_guesses_for_others(
    records: Records, siti: Participant
) -> None:
    said = []
    for number in range(31):
        said.append(guess(records, f"0813 0000 {1000 + number}", OTHER))
        if said[-1] == "wrong":
            log_in(records, siti.code, PIN, MONDAY, OTHER)
    assert said == ["wrong"] * 29 + ["address"] * 2


def test_a_new_pin_opens_at_once_from_an_address_that_is_locked(
    records: Records, siti: Participant
) -> None:
    for number in range(30):
        guess(records, f"0813 0000 {1000 + number}", OTHER)
    for _ in range(5):
        guess(records, siti.code, HERS)
    pin = reset_pin(records, siti.code, by="pelatih", now=MONDAY)
    assert log_in(records, siti.code, pin, MONDAY, OTHER).code == siti.code
    assert log_in(records, siti.code, pin, MONDAY, HERS).code == siti.code


def test_counts_outlive_a_restart(database: Path, records: Records, siti: Participant) -> None:
    for _ in range(5):
        guess(records, siti.code, OTHER)
    with open_records(database) as again, pytest.raises(LockedOut):
        log_in(again, siti.code, PIN, MONDAY, OTHER)


def test_who_is_locked_writes_nothing_more(records: Records, siti: Participant) -> None:
    for _ in range(5):
        guess(records, siti.code, OTHER)
    with records.read_session() as session:
        before = session.query(LoginGuardRow.key, LoginGuardRow.tries).all()
    for _ in range(20):
        guess(records, siti.code, OTHER)
    with records.read_session() as session:
        assert session.query(LoginGuardRow.key, LoginGuardRow.tries).all() == before


def test_the_counts_hold_neither_addresses_nor_what_was_typed(
    records: Records, siti: Participant
) -> None:
    guess(records, "0813 0000 0000", OTHER)
    with records.read_session() as session:
        kept = str(session.query(LoginGuardRow.key).all())
    assert "10.42" not in kept
    assert "81300000000" not in kept


def test_the_time_that_is_told_is_when_it_is_over(records: Records, siti: Participant) -> None:
    late = MONDAY + timedelta(seconds=37)
    for _ in range(4):
        guess(records, siti.code, OTHER, late)
    with pytest.raises(LockedOut, match=r"setelah pukul 08\.11 WIB"):
        log_in(records, siti.code, WRONG, late, OTHER)
    assert log_in(records, siti.code, PIN, MONDAY + timedelta(minutes=11), OTHER) == siti
