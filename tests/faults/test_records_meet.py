"""Two of everything at the same moment: schema, registration, sending, sample class."""

import os
import signal
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from tests.support.parallel import run_in_parallel

from umkm_records import (
    ChangeId,
    DraftKey,
    FormError,
    Registration,
    class_roster,
    list_cohorts,
    make_sample_class,
    open_records,
    register,
    save_draft,
    submissions_of,
    submit,
)
from umkm_records.tables import HEAD, Base

SHEET = "pembukuan-dua-laci"


def tables(database: Path) -> set[str]:
    with sqlite3.connect(database) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in found}


EVERY_TABLE = set(Base.metadata.tables) | {"alembic_version"}


@pytest.mark.parametrize("crowd", [2, 8])
@pytest.mark.parametrize("time", range(4))
def test_processes_that_open_new_records_together_make_one_schema(
    tmp_path: Path, crowd: int, time: int
) -> None:
    database = tmp_path / "data" / "umkm.db"

    def begin(_: int) -> int:
        with open_records(database) as records:
            return len(list_cohorts(records))

    assert run_in_parallel(begin, crowd) == [0] * crowd
    assert tables(database) == EVERY_TABLE
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT * FROM alembic_version").fetchall() == [(HEAD,)]


@pytest.mark.parametrize("statements", [1, 3, 12, 30])
def test_a_process_killed_while_making_the_schema_leaves_nothing_half_made(
    tmp_path: Path, statements: int
) -> None:
    database = tmp_path / "umkm.db"
    child = os.fork()
    if child == 0:
        seen = []

        def die(*_: object) -> None:
            seen.append(1)
            if len(seen) == statements:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "after_cursor_execute", die)
        open_records(database)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert tables(database) == set()
    with open_records(database) as records:
        assert len(make_sample_class(records).participants) == 12
    assert tables(database) == EVERY_TABLE


def test_the_same_answers_sent_together_give_one_receipt(tmp_path: Path) -> None:
    database = tmp_path / "umkm.db"
    with open_records(database) as records:
        people = [person.code for person in make_sample_class(records).participants]
        for person in people:
            save_draft(records, DraftKey(person, SHEET, "pilihan"), "usaha", ChangeId("hp", 1))

    def send(_: int) -> list[tuple[str, int, bool]]:
        with open_records(database) as records:
            receipts = [submit(records, person, SHEET, ["pilihan"]) for person in people]
        return [(receipt.code, receipt.attempt, receipt.new) for receipt in receipts]

    for receipts in zip(*run_in_parallel(send, 4), strict=True):
        assert len({code for code, _, _ in receipts}) == 1
        assert {attempt for _, attempt, _ in receipts} == {1}
        assert [new for _, _, new in receipts].count(True) == 1
    with open_records(database) as records:
        assert len(submissions_of(records, "contoh-serang", SHEET)) == 12


def test_daftar_pressed_twice_registers_once(tmp_path: Path) -> None:
    database = tmp_path / "umkm.db"
    with open_records(database) as records:
        make_sample_class(records)
    form = Registration(
        join_code="SERANG-1",
        name="Ratna Sari",
        business_name="Kue Ratna",
        business_kind="camilan",
        kelurahan="36.73.01.1002",
        phone="0857 1234 5678",
        consent_version="2026-11",
        consent_given=True,
        pin="739164",
    )

    def press(_: int) -> str:
        with open_records(database) as records:
            try:
                return register(records, form).code
            except FormError as error:
                return ",".join(error.errors)

    outcomes = run_in_parallel(press, 4)
    assert sorted(outcomes)[:3] == ["phone"] * 3
    with open_records(database) as records:
        assert len(class_roster(records, "contoh-serang")) == 13


def test_the_sample_class_made_together_is_one_class(tmp_path: Path) -> None:
    database = tmp_path / "umkm.db"

    def make(_: int) -> list[str]:
        with open_records(database) as records:
            return [person.code for person in make_sample_class(records).participants]

    first, *others = run_in_parallel(make, 4)
    assert len(first) == 12
    assert all(other == first for other in others)
