"""A login is good from Masuk to Keluar, and no longer for anybody."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from tests.unit.records.conftest import MONDAY

from umkm_records import Participant, Records, UnknownParticipant, erase_person, reset_pin
from umkm_records.people import begin_session, end_session, session_owner
from umkm_records.people.sessions import LASTS, MOST_SESSIONS


def test_a_login_names_its_person_until_it_ends(
    records: Records, siti: Participant, budi: Participant
) -> None:
    hers, his = begin_session(records, siti.code), begin_session(records, budi.code)
    assert session_owner(records, hers) == siti
    assert session_owner(records, his) == budi
    end_session(records, hers)
    end_session(records, hers)
    assert session_owner(records, hers) is None
    assert session_owner(records, his) == budi


def test_each_login_is_one_of_its_own(records: Records, siti: Participant) -> None:
    phone, other = begin_session(records, siti.code), begin_session(records, siti.code)
    assert phone != other
    end_session(records, phone)
    assert session_owner(records, other) == siti


@pytest.mark.parametrize("end", [reset_pin, erase_person])
def test_a_new_pin_and_an_erasure_end_all_of_a_persons(
    records: Records, siti: Participant, budi: Participant, end
) -> None:
    hers = [begin_session(records, siti.code) for _ in range(2)]
    his = begin_session(records, budi.code)
    end(records, siti.code, by="uji")
    assert [session_owner(records, name) for name in hers] == [None, None]
    assert session_owner(records, his) == budi
    with records.read_session() as session:
        left = session.execute(text("SELECT count(*) FROM login_session")).scalar_one()
    assert left == 1


def test_the_records_do_not_hold_what_a_cookie_needs(records: Records, siti: Participant) -> None:
    name = begin_session(records, siti.code)
    with records.read_session() as session:
        (key,) = session.execute(text("SELECT key FROM login_session")).scalars()
    assert name not in key
    assert session_owner(records, key) is None


@pytest.mark.parametrize("name", ["", "x", "\ud800", "a" * 10_000, "' OR 1=1 --"])
def test_a_name_nobody_gave_is_nobodys(records: Records, siti: Participant, name: str) -> None:
    begin_session(records, siti.code)
    assert session_owner(records, name) is None


def test_logins_do_not_pile_up(records: Records, siti: Participant, budi: Participant) -> None:
    old = begin_session(records, budi.code, now=MONDAY)
    names = [
        begin_session(records, siti.code, now=MONDAY + LASTS + timedelta(minutes=number))
        for number in range(1, MOST_SESSIONS + 3)
    ]
    assert session_owner(records, old) is None
    found = [session_owner(records, name) is not None for name in names]
    assert found == [False] * 2 + [True] * MOST_SESSIONS


def test_nobody_logs_in_as_nobody(records: Records) -> None:
    with pytest.raises(UnknownParticipant):
        begin_session(records, "srg-tidak-ada")
