"""Each table says what it holds of people; copy and erasure do what it says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, func, select, text
from tests.unit.records.conftest import MONDAY
from tests.unit.records.test_migrations import fill

from umkm_records import Records, erase_person, export_person, open_records
from umkm_records.tables import Base, ParticipantRow

#: What a copy held, by the table it comes from, when tables were still named one by one.
EXPORTED = {
    "consents", "enrolments", "former_enrolments", "drafts", "submissions", "results", "markings",
    "events", "books", "book_entries", "storefronts", "photos", "till_sales", "ad_choices",
}  # fmt: skip
#: What an erasure deleted then, but for counts of wrong PINs, whose keys only login knows.
DELETED = {
    "draft", "draft_writer", "send_request", "submission", "event", "book_entry", "book",
    "storefront", "photo_piece", "photo", "reading", "till_sale", "till_player", "ad_choice",
    "ad_player", "login_session", "former_enrolment",
}  # fmt: skip
#: Personal tables whose rows are found in another way than by `participant_id`.
BY_HAND = {"participant", "login_guard", "audit"}


def problems(table: Table) -> Iterator[str]:
    """What a table does not say, or says against what it looks like."""
    info = table.info
    if not {"personal", "exported", "erased", "why"} <= set(info):
        yield f"{table.name}: says nothing; end __table_args__ with policy(...)"
        return
    if not str(info["why"]).endswith("."):
        yield f"{table.name}: gives no reason"
    to_people = [
        column
        for column in table.columns
        if column.name == "participant_id"
        or any(key.target_fullname == "participant.id" for key in column.foreign_keys)
    ]
    if info["personal"] != bool(to_people or table.name in BY_HAND):
        yield f"{table.name}: personal, or not?"
    if not info["personal"] and (info["exported"] or info["erased"] != "keep"):
        yield f"{table.name}: nobody's, but exported or erased"
    found_by_number = any(column.name == "participant_id" for column in to_people)
    if (info["exported"] or info["erased"] == "delete") and not (
        found_by_number or table.name in BY_HAND
    ):
        yield f"{table.name}: nobody would find whose rows these are"
    overwritten = {column.name for column in table.columns if "erased_as" in column.info}
    others = {column.name for column in to_people} - {"participant_id"}
    if not others <= overwritten:
        yield f"{table.name}: {others} would name the person for ever"
    if (info["erased"] == "anonymise") and not overwritten - others:
        yield f"{table.name}: nothing is overwritten"


@pytest.mark.parametrize("name", sorted(Base.metadata.tables))
def test_each_table_says_what_it_holds_of_people(name: str) -> None:
    assert list(problems(Base.metadata.tables[name])) == []


def test_a_table_that_does_not_say_is_refused() -> None:
    def table(*columns: Column[int], **info: object) -> Table:
        return Table("diary", MetaData(), *columns, info=info)

    said = {"personal": False, "exported": None, "erased": "keep", "why": "About a class."}
    assert list(problems(table())) == ["diary: says nothing; end __table_args__ with policy(...)"]
    assert list(problems(table(**said))) == []
    owner = Column("participant_id", Integer, ForeignKey("participant.id"))
    assert list(problems(table(owner, **said))) == ["diary: personal, or not?"]
    friend = Column("friend_id", Integer, ForeignKey("participant.id"))
    (told,) = problems(table(friend, **(said | {"personal": True})))
    assert "would name the person for ever" in told


@pytest.fixture
def full(records: Records) -> Records:
    """Somebody with a row in every table."""
    fill(records.engine)
    with records.engine.begin() as connection:
        connection.execute(text("UPDATE participant SET erased_at = NULL"))
        # Written with a number of our own; the next line of the audit would get the same.
        connection.execute(text("DELETE FROM audit"))
    return records


def test_the_copy_names_what_it_always_named(full: Records) -> None:
    copy = export_person(full, "srg-siti1")
    assert set(copy) == EXPORTED | {"participant", "audit"}
    assert all(len(copy[name]) == 1 for name in EXPORTED)


def test_an_erasure_deletes_what_it_always_deleted(full: Records) -> None:
    erase_person(full, "srg-siti1", by="pelatih")
    with full.read_session() as session:
        left = {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }
    assert {name for name, rows in left.items() if not rows} == DELETED


@pytest.mark.slow
def test_who_bought_from_somebody_else_is_forgotten(database: Path) -> None:
    with open_records(database) as records:
        fill(records.engine)
        with records.transaction() as session:
            session.execute(text("UPDATE participant SET erased_at = NULL"))
            budi = ParticipantRow(
                id=2, code="srg-budi2", name="Budi", business_name="", business_kind="",
                kelurahan="", session_version=1, joined_at=MONDAY,
            )  # fmt: skip
            session.add(budi)
            session.flush()
            session.execute(text("UPDATE till_sale SET buyer_id = 2"))
        erase_person(records, "srg-budi2", by="pelatih")
        with records.read_session() as session:
            sales = session.execute(text("SELECT participant_id, buyer_id FROM till_sale")).all()
        assert [tuple(sale) for sale in sales] == [(1, None)]
