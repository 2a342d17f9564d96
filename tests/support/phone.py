"""A participant's phone: a browser profile with its open pages."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.support.patience import PATIENCE_MS
from tests.support.trainee_server import SHEET

PROFIT, PLAN, CHOICE = "laba-bengkel", "rencana-dua-laci", "seragam-sekolah"


class Phone:
    """A browser context with its own cookies and storage."""

    def __init__(self, chromium, url, **options):
        self.url = url
        self.errors = []
        self.context = chromium.new_context(
            viewport={"width": 360, "height": 740}, locale="id-ID", has_touch=True, **options
        )
        self.page = self.new_page()

    def new_page(self):
        """Open another tab."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page = page
        return page

    def log_in(self, code, pin):
        self.page.goto(f"{self.url}/masuk")
        self.page.get_by_label("Nomor HP atau kode peserta").fill(code)
        self.page.get_by_label("PIN").fill(pin)
        self.page.get_by_role("button", name="Masuk").click()
        expect(self.page.get_by_role("heading", name="Halo")).to_be_visible()
        return self

    def open_sheet(self, address=f"/tugas/{SHEET}"):
        self.page.goto(self.url + address)
        # All questions on one screen, because these tests do not test navigation.
        self.page.get_by_role("link", name="Semua soal").click()
        expect(self.question(PLAN)).to_be_visible()
        return self

    def question(self, name):
        return self.page.locator(f'.umkm-question[data-question="{name}"]')

    def type(self, name, text):
        self.question(name).locator("input, textarea").first.fill(text)

    def shows(self, name, text):
        expect(self.question(name).locator("input, textarea").first).to_have_value(text)

    def stands(self, name, state, timeout=PATIENCE_MS):
        expect(self.question(name)).to_have_attribute("data-save", state, timeout=timeout)

    @property
    def banner(self):
        return self.page.locator("#sambungan")
