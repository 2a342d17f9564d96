"""What a page's kernel asks of its server, over the real socket."""

import dataclasses
import json
import stat
import threading
from pathlib import Path

import pytest
from tests.unit.apps.kernel_api_socket import serve_kernel_api

from umkm_apps.kernel.answer_store import PageAnswers
from umkm_apps.web import kernel_api
from umkm_records import (
    ChangeId,
    DraftKey,
    Result,
    make_sample_class,
    open_records,
    publish,
    save_draft,
)
from umkm_records.answers import checks_of
from umkm_records.errors import StorageLocked
from umkm_widgets import AnswerStoreError

SHEET = "pembukuan-dua-laci"


@pytest.fixture
def records(sample_database):
    with open_records(sample_database) as opened:
        yield opened


@pytest.fixture
def siti(records):
    return make_sample_class(records).participants[0].code


@pytest.fixture
def page(records):
    with serve_kernel_api(records) as made:
        yield made


def save(records, who, question, answer):
    save_draft(records, DraftKey(who, SHEET, question), answer, ChangeId("hp", 1))


def test_a_page_begins_with_what_was_answered_and_only_its_readers(records, siti, page):
    other = make_sample_class(records).participants[1].code
    save(records, siti, "laba", "350rb")
    save(records, siti, "rencana", "Dua kaleng 🙂. " * 500)
    save(records, other, "laba", "1 juta")
    keeper = PageAnswers(page(siti, SHEET))
    assert keeper.load("laba") == "350rb"
    assert len(keeper.load("rencana")) == 500 * 14
    assert keeper.load("belum") is None
    assert PageAnswers(page(other, SHEET)).load("rencana") is None
    assert keeper.participant == siti


def test_a_page_learns_that_its_sheet_was_closed_meanwhile(records, siti, page):
    save(records, siti, "laba", "350rb")
    keeper = PageAnswers(page(siti, SHEET))
    assert not keeper.is_locked()
    publish(records, Result(siti, SHEET, 1, 2, 10))
    assert keeper.is_locked()
    assert PageAnswers(page(siti, SHEET)).is_locked()


def test_a_check_is_noted_with_the_misunderstandings_it_showed(records, siti, page):
    keeper = PageAnswers(page(siti, "pembukuan/01-dua-laci"))
    keeper.note_check("laci-dapur", "wrong", ("prive-biaya",))
    keeper.note_check("laci-dapur", "right")
    assert [one.verdict for one in checks_of(records, siti, ["pembukuan/01-dua-laci"])] == [
        "wrong",
        "right",
    ]


def test_whoever_has_no_ticket_learns_nothing(records, siti, page):
    save(records, siti, "laba", "350rb")
    other = make_sample_class(records).participants[1].code
    stolen = dataclasses.replace(page(other, SHEET), participant=siti)
    with pytest.raises(AnswerStoreError):
        PageAnswers(stolen)


def test_the_socket_is_its_owners_alone(siti, page):
    folder = Path(page(siti, SHEET).address).parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "said", [b"", b"{", b"[]", b"7", b'{"ask": "begin"}', b"\xff", json.dumps({"a": 1}).encode()]
)
def test_rubbish_is_answered_and_the_desk_goes_on(records, siti, page, said):
    save(records, siti, "laba", "350rb")
    assert "error" in json.loads(page(siti, SHEET)._converse(said))
    assert PageAnswers(page(siti, SHEET)).load("laba") == "350rb"


def test_an_errand_nobody_knows_is_refused(siti, page):
    with pytest.raises(AnswerStoreError):
        page(siti, SHEET).ask("hapus")


def test_trouble_with_the_records_reaches_the_page_in_its_own_words(siti, page, monkeypatch):
    trouble = StorageLocked()

    def locked(*_):
        raise trouble

    monkeypatch.setattr("umkm_apps.web.kernel_api.load_drafts", locked)
    with pytest.raises(AnswerStoreError) as told:
        PageAnswers(page(siti, SHEET))
    assert told.value.message == trouble.for_people
    assert "aman di HP" in trouble.for_people


def test_a_server_that_is_gone_is_told_in_words(records, siti):
    with serve_kernel_api(records) as page:
        keeper = PageAnswers(page(siti, SHEET))
    with pytest.raises(AnswerStoreError, match="muat ulang"):
        keeper.note_check("laba", "right")


def test_a_page_that_notes_on_and_on_is_told_to_wait_and_no_other_page_is(records, siti, page):
    other = make_sample_class(records).participants[1].code
    busy, quiet = page(siti, "pembukuan/01-dua-laci"), page(other, "pembukuan/01-dua-laci")
    refused = []
    for number in range(60):
        try:
            busy.note_check_of("pembukuan/01-dua-laci", f"soal-{number}", "wrong", ())
        except AnswerStoreError as error:
            refused.append(error.message)
    # Twenty at once, then one a second; a slow machine takes some seconds for sixty.
    assert 0 < len(refused) <= 40
    assert set(refused) == {"Terlalu sering ditekan. Tunggu sebentar, lalu coba lagi."}
    assert len(checks_of(records, siti, ["pembukuan/01-dua-laci"])) == 60 - len(refused)
    quiet.note_check_of("pembukuan/01-dua-laci", "soal-1", "right", ())
    assert busy.checks(["pembukuan/01-dua-laci"])


def test_answers_are_looked_up_beside_the_loop_that_serves_pages(records, siti, monkeypatch):
    """The records wait for a disk; meanwhile the loop that this desk shares with all pages goes on."""
    reached, let_go = threading.Event(), threading.Event()

    def wait(*_):
        reached.set()
        assert let_go.wait(60)
        return True

    monkeypatch.setitem(kernel_api._CALLS, "locked", wait)
    with serve_kernel_api(records) as page:
        asking = threading.Thread(target=page(siti, SHEET).is_locked)
        asking.start()
        assert reached.wait(60)
        # Another page's errand goes through the same loop.
        assert page(siti, SHEET).begin() == ({}, False)
        let_go.set()
        asking.join(60)
