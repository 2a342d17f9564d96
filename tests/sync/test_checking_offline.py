"""*Periksa* while the page's line is down, the server is away or the page was closed meanwhile."""

import re
import time

import pytest
from playwright.sync_api import expect
from tests.support.patience import PATIENCE
from tests.support.phone import Phone
from tests.support.trainee_server import CODE, LESSON, PIN, TraineeServer
from tests.sync.conftest import STRANGER_PIN

from umkm_records import open_records, record_event
from umkm_records.answers import checks_of

pytestmark = pytest.mark.browser

#: Two exercises of the lesson: a choice, and an amount whose numbers vary.
CHOICE, AMOUNT = "pindah-ke-rumah", "laba-rabu"
WAITING = "Belum bisa diperiksa: tidak ada sinyal. Diperiksa nanti dengan sendirinya."
#: Lets no WebSocket through, as a proxy on the way may; requests go on.
NO_LINE = """
window.WebSocket = class {
  constructor() { setTimeout(() => this.onclose?.({ code: 1006 }), 50); }
  close() {}
  send() {}
};
"""


class Lesson:
    """A lesson on a phone, all questions of one step on one screen."""

    def __init__(self, phone, code):
        self.phone, self.code, self.page = phone, code, phone.page

    def open(self, lesson=LESSON, step="coba"):
        self.page.goto(f"{self.phone.url}/pelajaran/{lesson}#{step}-semua")
        # The whole page, also of a server that is stopped soon.
        expect(self.page.get_by_role("radio", name="Laba tetap")).to_be_visible()
        self.page.wait_for_load_state()
        return self

    def question(self, name):
        return self.phone.question(name).locator("visible=true")

    def choose(self, text="Laba tetap"):
        self.question(CHOICE).get_by_role("radio", name=text).check()

    def press(self, name=CHOICE, button="Periksa"):
        self.question(name).get_by_role("button", name=button).click()

    def feedback(self, name=CHOICE):
        return self.question(name).locator(".umkm-feedback")

    def line_is(self, state):
        deadline = time.monotonic() + PATIENCE
        # Not `wait_for_function`: the page's policy lets nobody evaluate a string.
        while self.page.evaluate("window.umkmPage?.line.state") != state:
            assert time.monotonic() < deadline
            self.page.wait_for_timeout(50)


@pytest.fixture
def records(server):
    with open_records(server.database) as opened:
        yield opened


@pytest.fixture
def lesson(phone, new_person, records):
    def log_in(*scripts):
        made, person = phone(), new_person()
        for script in scripts:
            made.context.add_init_script(script)
        return Lesson(made.log_in(person.code, STRANGER_PIN), person.code)

    return log_in


def comes_to(look, right):
    deadline = time.monotonic() + PATIENCE
    while (found := look()) != right:
        assert time.monotonic() < deadline, found
        time.sleep(0.05)


def noted(records, lesson, sheet=LESSON):
    return [(each.question, each.verdict) for each in checks_of(records, lesson.code, [sheet])]


def test_feedback_comes_without_the_line(records, lesson):
    siti = lesson(NO_LINE).open()
    siti.choose("Laba turun")
    siti.press()
    expect(siti.feedback()).to_have_class(re.compile("umkm-wrong"))
    # Another answer is not shown with what came of the one before.
    siti.choose()
    expect(siti.feedback()).to_be_empty()
    siti.press()
    expect(siti.feedback()).to_contain_text("Labanya tetap.")
    siti.phone.type(AMOUNT, "15rb")
    siti.press(AMOUNT)
    expect(siti.feedback(AMOUNT)).to_have_class(re.compile("umkm-wrong"))
    expect(siti.question(AMOUNT).locator(".umkm-echo")).to_contain_text("lima belas ribu")
    assert noted(records, siti) == [(CHOICE, "wrong"), (CHOICE, "right"), (AMOUNT, "wrong")]
    assert siti.phone.errors == []


