"""Answers handed in over HTTP: kept before they are acknowledged, refused in words, never believed."""

import contextlib
import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import requests
from tests.support.patience import PATIENCE
from tests.support.trainee_server import LESSON, SHEET
from tests.support.visitor import Visitor
from tests.sync.conftest import STRANGER_PIN

from umkm_records import (
    Result,
    latest_submission,
    load_drafts,
    open_records,
    publish,
    record_event,
    reset_pin,
    submissions_of,
)
from umkm_records.answers import stored_answers

ANSWERS = f"/tugas/{SHEET}/jawaban"
PRACTICE = f"/pelajaran/{LESSON}/jawaban"


def now() -> int:
    return round(time.time() * 1000)


def change(question="laba-bengkel", answer="350rb", writer="hp-1", seq=1, acted=None):
    return {
        "question": question,
        "answer": answer,
        "writer": writer,
        "seq": seq,
        "acted": acted or now(),
    }


class Page:
    """What a page of one person sends."""

    def __init__(self, visitor, code):
        self.visitor, self.code = visitor, code

    def post(self, path, content, **headers):
        text = json.dumps(content) if isinstance(content, dict) else content
        token = {"X-XSRFToken": self.visitor.xsrf()}
        return self.visitor.session.post(
            self.visitor.url + path, data=text, headers={**token, **headers}, timeout=PATIENCE, allow_redirects=False
        )  # fmt: skip

    def hand_in(self, *changes, path=ANSWERS, clock=None):
        answer = self.post(
            path, {"participant": self.code, "clock": clock or now(), "changes": changes}
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["outcomes"]

    def send(self, key):
        return self.post(f"{ANSWERS}/kirim", {"participant": self.code, "key": key})


@pytest.fixture
def page(visit, new_person):
    code = new_person().code
    return Page(visit(code, STRANGER_PIN), code)


@pytest.fixture
def records(server):
    with open_records(server.database) as opened:
        yield opened


def test_an_answer_is_kept_and_acknowledged(page, records):
    outcomes = page.hand_in(change(), change("rencana-dua-laci", "Dua kaleng.", seq=2))
    assert [outcome["state"] for outcome in outcomes] == ["saved", "saved"]
    assert load_drafts(records, page.code, SHEET) == {
        "laba-bengkel": "350rb",
        "rencana-dua-laci": "Dua kaleng.",
    }
    assert page.hand_in(change()) == outcomes[:1]  # doubled
    standing = page.visitor.get(ANSWERS).json()
    assert standing["answers"]["laba-bengkel"] == {"answer": "350rb", "writer": "hp-1"}
    assert (standing["receipt"], standing["closed"]) == (None, False)
    assert abs(standing["now"] - now()) < 10_000


def test_a_lessons_answers_go_the_same_way(page, records):
    exercise = "contoh-soal"
    assert page.hand_in(change(exercise), path=PRACTICE)[0]["state"] == "refused"
    from tests.support.open_workshop import ROOT

    import umkm_courses

    lesson = umkm_courses.load_catalogue(ROOT / "courses").lesson(*LESSON.split("/"))
    asked = lesson.exercises[0]
    assert page.hand_in(change(asked, "x"), path=PRACTICE)[0]["state"] == "saved"
    assert load_drafts(records, page.code, LESSON) == {asked: "x"}


def test_the_newer_deed_stands_and_the_other_phone_is_told(page):
    minute = 60_000
    page.hand_in(change(writer="hp-2", answer="dua", acted=now() - minute))
    late = page.hand_in(change(writer="hp-1", answer="satu", acted=now() - 30 * minute))
    assert (late[0]["state"], late[0]["answer"]) == ("replaced", "dua")
    insists = page.hand_in(change(writer="hp-1", seq=2, answer="satu"))
    assert insists[0]["state"] == "saved"


@pytest.mark.parametrize("wrong_by", [timedelta(days=400), timedelta(hours=-9)])
def test_a_wrong_clock_neither_wins_nor_loses(page, records, wrong_by):
    """A page dates its changes by its own clock; only what went by since is believed."""
    wrong = round(wrong_by.total_seconds() * 1000)
    clock = now() + wrong
    page.hand_in(change(writer="hp-1", answer="satu", acted=clock - 5_000), clock=clock)
    acted = stored_answers(records, page.code, SHEET)["laba-bengkel"].acted_at
    assert acted <= datetime.now(UTC)
    if wrong > 0:
        assert datetime.now(UTC) - acted < timedelta(seconds=30)
    assert page.hand_in(change(writer="hp-2", answer="dua"))[0]["state"] == "saved"


def test_characters_no_database_takes_are_mended(page, records):
    # Half of an emoji, as some keyboards send it, and a NUL.
    raw = json.dumps({"participant": page.code, "clock": now(), "changes": [
        change("rencana-dua-laci", "baik \ud83d\u0000 sekali")]})  # fmt: skip
    answer = page.post(ANSWERS, raw.encode())
    assert answer.json()["outcomes"][0]["state"] == "saved"
    assert load_drafts(records, page.code, SHEET) == {"rencana-dua-laci": "baik \ufffd sekali"}


@pytest.mark.parametrize(
    ("question", "answer", "words"),
    [
        ("tidak-ada", "x", "tidak ada"),
        ("bukan", {"a": 1}, "tidak ada"),
        ("laba-bengkel", {"a": [1]}, "tidak terbaca"),
        ("laba-bengkel", "9" * 500, "tidak terbaca"),
        ("rencana-dua-laci", "x" * 30_000, "tidak terbaca"),
        ("rencana-dua-laci", 5, "tidak terbaca"),
    ],
)
def test_what_fits_no_question_is_refused_in_words(page, records, question, answer, words):
    good = change("laba-bengkel", "1", seq=9)
    refused, kept = page.hand_in(change(question, answer), good)
    assert (refused["state"], kept["state"]) == ("refused", "saved")
    assert words in refused["message"]
    assert load_drafts(records, page.code, SHEET) == {"laba-bengkel": "1"}


CLOCK = b'"participant": "CODE", "clock": 1790000000000'
WRONG = b'"question": "laba-bengkel", "answer": "1", "acted": 1790000000000'


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"{", b'"x"', b"[" * 5_000, b"\xff\xfe", b"{}",
        b'{"participant": "CODE", "clock": 1, "changes": []}',
        b'{"participant": "CODE", "clock": 1e400, "changes": []}',
        b'{"participant": "CODE", "clock": true, "changes": []}',
        b"{%s, \"changes\": {}}" % CLOCK,
        b"{%s, \"changes\": [{}]}" % CLOCK,
        b'{%s, "changes": [{%s, "writer": "w", "seq": 1.5}]}' % (CLOCK, WRONG),
        b'{%s, "changes": [{%s, "writer": 7, "seq": 1}]}' % (CLOCK, WRONG),
    ],
)  # fmt: skip
def test_what_is_no_form_of_ours_is_refused_whole(page, records, body):
    answer = page.post(ANSWERS, body.replace(b"CODE", page.code.encode()))
    assert answer.status_code == 400
    assert answer.json()["message"]
    assert load_drafts(records, page.code, SHEET) == {}


