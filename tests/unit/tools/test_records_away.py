"""Tools whose records cannot be read: each shows itself, and says so in words for people."""

from importlib import import_module

import pytest

from umkm_apps.page_sessions.in_process.reader import Reader
from umkm_records import make_sample_class, open_records
from umkm_records.errors import StorageLocked
from umkm_tools.base.page import ToolPage
from umkm_tools.registry import tools
from umkm_widgets.session import NotebookSession, use_session

KEEPERS = [name for name, tool in tools().items() if tool.keeps]
READS = {
    "buku-kas": {"type": "look", "tab": "catat"},
    "cocokkan": {"type": "book", "id": "x"},
    "kasir-qris": {"type": "look"},
    "katalog": {"type": "look"},
    "simulasi-iklan": {"type": "look"},
}


@pytest.fixture
def page(sample_database):
    with open_records(sample_database) as records:
        cohort = make_sample_class(records).cohort.id
        yield ToolPage("srg-siti1", records=records, cohort=cohort, reader=Reader("srg-siti1", 1))


def shown(name, page):
    found = []
    with use_session(NotebookSession(show=lambda thing, _: found.append(thing))):
        import_module(tools()[name].page_module).show(page)
    (tool,) = found
    return tool


def test_every_tool_that_gets_the_records_is_tried():
    assert READS.keys() == {*KEEPERS}


@pytest.mark.parametrize("name", KEEPERS)
def test_it_opens_and_says_what_is_wrong(name, page, monkeypatch):
    def away(*_, **__):
        raise StorageLocked

    monkeypatch.setattr("umkm_records.database.storage.Records._session", away)
    tool = shown(name, page)
    tool.on_message(READS[name])
    assert tool.outcome["ok"] is False
    assert tool.outcome["message"] == StorageLocked().for_people


def test_whose_it_is_is_known_once_the_records_are_back(page, monkeypatch):
    def away(*_, **__):
        raise StorageLocked

    monkeypatch.setattr("umkm_records.database.storage.Records._session", away)
    book, catalogue = shown("buku-kas", page), shown("katalog", page)
    monkeypatch.undo()
    assert book._own.owner.business_name
    assert book._own.owner.token == book.setup["token"]
    catalogue.on_message({"type": "begin", "id": "b"})
    assert catalogue.outcome["ok"], catalogue.outcome
    assert catalogue.view["seller"]["name"] == book._own.owner.business_name