def test_without_signal_a_check_waits_and_the_line_that_returns_does_not_undo_it(
    records, proxy, lesson
):
    siti = lesson().open()
    siti.line_is("open")
    proxy.drop()
    siti.line_is("closed")
    siti.choose()
    siti.press()
    expect(siti.feedback()).to_have_text(re.compile(WAITING))
    expect(siti.feedback()).to_have_attribute("aria-live", "polite")
    siti.phone.type(AMOUNT, "15rb")
    siti.press(AMOUNT)
    expect(siti.feedback(AMOUNT)).to_have_text(re.compile(WAITING))
    assert noted(records, siti) == []
    proxy.heal()
    expect(siti.feedback()).to_contain_text("Labanya tetap.")
    expect(siti.feedback(AMOUNT)).to_have_class(re.compile("umkm-wrong"))
    siti.line_is("open")
    # Python knows of the check by now, since it explains it.
    siti.press(AMOUNT, "Lihat caranya")
    expect(siti.feedback(AMOUNT)).to_contain_text("Mulai dari omzet")
    expect(siti.feedback()).to_contain_text("Labanya tetap.")
    assert sorted(noted(records, siti)) == [(AMOUNT, "wrong"), (CHOICE, "right")]
    assert siti.phone.errors == []


def test_a_check_outlives_the_page(records, proxy, lesson):
    siti = lesson().open()
    siti.line_is("open")
    proxy.drop()
    siti.choose()
    siti.press()
    expect(siti.feedback()).to_have_text(re.compile(WAITING))
    siti.phone.context.route(re.compile("/periksa$"), lambda route: route.abort())
    proxy.heal()
    siti.page.reload()
    expect(siti.question(CHOICE).get_by_role("radio", name="Laba tetap")).to_be_checked()
    expect(siti.feedback()).to_have_text(re.compile(WAITING))
    siti.phone.context.unroute(re.compile("/periksa$"))
    expect(siti.feedback()).to_contain_text("Labanya tetap.")
    assert noted(records, siti) == [(CHOICE, "right")]
    assert siti.phone.errors == []


def test_an_answer_that_was_changed_meanwhile_is_not_checked_by_itself(records, proxy, lesson):
    siti = lesson().open()
    siti.line_is("open")
    proxy.drop()
    siti.choose("Laba turun")
    siti.press()
    expect(siti.feedback()).to_have_text(re.compile(WAITING))
    siti.choose()
    expect(siti.feedback()).to_be_empty()
    proxy.heal()
    siti.phone.stands(CHOICE, "saved")
    siti.line_is("open")
    expect(siti.feedback()).to_be_empty()
    assert noted(records, siti) == []
    siti.press()
    expect(siti.feedback()).to_contain_text("Labanya tetap.")
    # By the line: recorded beside the feedback, and nothing of before was said again.
    comes_to(lambda: noted(records, siti), [(CHOICE, "right")])


def test_a_question_of_an_earlier_lesson_counts_where_it_stands(records, lesson):
    siti = lesson(NO_LINE)
    record_event(records, siti.code, "checked", LESSON, {"question": CHOICE, "verdict": "wrong"})
    siti.open("pembukuan/02-catat-hari-ini", "ingat")
    siti.choose()
    siti.press()
    expect(siti.feedback()).to_contain_text("Labanya tetap.")
    assert noted(records, siti) == [(CHOICE, "wrong"), (CHOICE, "right")]
    assert noted(records, siti, "pembukuan/02-catat-hari-ini") == []


def test_a_page_whose_session_ended_with_the_server_still_checks(chromium, tmp_path):
    server = TraineeServer(tmp_path / "data").start()
    phone = Phone(chromium, server.url)
    try:
        siti = Lesson(phone.log_in(CODE, PIN), CODE).open()
        siti.line_is("open")
        server.stop()
        siti.choose()
        siti.press()
        expect(siti.feedback()).to_have_text(re.compile(WAITING))
        server.start()
        expect(siti.feedback()).to_contain_text("Labanya tetap.")
        siti.line_is("gone")
        siti.choose("Laba turun")
        siti.press()
        expect(siti.feedback()).to_have_class(re.compile("umkm-wrong"))
    finally:
        phone.context.close()
        server.stop()