def test_a_stamp_no_page_makes_is_refused(page):
    for bad in ({"writer": "w" * 100}, {"writer": ""}, {"seq": -1}, {"seq": 2**60}):
        assert page.hand_in(change(**bad))[0]["state"] == "refused"


def test_too_much_at_once_is_refused(page, records):
    many = [change(seq=number) for number in range(1, 60)]
    content = {"participant": page.code, "clock": now(), "changes": many}
    assert page.post(ANSWERS, content).status_code == 400
    # Nothing is wrong with this one but its length.
    good = json.dumps({"participant": page.code, "clock": now(), "changes": [change()]}).encode()
    for path in (ANSWERS, "/masuk"):
        # The line may be cut before the refusal has come through.
        for too_long in (good + b" " * 200_000, iter([good, *[b" " * 100_000] * 3])):
            with contextlib.suppress(
                requests.ConnectionError, requests.exceptions.ChunkedEncodingError
            ):
                assert page.post(path, too_long).status_code == 400
    assert load_drafts(records, page.code, SHEET) == {}
    assert page.post(ANSWERS, good).status_code == 200


def test_who_asks_too_often_waits(page):
    def ask(_):
        return page.visitor.get(ANSWERS).status_code

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(200)))
    assert 429 in found
    assert found.count(200) >= 60
    busy = page.visitor.get(ANSWERS)
    if busy.status_code == 429:
        assert int(busy.headers["Retry-After"]) >= 1


