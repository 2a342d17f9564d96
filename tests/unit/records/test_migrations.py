"""Migrations: from the first revision on, with data in every table, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, create_engine, insert, make_url, select, text

import umkm_records
from umkm_records import ChangeId, DraftKey, Records, list_cohorts, open_records, save_draft
from umkm_records.answers import stored_answers
from umkm_records.classes import offer_courses
from umkm_records.errors import SchemaNotReady, SchemaTooNew
from umkm_records.tables import HEAD, Base

pytestmark = pytest.mark.slow

FOLDER = Path(umkm_records.__file__).parent / "database" / "migrations"
AT = datetime(2026, 11, 2, 2, 30, tzinfo=UTC)

#: What a column holds, by its name, or by table and name; other columns hold a sample of their type.
VALUES: dict[str, Any] = {
    "till_sale.code": "K7PM", "till_sale.sale": "{}",
    "storefront.content": "{}", "book_entry.entry": "{}",
    "buyer_id": 1,
    "answer": '"usaha"', "answers": '{"pilihan": "usaha"}', "detail": "{}", "items": "[]",
    "comments": "[]", "code": "srg-siti1", "sheet": "lembar", "question": "pilihan", "writer": "hp",
    "id": 1, "participant_id": 1, "session_day_id": 1, "submission_id": 1, "consent_id": 1,
    "cohort_id": "kasemen-1", "cohort.id": "kasemen-1",
}  # fmt: skip

#: Tables that a later revision drops where they are empty.
UNUSED = {"attendance", "certificate", "session_day"}
#: Columns that a later revision keeps elsewhere; a test of their own says where.
MOVED = {"cohort": {"course"}}

SAMPLES = {
    int: 7, float: 2.5, str: "x", bool: True, bytes: b"\x00x", datetime: AT, date: AT.date(),
}  # fmt: skip
#: As PostgreSQL takes it, and as SQLite keeps it.
UID = UUID("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
SAMPLES[UUID] = UID


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'umkm.db'}"
    return request.getfixturevalue("postgres").new_database()


@pytest.fixture
def engine(place: str) -> Iterator[Engine]:
    engine = create_engine(make_url(place))
    yield engine
    engine.dispose()


def upgrade(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def rows(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in tables.sorted_tables
            if table.name != "alembic_version"
        }


def fill(engine: Engine) -> None:
    """One row in every table there is."""
    tables = MetaData()
    tables.reflect(engine)
    with engine.begin() as connection:
        for table in tables.sorted_tables:
            if table.name == "alembic_version":
                continue
            values = {
                column.name: VALUES.get(f"{table.name}.{column.name}", VALUES.get(column.name))
                or (UID.hex if (column.name, column.type.python_type) == ("uid", str) else None)
                or SAMPLES[column.type.python_type]
                for column in table.columns
            }
            connection.execute(insert(table).values(values))


REVISIONS = sorted(str(script.revision) for script in ScriptDirectory(str(FOLDER)).walk_revisions())


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_row_in_every_table_is_carried_over_from_any_revision(
    place: str, engine: Engine, revision: str
) -> None:
    upgrade(engine, revision)
    fill(engine)
    before = rows(engine)
    assert all(len(found) == 1 for found in before.values())
    open_records(place, upgrade=True).close()
    after = rows(engine)
    for table, (row,) in before.items():
        (kept,) = after[table]
        assert (
            kept.items()
            >= {
                name: value for name, value in row.items() if name not in MOVED.get(table, set())
            }.items()
        )
    with engine.connect() as connection:
        options = {"compare_type": True, "include_name": lambda name, *_: name not in UNUSED}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
        if engine.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def test_the_courses_of_a_class_of_the_previous_version_stay_in_their_order(
    place: str, engine: Engine
) -> None:
    upgrade(engine, "0011")
    three = "pembukuan pembayaran-nontunai pemasaran-online"
    cohort = "INSERT INTO cohort VALUES (:id, 'x', :id, :id, '', '2026-11-02', :course, :at)"
    with engine.begin() as connection:
        for name, course in (("tiga", three), ("satu", "pemasaran-online"), ("lama", "kas")):
            values = {"id": name, "course": course, "at": AT.replace(tzinfo=None)}
            connection.execute(text(cohort), values)
    with open_records(place, upgrade=True) as records:
        assert {one.id: one.courses for one in list_cohorts(records)} == {
            "tiga": ("pembukuan", "pembayaran-nontunai", "pemasaran-online"),
            "satu": ("pemasaran-online",),
            "lama": ("kas",),
        }
        more = ["pemasaran-online", "pembukuan", "pembayaran-nontunai", "kepegawaian-dan-keuangan"]
        assert offer_courses(records, "tiga", more).courses == tuple(more)


@pytest.mark.parametrize(
    ("filled", "left"),
    [(set(), set()), ({"certificate"}, {"certificate"}), (UNUSED, UNUSED)],
)
def test_unused_tables_go_unless_somebody_wrote_into_them(
    place: str, engine: Engine, filled: set[str], left: set[str], caplog: pytest.LogCaptureFixture
) -> None:
    upgrade(engine, "0011")
    fill(engine)
    with engine.begin() as connection:
        for table in ("certificate", "attendance", "session_day"):
            if table not in filled:
                connection.execute(text(f"DELETE FROM {table}"))
    open_records(place, upgrade=True).close()
    after = rows(engine)
    assert after.keys() & UNUSED == left
    assert all(len(after[table]) == 1 for table in left)
    told = [record.getMessage() for record in caplog.records if record.name == "umkm_records"]
    assert len(told) == bool(left)
    assert all(table in line for table in left for line in told)


def test_migrations_make_exactly_the_tables_of_the_schema(records: Records) -> None:
    with records.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_head_is_the_last_migration() -> None:
    assert ScriptDirectory(str(FOLDER)).get_heads() == [HEAD]


def test_an_answer_of_the_first_version_stands_and_late_ones_are_known(
    place: str, engine: Engine
) -> None:
    upgrade(engine, "0001")
    fill(engine)
    key = DraftKey("srg-siti1", "lembar", "pilihan")
    with engine.begin() as connection:  # a tombstone is nobody's
        connection.execute(text("UPDATE participant SET erased_at = NULL"))
        connection.execute(text("DELETE FROM result"))
    with open_records(place, upgrade=True) as records:
        standing = stored_answers(records, "srg-siti1", "lembar")["pilihan"]
        assert (standing.answer, standing.writer) == ("usaha", "")
        assert standing.acted_at == AT
        assert not save_draft(records, key, "rumah", ChangeId("hp", 7)).applied
        assert save_draft(records, key, "rumah", ChangeId("hp", 8)).applied


def test_a_server_is_upgraded_at_deploy_alone(postgres: Any) -> None:
    place = postgres.new_database()
    with pytest.raises(SchemaNotReady, match="umkm db upgrade"):
        open_records(place)
    engine = create_engine(place)
    assert rows(engine) == {}
    upgrade(engine, "0001")
    with pytest.raises(SchemaNotReady):
        open_records(place)
    open_records(place, upgrade=True).close()
    open_records(place).close()
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    for with_upgrade in (False, True):
        with pytest.raises(SchemaTooNew, match="versi terbaru"):
            open_records(place, upgrade=with_upgrade)
