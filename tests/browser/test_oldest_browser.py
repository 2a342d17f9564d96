"""A table is filled in on Chromium 90, the oldest browser that a page works in, kept, and there again."""

import time

import pytest
from tests.conftest import ARGUMENTS
from tests.support.find_browser import find_oldest
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.browser

TABLE = ".umkm-rows input"
# A selector with `:has()` is what this browser does not know.
STATE = f"document.querySelector('{TABLE}')?.closest('.umkm-question').dataset.save"
WAITING = "getComputedStyle(document.getElementById('menunggu')).display"


class OldPhone:
    """A page of Chromium 90 behind its debugging protocol: Playwright's own scripts need a newer browser."""

    def __init__(self, browser):
        self.errors = []
        self.page = browser.new_page(viewport={"width": 360, "height": 740}, locale="id-ID")
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.protocol = self.page.context.new_cdp_session(self.page)

    def ask(self, expression):
        told = self.protocol.send(
            "Runtime.evaluate", {"expression": expression, "returnByValue": True}
        )
        return told["result"].get("value")

    def wait(self, expression):
        deadline = time.monotonic() + PATIENCE
        while not self.ask(f"Boolean({expression})"):
            assert time.monotonic() < deadline, (expression, self.ask("document.body.innerText"))
            self.page.wait_for_timeout(100)

    def write(self, selector, text):
        field = f"document.querySelector('{selector}')"
        self.wait(field)
        self.ask(f"{field}.scrollIntoView({{ block: 'center' }})")
        box = self.ask(f"{field}.getBoundingClientRect().toJSON()")
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.keyboard.type(text)


@pytest.fixture
def old_phone(chromium):
    path = find_oldest()
    if path is None:
        pytest.skip("no Chromium 90 here (x86-64 Linux only): run `make .cache/browser`")
    browser = chromium.browser_type.launch(executable_path=str(path), args=ARGUMENTS)
    yield OldPhone(browser)
    browser.close()


def test_a_table_is_kept_and_comes_back(shared_server, old_phone):
    old_phone.page.goto(shared_server.url)
    old_phone.write("input[name=nomor]", "srg-siti1")
    old_phone.write("input[name=pin]", "246813")
    old_phone.page.keyboard.press("Enter")
    old_phone.wait("document.querySelector('.kartu')")

    old_phone.page.goto(f"{shared_server.url}/tugas/pembukuan-laporan-sebulan#soal-semua")
    old_phone.write(TABLE, "5000")
    old_phone.wait(f"{STATE} === 'saved'")
    # Chromium 90 has no `:has()`, by which these words once went away.
    assert old_phone.ask(WAITING) == "none"

    old_phone.page.reload()
    old_phone.wait(f"document.querySelector('{TABLE}')?.value === '5000'")
    assert old_phone.errors == []
