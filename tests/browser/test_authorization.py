"""Nobody reaches another's kernel, and no address leads to what is not a page.

With stock Voila a second logged-in person can open another's kernel by its id, delete it and shut it
down. Each of these is tried by such a person, without a login, and from another site.
"""

import json

import pytest
import websocket
from tests.support.open_pages import count_pages
from tests.support.patience import PATIENCE, wait_until
from tests.support.visitor import Visitor, message, replies

LESSON = "/pelajaran/pembukuan/01-dua-laci"
ASSIGNMENT = "/tugas/pembukuan-dua-laci"


@pytest.fixture(scope="module")
def siti(server):
    visitor = Visitor(server.url)
    assert visitor.log_in("srg-siti1", "246813").status_code == 303
    return visitor


@pytest.fixture(scope="module")
def stranger(server):
    """Someone else of the same class, registered through the page."""
    visitor = Visitor(server.url)
    form = {
        "join_code": "serang 1", "name": "Pak Jaya", "business_name": "Bengkel Jaya", "business_kind": "jasa",
        "kelurahan": "36.73.02.1001", "phone": "0812-1111-2222", "pin": "739152", "consent_given": "ya",
    }  # fmt: skip
    answer = visitor.post("/daftar", form)
    assert answer.status_code == 200, answer.text
    return visitor


@pytest.fixture(scope="module")
def kernel(siti):
    return siti.open_page(ASSIGNMENT)


def refused_with(visitor, kernel, origin=None):
    with pytest.raises(websocket.WebSocketBadStatusException) as refusal:
        visitor.websocket(kernel, origin)
    return refusal.value.status_code


def test_owner_reaches_own_kernel(siti, kernel):
    socket = siti.websocket(kernel)
    request = message("kernel_info_request", {})
    socket.send(request)
    found = replies(socket, json.loads(request)["header"]["msg_id"])
    assert any(said["msg_type"] == "kernel_info_reply" for said in found)
    socket.close()


def test_stranger_cannot_open_the_line(stranger, kernel):
    assert refused_with(stranger, kernel) == 403


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_stranger_cannot_see_or_end_the_kernel(stranger, siti, kernel, method):
    token = stranger.xsrf()
    answer = stranger.session.request(
        method,
        f"{stranger.url}/api/kernels/{kernel}",
        headers={"X-XSRFToken": token},
        timeout=PATIENCE,
    )
    assert answer.status_code == 403
    assert siti.get(f"/api/kernels/{kernel}").status_code == 200


@pytest.mark.parametrize("action", ["interrupt", "restart"])
def test_kernel_actions_are_not_there(stranger, siti, kernel, action):
    for visitor in (stranger, siti):
        assert visitor.post(f"/api/kernels/{kernel}/{action}").status_code == 404


def test_voilas_shutdown_is_not_there(stranger, siti, kernel):
    assert stranger.post(f"/voila/api/shutdown/{kernel}").status_code == 404
    assert siti.get(f"/api/kernels/{kernel}").status_code == 200


def test_stranger_cannot_say_that_the_page_is_closed(stranger, siti, kernel):
    assert stranger.post("/selesai-halaman", {"kernel": kernel}).status_code == 404
    assert siti.get(f"/api/kernels/{kernel}").status_code == 200


@pytest.mark.parametrize(
    ("kind", "content", "channel"),
    [
        ("execute_request", {"code": "open('/tmp/pwned','w')", "silent": False}, "shell"),
        ("shutdown_request", {"restart": False}, "control"),
        ("shutdown_request", {"restart": True}, "shell"),
        ("interrupt_request", {}, "control"),
        ("debug_request", {"type": "request", "command": "initialize", "seq": 1}, "control"),
        ("complete_request", {"code": "os.", "cursor_pos": 3}, "shell"),
        ("history_request", {"hist_access_type": "tail", "n": 9}, "shell"),
        ("create_subshell_request", {}, "control"),
    ],
)
def test_even_the_owner_runs_and_ends_nothing(siti, kernel, kind, content, channel):
    socket = siti.websocket(kernel)
    forbidden = message(kind, content, channel)
    socket.send(forbidden)
    # A later, allowed message is answered: the forbidden one was dropped, not delayed.
    allowed = message("kernel_info_request", {})
    socket.send(allowed)
    ids = {json.loads(m)["header"]["msg_id"]: m for m in (forbidden, allowed)}
    socket.settimeout(PATIENCE)
    answered = set()
    while json.loads(allowed)["header"]["msg_id"] not in answered:
        answered.add(json.loads(socket.recv())["parent_header"].get("msg_id"))
    assert answered & set(ids) == {json.loads(allowed)["header"]["msg_id"]}
    assert siti.get(f"/api/kernels/{kernel}").status_code == 200
    socket.close()


def test_nobody_and_other_sites_reach_no_kernel(server, siti, kernel):
    assert refused_with(Visitor(server.url), kernel) == 403
    assert refused_with(siti, kernel, origin="http://jahat.example") == 403


