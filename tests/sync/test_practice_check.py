"""*Periksa* by a request of its own: what is marked, what is refused, and what counts."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.support.patience import PATIENCE
from tests.support.trainee_server import CLASS, LESSON, SHEET
from tests.support.visitor import Visitor
from tests.sync.conftest import STRANGER_PIN

from umkm_records import Result, open_records, publish
from umkm_records.answers import checks_of
from umkm_records.classes import find_cohort, offer_courses

ADDRESS = f"/pelajaran/{LESSON}/periksa"
#: A single choice of the lesson; its key stands in the notebook.
QUESTION, RIGHT, WRONG = "pindah-ke-rumah", "tetap", "turun"


@pytest.fixture(scope="module")
def records(server):
    with open_records(server.database) as opened:
        offered = find_cohort(opened, CLASS).courses
        offer_courses(opened, CLASS, ["pembukuan"])
        yield opened
        # The server is that of other tests too.
        offer_courses(opened, CLASS, offered)


class Reader:
    """Somebody who is logged in, and what their page sends."""

    def __init__(self, server, code):
        self.code = code
        self.visitor = Visitor(server.url)
        assert self.visitor.log_in(code, STRANGER_PIN).status_code == 303
        self.presses = 0

    def check(self, answer, address=ADDRESS, body=None, token=None, **changes):
        """Return the status and the JSON of one request."""
        self.presses += 1
        sent = {
            "participant": self.code, "question": QUESTION, "answer": answer,
            "key": f"w1-tekan-{self.presses}", **changes,
        }  # fmt: skip
        reply = self.visitor.session.post(
            self.visitor.url + address,
            data=json.dumps(sent) if body is None else body,
            headers={"X-XSRFToken": self.visitor.xsrf() if token is None else token},
            timeout=PATIENCE,
        )
        return reply.status_code, reply.json() if reply.content else {}


@pytest.fixture
def reader(server, records, new_person):
    return Reader(server, new_person().code)


@pytest.fixture
def noted(records, reader):
    return lambda: [
        (each.question, each.verdict) for each in checks_of(records, reader.code, [LESSON])
    ]


def test_an_answer_is_marked_and_counted(reader, noted):
    status, told = reader.check(WRONG)
    assert status == 200
    assert told["traits"]["answer"] == WRONG
    assert told["traits"]["feedback"]["verdict"] == "wrong"
    assert "steps" not in told["traits"]["feedback"]
    assert told["now"] > 1_700_000_000_000
    assert reader.check(RIGHT)[1]["traits"]["feedback"]["verdict"] == "right"
    assert reader.check(None)[1]["traits"]["feedback"]["verdict"] == "empty"
    assert noted() == [(QUESTION, "wrong"), (QUESTION, "right"), (QUESTION, "empty")]


def test_numbers_that_vary_are_marked_by_their_attempt(reader, noted):
    for attempt in (1, 4):
        told = reader.check({"attempt": attempt, "answer": "15rb"}, question="laba-rabu")[1]
        assert told["traits"]["answer"] == "15rb"
        assert told["traits"]["echo"]["text"] == "Rp15.000"
    assert reader.check("15rb", question="laba-rabu")[0] == 422


def test_the_same_check_sent_again_counts_once(reader, noted):
    first = reader.check(WRONG, key="w1-satu-kali")
    reader.check(RIGHT, key="w1-lain-kali")
    with ThreadPoolExecutor(4) as threads:
        again = list(threads.map(lambda _: reader.check(WRONG, key="w1-satu-kali"), range(4)))
    assert {(status, json.dumps(told["traits"])) for status, told in again} == {
        (200, json.dumps(first[1]["traits"]))
    }
    assert noted() == [(QUESTION, "wrong"), (QUESTION, "right")]


def test_only_who_is_logged_in_and_named_is_answered(server, reader, noted, new_person):
    stranger = Visitor(server.url)
    assert stranger.session.post(
        server.url + ADDRESS, data="{}", headers={"X-XSRFToken": stranger.xsrf()}, timeout=PATIENCE
    ).status_code in {401, 403}
    assert reader.check(RIGHT, participant=new_person().code)[0] == 409
    assert reader.check(RIGHT, token="bukan-token")[0] == 403
    assert noted() == []


@pytest.mark.parametrize(
    ("address", "question"),
    [
        (ADDRESS, "tidak-ada"),
        (ADDRESS, "laba-bengkel"),
        ("/pelajaran/pembukuan/99-tidak-ada/periksa", QUESTION),
        ("/pelajaran/pemasaran-online/01-siapa-pembeli-anda/periksa", QUESTION),
        (f"/tugas/{SHEET}/periksa", "laba-bengkel"),
        (f"/pelajaran/pembukuan/{SHEET}/periksa", "laba-bengkel"),
    ],
)
def test_no_other_question_is_marked_least_of_all_an_assignments(
    reader, records, address, question
):
    reply = reader.visitor.session.post(
        reader.visitor.url + address,
        data=json.dumps(
            {"participant": reader.code, "question": question, "answer": "1", "key": "w1-tekan-1"}
        ),
        headers={"X-XSRFToken": reader.visitor.xsrf()},
        timeout=PATIENCE,
    )
    assert reply.status_code == 404
    assert "traits" not in reply.text
    assert checks_of(records, reader.code, [LESSON, SHEET]) == []


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "null", "{", '{"participant": 1}', "[" * 9000, "\x00",
        '{"participant": "%s", "question": "pindah-ke-rumah", "key": "w1-tekan-1"}',
        '{"participant": "%s", "question": ["a"], "answer": 1, "key": "w1-tekan-1"}',
        '{"participant": "%s", "question": "pindah-ke-rumah", "answer": "tetap", "key": "kort"}',
        '{"participant": "%s", "question": "pindah-ke-rumah", "answer": "tetap", "key": 12345678}',
    ],
)  # fmt: skip
def test_what_no_page_sends_is_refused(reader, noted, body):
    assert reader.check(None, body=body.replace("%s", reader.code))[0] == 400
    assert noted() == []


@pytest.mark.parametrize("answer", [["tetap"], {"a": 1}, 7, True, "x" * 5000])
def test_an_answer_that_no_field_gives_is_refused(reader, noted, answer):
    status, told = reader.check(answer)
    assert (status, told["message"]) == (422, "Jawaban ini tidak terbaca. Silakan jawab lagi.")
    assert noted() == []


def test_a_body_that_is_too_large_is_refused(reader, noted):
    assert reader.check("x" * 30_000)[0] == 413
    assert noted() == []


def test_a_closed_sheet_takes_no_check(reader, records, noted):
    publish(records, Result(reader.code, LESSON, 1, 1.0, 1.0))
    status, told = reader.check(RIGHT)
    assert status == 422
    assert told["message"]
    assert "traits" not in told
    assert noted() == []


def test_who_presses_too_often_waits(reader):
    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(lambda _: reader.check(WRONG)[0], range(40)))
    assert statuses.count(200) >= 20
    assert 429 in statuses
