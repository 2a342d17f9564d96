"""Guessing PINs and registering by the dozen, over real HTTP from several addresses of this machine."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.support.trainee_server import CODE, PIN, TraineeServer
from tests.support.visitor import Visitor
from tests.sync.conftest import STRANGER_PIN

from umkm_records import Registration, list_audit, open_records, register

WRONG = "917305"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    opened = TraineeServer(tmp_path_factory.mktemp("percobaan") / "data").start()
    yield opened
    opened.stop()


@pytest.fixture
def person(server):
    """Somebody new, whose PIN is `STRANGER_PIN`."""
    person.count += 1
    form = Registration(
        join_code="SERANG-1", name=f"Bu Tamu {person.count}", business_name="Warung", business_kind="warung",
        kelurahan="36.73.02.1001", phone=f"08138{person.count:07d}", consent_version="2026-11",
        consent_given=True, pin=STRANGER_PIN,
    )  # fmt: skip
    with open_records(server.database) as records:
        return register(records, form).code


person.count = 0


def form(number, **changes):
    return {
        "join_code": "SERANG-1", "name": "Bu Baru", "business_name": "Warung", "business_kind": "warung",
        "kelurahan": "36.73.02.1001", "phone": f"0812 7000 {number:04d}", "pin": "739152", "consent_given": "ya",
    } | changes  # fmt: skip


def guesses(visitor, identifier, times):
    return [visitor.log_in(identifier, WRONG).status_code for _ in range(times)]


def test_whoever_guesses_locks_nobody_but_themselves(server, person):
    guesser = Visitor(server.url)
    assert guesses(guesser, person, 6) == [401] * 4 + [429] * 2
    answer = guesser.log_in(person, STRANGER_PIN)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 600
    assert "WIB, atau minta PIN baru kepada pelatih" in answer.text
    assert Visitor(server.url).log_in(person, STRANGER_PIN).status_code == 303


def test_a_phone_that_was_in_before_comes_in_though_its_address_is_locked(server, person):
    hers = Visitor(server.url)
    assert hers.log_in(person, STRANGER_PIN).status_code == 303
    assert hers.post("/keluar", allow_redirects=False).status_code == 303
    guesser = Visitor(server.url, hers.address)
    assert guesses(guesser, person, 5)[-1] == 429
    assert guesser.log_in(person, STRANGER_PIN).status_code == 429
    assert hers.log_in(person, STRANGER_PIN).status_code == 303


def test_a_cookie_that_we_did_not_sign_opens_nothing(server, person):
    hers, forger = Visitor(server.url), Visitor(server.url)
    hers.log_in(person, STRANGER_PIN)
    whole = hers.session.cookies["umkm-perangkat"]
    guesses(forger, person, 5)
    forger.session.cookies["umkm-perangkat"] = whole[:-4] + "0000"
    assert forger.log_in(person, STRANGER_PIN).status_code == 429


def test_thirty_guesses_for_many_people_lock_the_address(server, person):
    guesser = Visitor(server.url)
    said = [guesser.log_in(f"0813 4000 {n:04d}", WRONG).status_code for n in range(31)]
    # The ten minutes may turn over in the middle; nobody guesses more than twice thirty times then.
    if 429 not in said:
        said += [guesser.log_in(f"0813 4001 {n:04d}", WRONG).status_code for n in range(30)]
    assert said[-1] == 429
    assert Visitor(server.url).log_in(person, STRANGER_PIN).status_code == 303


def test_locks_and_counts_outlive_a_restart(server, person):
    guesser, newcomer = Visitor(server.url), Visitor(server.url)
    guesses(guesser, person, 5)
    sent = [newcomer.post("/daftar", form(n)).status_code for n in range(60, 69)]
    assert 429 in sent
    server.kill()
    server.start()
    assert guesser.log_in(person, STRANGER_PIN).status_code == 429
    again = [newcomer.post("/daftar", form(n)).status_code for n in range(69, 78)]
    assert again.count(200) <= 8  # never more than two minutes' worth


def test_one_address_registers_four_in_a_minute_and_another_goes_on(server):
    crowd = Visitor(server.url)
    answers = [crowd.post("/daftar", form(number)) for number in range(9)]
    # Nine forms take seconds: they fall into two minutes at most.
    assert sum(answer.status_code == 200 for answer in answers) <= 8
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert int(refused.headers["Retry-After"]) <= 60
    assert "Dari HP atau Wi-Fi ini sudah banyak yang mendaftar" in refused.text
    assert "Bu Baru" in refused.text  # what was typed stays
    assert Visitor(server.url).post("/daftar", form(10)).status_code == 200


def test_a_form_with_a_mistake_tells_nobody_who_is_registered(server):
    taken = "0812-0000-0001"  # Siti's, in the sample class
    asker = Visitor(server.url)
    for _ in range(20):
        answer = asker.post("/daftar", form(0, phone=taken, pin="111111"))
        assert answer.status_code == 422
        assert "sudah terdaftar" not in answer.text
    assert "sudah terdaftar" in asker.post("/daftar", form(0, phone=taken)).text
    with open_records(server.database) as records:
        noted = [line for line in list_audit(records) if line.action == "phone_taken"]
    assert noted[0].detail == {"address": asker.address}


def test_many_logins_at_once_are_told_to_come_back_and_others_get_in(server, person):
    flood = [Visitor(server.url, "127.2.0.1") for _ in range(36)]
    for visitor in flood:
        visitor.xsrf()

    def guess(numbered):
        number, visitor = numbered
        return visitor.session.post(
            server.url + "/masuk",
            data={"_xsrf": visitor.session.cookies["_xsrf"], "nomor": f"0813 5000 {number:04d}", "pin": WRONG},
            timeout=60,
        )  # fmt: skip

    with ThreadPoolExecutor(37) as pool:
        others = pool.submit(lambda: Visitor(server.url).log_in(person, STRANGER_PIN))
        answers = list(pool.map(guess, enumerate(flood)))
    assert {answer.status_code for answer in answers} <= {401, 429, 503}
    busy = [answer for answer in answers if answer.status_code == 503]
    assert all(answer.headers["Retry-After"] == "5" for answer in busy)
    assert all("Tunggu 5 detik" in answer.text for answer in busy)
    assert others.result().status_code == 303


def test_a_pin_in_an_address_is_no_login(server):
    visitor = Visitor(server.url)
    answer = visitor.post(f"/masuk?nomor={CODE}&pin={PIN}", allow_redirects=False)
    assert answer.status_code == 401
    # Refused and failed requests stand in the log: by their path alone.
    visitor.get(f"/tidak-ada?pin={PIN}")
    visitor.post(f"/daftar?pin={PIN}", {"pin": "111111"})
    assert "/tidak-ada" in server.log
    assert PIN not in server.log