@pytest.mark.parametrize(
    "path",
    [
        "/api/kernels",
        "/api/contents",
        "/api/sessions",
        "/api/terminals",
        "/voila/files/courses/pembukuan/course.toml",
        "/voila/tree",
        "/voila/render/courses/pembukuan/lessons/01-dua-laci.ipynb",
        "/voila/render/courses/pembukuan/source/pembukuan-dua-laci/pembukuan-dua-laci.ipynb",
        "/voila/api/contents/",
        "/voila/query/x",
        "/voila/templates/umkm/index.html.j2",
        "/login",
        "/courses/pembukuan/source/pembukuan-dua-laci/pembukuan-dua-laci.ipynb",
        "/pelajaran/pembukuan/source",
        "/pelajaran/pembukuan/..%2Fsource%2Fpembukuan-dua-laci",
        "/pelajaran/..%2F..%2Fetc/passwd",
        "/tugas/..%2F..%2Fumkm.db",
        "/tugas/tidak-ada",
        "/tugas/tidak-ada/kirim",
        "/hasil/tidak-ada",
        "/tanda-terima/KRM-0000-0000",
        "/aset/0/..%2Findex.html.j2",
        "/aset/0/../../../../../../etc/passwd",
        "/angkatan/contoh-serang/gradebook.db",
        "/umkm.db",
        "/.rahasia/keadaan-peserta.json",
        "/static/umkm.css",
        "/static/../server.py",
        "/static/..%2Findex.html.j2",
    ],
)
def test_only_our_pages_are_there(siti, server, path):
    answer = siti.get(path)
    assert answer.status_code == 404
    assert "Halaman tidak ada" in answer.text
    # For somebody unknown a page behind login asks for login first; it tells nothing more.
    anonymous = Visitor(server.url).get(path, allow_redirects=False)
    assert anonymous.status_code in {302, 404}


def test_what_a_page_and_its_kernel_are_given_holds_no_key(siti):
    page = siti.get(ASSIGNMENT).text
    assert "BEGIN HIDDEN TESTS" not in page


def test_a_forged_or_stale_cookie_is_nobody(server, siti):
    forged = Visitor(server.url)
    forged.session.cookies.set("umkm-masuk", siti.session.cookies["umkm-masuk"][:-4] + "beef")
    assert forged.get("/", allow_redirects=False).status_code == 302


def test_the_cookie_is_closed_to_scripts_and_other_sites(server):
    visitor = Visitor(server.url)
    answer = visitor.log_in("srg-siti1", "246813")
    cookies = answer.raw.headers.getlist("Set-Cookie")
    cookie = next(cookie for cookie in cookies if cookie.startswith("umkm-masuk"))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    # A laptop whose date is years off must not make browsers drop the cookie at once.
    assert "Max-Age=1209600" in cookie


@pytest.fixture
def thief(server):
    """Somebody who has copied all cookies of a logged-in browser."""

    def copy(victim):
        stolen = Visitor(server.url)
        stolen.session.cookies.update(victim.session.cookies)
        return stolen

    return copy


@pytest.fixture
def lastri(server):
    """A login of its own, so that ending it disturbs no other test."""
    visitor = Visitor(server.url)
    assert visitor.log_in("srg-siti1", "246813").status_code == 303
    return visitor


def reaches_nothing(visitor, kernel):
    """No page, no answers, no line to the kernel."""
    assert visitor.get("/", allow_redirects=False).status_code == 302
    assert visitor.get(ASSIGNMENT, allow_redirects=False).status_code == 302
    assert visitor.get(f"{ASSIGNMENT}/jawaban").status_code == 401
    assert refused_with(visitor, kernel) == 403


def test_a_copied_cookie_dies_at_keluar(lastri, siti, thief):
    stolen = thief(lastri)
    kernel = lastri.open_page(ASSIGNMENT)
    line = stolen.websocket(kernel)
    assert stolen.get("/", allow_redirects=False).status_code == 200
    assert lastri.post("/keluar", allow_redirects=False).status_code == 303
    reaches_nothing(stolen, kernel)
    # The line that was open ends too, with the page.
    line.settimeout(PATIENCE)
    while line.recv():
        pass
    assert not line.connected
    # It is over for good: the owner's next login does not bring the copy back to life.
    assert lastri.log_in("srg-siti1", "246813").status_code == 303
    reaches_nothing(stolen, kernel)
    # Her other phone is none of its business.
    assert siti.get("/", allow_redirects=False).status_code == 200


def test_each_login_has_a_name_of_its_own_and_ends_the_one_before(lastri, thief):
    stolen = thief(lastri)
    assert lastri.log_in("srg-siti1", "246813").status_code == 303
    assert lastri.session.cookies["umkm-masuk"] != stolen.session.cookies["umkm-masuk"]
    assert stolen.get("/", allow_redirects=False).status_code == 302


