"""The line comes back by itself, and nothing tapped or typed meanwhile is lost or doubled."""

import re
import time
import urllib.request

import pytest
from playwright.sync_api import expect
from tests.frontend.conftest import HOLD_THE_LINE

pytestmark = pytest.mark.browser

CUT = "Sambungan terputus"


def open_small(visit, small_voila, proxy):
    visit.page.goto(small_voila.address("kecil", proxy.port))
    expect(visit.page.locator(".t-press")).to_be_visible()
    visit.page.locator(".t-press").click()
    expect(visit.page.locator(".t-count")).to_have_text("1")


def use_it_meanwhile(page):
    for _ in range(3):
        page.locator(".t-press").click()
    page.locator(".t-text input").type("halo", delay=30)


def all_arrived_once(page):
    expect(page.locator(".t-count")).to_have_text("4", timeout=45_000)
    expect(page.locator(".t-echo")).to_have_text("halo", timeout=10_000)
    expect(page.locator("#sambungan")).to_be_hidden(timeout=10_000)
    # The throttles are free again: what comes now goes through at once.
    page.locator(".t-press").click()
    page.locator(".t-text input").press("End")
    page.locator(".t-text input").type("!")
    expect(page.locator(".t-count")).to_have_text("5", timeout=5_000)
    expect(page.locator(".t-echo")).to_have_text("halo!", timeout=5_000)


def test_reset_and_refused(visit, small_voila, proxy):
    open_small(visit, small_voila, proxy)
    proxy.drop()
    use_it_meanwhile(visit.page)
    expect(visit.page.locator("#sambungan")).to_contain_text(CUT, timeout=5_000)
    expect(visit.page.locator("#sambungan a")).to_be_hidden()
    time.sleep(4)
    proxy.heal()
    all_arrived_once(visit.page)


def test_dead_but_never_reset(visit, small_voila, proxy):
    open_small(visit, small_voila, proxy)
    proxy.black_hole()
    use_it_meanwhile(visit.page)
    expect(visit.page.locator("#sambungan")).to_contain_text(CUT, timeout=15_000)
    proxy.heal()
    all_arrived_once(visit.page)


def test_dead_under_a_hand_that_goes_on(visit, small_voila, proxy):
    """The messages reach the kernel, the answers are lost: nothing may count twice."""
    open_small(visit, small_voila, proxy)
    for _ in range(3):
        visit.page.locator(".t-press").click(no_wait_after=True)
    proxy.black_hole()
    visit.page.locator(".t-text input").type("halo")
    proxy.heal()
    visit.page.evaluate("window.dispatchEvent(new Event('online'))")
    all_arrived_once(visit.page)


@pytest.mark.parametrize(
    "wakes",
    ["document.dispatchEvent(new Event('resume'))",
     "window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"],
)  # fmt: skip
def test_a_woken_phone_finds_out_by_itself(visit, small_voila, proxy, wakes):
    """It slept, or its page was put away and shown again; its old line is dead, and nobody has touched it."""
    open_small(visit, small_voila, proxy)
    proxy.black_hole()
    proxy.heal()
    # Sooner than the look at a quiet line, every twenty seconds, would find out.
    with visit.page.expect_websocket(timeout=15_000):
        visit.page.evaluate(wakes)
    use_it_meanwhile(visit.page)
    all_arrived_once(visit.page)


def test_two_cuts_in_a_row(visit, small_voila, proxy):
    open_small(visit, small_voila, proxy)
    proxy.black_hole()
    use_it_meanwhile(visit.page)
    expect(visit.page.locator("#sambungan")).to_contain_text(CUT, timeout=15_000)
    proxy.heal()
    time.sleep(0.7)
    proxy.drop()
    time.sleep(1)
    proxy.heal()
    all_arrived_once(visit.page)