def test_another_persons_page_is_told_apart(page, visit, new_person, records):
    """Bu A's page is still open when Pak B logs in with the same browser."""
    other = new_person()
    theirs = Page(visit(other.code, STRANGER_PIN), page.code)
    for path, content in (
        (ANSWERS, {"participant": page.code, "clock": now(), "changes": [change()]}),
        (f"{ANSWERS}/kirim", {"participant": page.code, "key": "kunci-0001"}),
    ):
        answer = theirs.post(path, content)
        assert answer.status_code == 409
        assert "peserta lain" in answer.json()["message"]
    assert load_drafts(records, page.code, SHEET) == {}
    assert load_drafts(records, other.code, SHEET) == {}


def test_nobody_hands_in_nothing(server, page, records):
    nobody = Page(Visitor(server.url), page.code)
    content = {"participant": page.code, "clock": now(), "changes": [change()]}
    answer = nobody.post(ANSWERS, content)
    assert (answer.status_code, answer.json()["message"]) == (401, "Silakan masuk lagi.")
    assert nobody.visitor.get(ANSWERS).status_code == 401
    # Without the token of the page, and from another site.
    for headers in ({"X-XSRFToken": "salah"}, {"Origin": "http://jahat.example"}):
        assert page.post(ANSWERS, content, **headers).status_code in {403, 404}
    assert load_drafts(records, page.code, SHEET) == {}


def test_a_new_pin_ends_pages_that_are_open(page, records):
    page.hand_in(change(answer="300rb"))
    reset_pin(records, page.code, by="uji")
    content = {"participant": page.code, "clock": now(), "changes": [change(seq=2, answer="1")]}
    assert page.post(ANSWERS, content).status_code == 401
    assert load_drafts(records, page.code, SHEET) == {"laba-bengkel": "300rb"}


@pytest.mark.parametrize(
    "path",
    ["/tugas/tidak-ada/jawaban", "/pelajaran/pembukuan/99-tidak-ada/jawaban", "/pelajaran/x-x/y-y/jawaban"],
)  # fmt: skip
def test_what_is_not_there_is_not_there(page, path):
    content = {"participant": page.code, "clock": now(), "changes": [change()]}
    assert page.post(path, content).status_code == 404
    assert page.visitor.get(path).status_code == 404


def test_sending_gives_one_receipt_however_often(page, records):
    nothing = page.send("kunci-0001")
    assert (nothing.status_code, "Belum ada jawaban" in nothing.json()["message"]) == (422, True)
    page.hand_in(change())
    first = page.send("kunci-0001").json()["receipt"]
    assert first["url"].endswith(first["code"])
    assert first["at"].endswith("WIB")
    page.hand_in(change(answer="1", seq=2))
    # The answer to the first request was lost: the page asks again, after another change.
    assert page.send("kunci-0001").json()["receipt"] == first
    with ThreadPoolExecutor(4) as pool:
        found = list(
            pool.map(lambda _: page.send("kunci-0002").json()["receipt"]["code"], range(4))
        )
    assert len({*found, first["code"]}) == 2
    assert page.visitor.get(ANSWERS).json()["receipt"]["code"] == found[0]
    mine = [
        r for r in submissions_of(records, "contoh-serang", SHEET) if r.participant == page.code
    ]
    assert [receipt.attempt for receipt in mine] == [2]


def test_attempts_without_end_are_asked_to_wait(page, records):
    """Each keeps all answers once more."""
    status = 200
    for number in range(1, 60):
        page.hand_in(change("rencana-dua-laci", f"rencana {number}", seq=number))
        status = page.send(f"kunci-{number:04}").status_code
        if status != 200:
            break
    assert status == 429
    assert 20 <= number <= 40
    # One more may have come free meanwhile.
    told = [page.visitor.post(f"/tugas/{SHEET}/kirim").text for _ in range(4)]
    assert any("baru saja dikirim berkali-kali" in text for text in told)


@pytest.mark.parametrize("key", [None, 5, "pendek", "x" * 65, "kunci-✓-0001"])
def test_a_key_no_page_makes_is_refused(page, key):
    assert page.send(key).status_code == 400


def test_a_graded_sheet_is_closed(page, records):
    page.hand_in(change())
    page.send("kunci-0001")
    publish(records, Result(page.code, SHEET, 1, 2, 10))
    outcome = page.hand_in(change(seq=2, answer="1"))[0]
    assert outcome["state"] == "refused"
    assert "sudah dinilai" in outcome["message"]
    assert page.send("kunci-0002").status_code == 422
    assert page.visitor.get(ANSWERS).json()["closed"] is True
    assert latest_submission(records, page.code, SHEET).attempt == 1
    record_event(records, page.code, "opened", SHEET)