def test_a_planted_cookie_is_of_no_use_to_who_planted_it(lastri, stranger, thief):
    """Session fixation: the thief's own login, put into the victim's browser before she logs in."""
    attacker = Visitor(stranger.url)
    assert attacker.log_in("0812 1111 2222", "739152").status_code == 303
    victim = thief(attacker)
    assert victim.log_in("srg-siti1", "246813").status_code == 303
    assert "Bu Siti" in victim.get("/").text
    assert attacker.get("/", allow_redirects=False).status_code == 302


def test_a_form_without_its_token_is_refused(siti):
    answer = siti.session.post(siti.url + "/keluar", timeout=PATIENCE, allow_redirects=False)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "wanted",
    [
        "//jahat.example/",
        "https://jahat.example",
        "/\\jahat.example",
        "/%0d%0aX: y",
        "/\t/jahat.example/",
    ],
)
def test_login_never_leads_to_another_site(server, wanted):
    visitor = Visitor(server.url)
    answer = visitor.post(
        "/masuk", {"nomor": "srg-siti1", "pin": "246813", "next": wanted}, allow_redirects=False
    )
    assert answer.headers["Location"].startswith("/")
    assert "jahat" not in answer.headers["Location"]
    # A person has so many logins and no more: the oldest, which other tests use, would end.
    visitor.post("/keluar", allow_redirects=False)


def test_five_wrong_pins_lock_and_are_written_down(server, stranger):
    from umkm_records import list_audit, open_records

    visitor = Visitor(server.url)
    wrong = [visitor.log_in("0812 1111 2222", "000111").status_code for _ in range(5)]
    assert wrong[:4] == [401] * 4
    right = visitor.log_in("0812 1111 2222", "739152")
    assert right.status_code == 429
    assert "Coba lagi setelah" in right.text
    actions = [entry.action for entry in list_audit(open_records(server.database))]
    assert any("lock" in action for action in actions), actions


def test_another_classes_people_and_codes_stay_out(server):
    """The sample class, whose PIN stands in the README, must not open a real class."""
    from datetime import date

    from umkm_records import CohortForm, Registration, create_cohort, open_records, register

    records = open_records(server.database)
    create_cohort(
        records,
        CohortForm("kelas-lain", "Kelas lain", "LAIN-22", "", date(2026, 11, 2), ("pembukuan",)),
    )
    form = Registration(
        "LAIN-22",
        "Bu Ani",
        "Warung Ani",
        "warung",
        "36.73.01.1001",
        "081355556666",
        "x",
        consent_given=True,
        pin="917305",
    )
    somebody = register(records, form)
    visitor = Visitor(server.url)
    answer = visitor.log_in(somebody.code, "917305")
    # A right PIN of another class leads to where this class's code is asked for, and no further.
    assert (answer.status_code, answer.headers["Location"]) == (303, "/gabung")
    assert visitor.get("/", allow_redirects=False).status_code == 302
    wrong = visitor.post("/gabung", {"kelas": "LAIN-22", "consent_given": "ya"})
    assert wrong.status_code == 422
    assert "kelas lain" in wrong.text
    assert visitor.get("/", allow_redirects=False).status_code == 302
    typed = {
        "join_code": "LAIN-22", "name": "Bu Ina", "business_name": "Ina", "business_kind": "warung",
        "kelurahan": "36.73.01.1001", "phone": "081377778888", "pin": "917305", "consent_given": "ya",
    }  # fmt: skip
    answer = visitor.post("/daftar", typed)
    assert answer.status_code == 422
    assert "kelas lain" in answer.text


def test_a_changed_answer_that_was_not_sent_again_is_told(server):
    from umkm_records import ChangeId, DraftKey, open_records, save_draft, submit

    records = open_records(server.database)
    key = DraftKey("srg-siti1", "pembukuan-dua-laci", "laba-bengkel")
    save_draft(records, key, "300rb", ChangeId("satu", 1))
    receipt = submit(records, "srg-siti1", "pembukuan-dua-laci", ["laba-bengkel"])
    visitor = Visitor(server.url)
    visitor.log_in("srg-siti1", "246813")
    assert "Ada perubahan belum dikirim" not in visitor.get("/").text
    save_draft(records, key, "350rb", ChangeId("satu", 2))
    assert "Ada perubahan belum dikirim" in visitor.get("/").text
    page = visitor.get(ASSIGNMENT).text
    assert f"/tanda-terima/{receipt.code}" in page
    assert "kirim lagi" in page


def test_a_person_who_is_logged_in_is_not_led_away_either(siti):
    for wanted in ("/%09/jahat.example/", "//jahat.example/", "/%5Cjahat.example"):
        answer = siti.get(f"/masuk?next={wanted}", allow_redirects=False)
        assert answer.headers["Location"] == "/"


def test_impatient_reloads_leave_one_page(server, siti):
    opened = {siti.open_page(ASSIGNMENT) for _ in range(12)}
    assert len(opened) == 1
    # Bu Siti's, and one of the stranger's.
    wait_until(lambda: count_pages(server) <= 2)


def test_a_refusal_is_no_error_in_the_log(server, stranger, kernel):
    assert refused_with(stranger, kernel) == 403
    assert "403 GET" in server.log
    assert "Uncaught exception" not in server.log