def test_kernel_gone(visit, small_voila):
    visit.page.goto(small_voila.address("kecil"))
    expect(visit.page.locator(".t-press")).to_be_visible()
    kernel = visit.page.locator("#slim-config").get_attribute("data-kernel-id")
    request = urllib.request.Request(
        f"http://127.0.0.1:{small_voila.port}/akhiri/{kernel}", method="POST", data=b""
    )
    urllib.request.urlopen(request)
    # This server, unlike ours, leaves the line of a dead kernel open: a tap finds out.
    visit.page.locator(".t-press").click()
    bar = visit.page.locator("#sambungan")
    expect(bar).to_have_text(re.compile(r"^Halaman ini sudah ditutup\. Muat ulang\.$"))
    bar.locator("a").click()
    expect(visit.page.locator(".t-press")).to_be_visible()
    expect(visit.page.locator("#sambungan")).to_be_hidden()


def test_what_is_tapped_before_the_line_is_up_arrives(visit, small_voila):
    """The states of widgets stand in the page: they are drawn without a word from the kernel."""
    visit.page.add_init_script(HOLD_THE_LINE)
    visit.page.goto(small_voila.address("kecil"))
    use_it_meanwhile(visit.page)
    expect(visit.page.locator(".t-count")).to_have_text("0")
    visit.page.evaluate("window.letThrough = true; window.dispatchEvent(new Event('online'))")
    expect(visit.page.locator(".t-count")).to_have_text("3")
    expect(visit.page.locator(".t-echo")).to_have_text("halo")


def test_text_before_the_kernel(visit, small_voila):
    visit.page.goto(small_voila.address("lambat"), wait_until="commit")
    expect(visit.page.get_by_text("Teks pelajaran.")).to_be_visible(timeout=5_000)
    # Its place is there, and says that it is not alive yet.
    expect(visit.page.locator(".slim-slot[aria-busy]")).to_have_count(1)
    assert visit.page.locator(".t-press").count() == 0
    expect(visit.page.locator(".t-press")).to_be_visible()
    expect(visit.page.locator("[aria-busy]")).to_have_count(0)


def test_without_script(chromium, small_voila):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(small_voila.address("kecil"))
    expect(page.get_by_text("Teks pelajaran.")).to_be_visible()
    expect(page.locator("noscript p")).to_be_visible()
    context.close()


def test_a_browser_that_cannot_run_the_script(visit, small_voila):
    """Too old for modules, or the script did not arrive: all text, and after a while words."""
    visit.page.route("**/aset/slim/**", lambda route: route.abort())
    visit.page.goto(small_voila.address("kecil"))
    expect(visit.page.get_by_text("Teks pelajaran.")).to_be_visible()
    words = visit.page.locator(".perlu-peramban")
    expect(words).to_be_hidden()
    visit.page.evaluate("() => document.getAnimations().forEach((wait) => wait.finish())")
    expect(words).to_be_visible()
    expect(words).to_contain_text("perbarui Chrome")


def test_strict_policy(visit, small_voila):
    answer = visit.page.goto(small_voila.address("kecil"))
    scripts = re.search(r"script-src ([^;]*)", answer.headers["content-security-policy"])[1]
    assert scripts == "'self' blob:"
    assert visit.problems == []


def test_a_late_snapshot_takes_no_widget_away_that_came_after_it_was_asked_for(visit, small_voila):
    """Asked for while the second cell runs, answered between it and the third, heard at the end."""
    page, held, let_through = visit.page, [], []

    def hold(line):
        server = line.connect_to_server()
        server.on_message(
            lambda said: line.send(said) if let_through else held.append((line, said))
        )

    page.route_web_socket("**/channels**", hold)
    page.goto(small_voila.address("bertahap"))
    expect(page.locator(".t-akhir")).to_be_visible()
    assert any(b"update_states" in said for _, said in held)
    for line, said in held:
        line.send(said)
    let_through.append(True)
    # It has been heard once a control that it renews answers again.
    page.wait_for_function("document.querySelectorAll('[data-widget-model]').length === 2")
    page.wait_for_timeout(1_000)
    expect(page.locator(".t-awal")).to_be_visible()
    expect(page.locator(".t-akhir")).to_be_visible()
