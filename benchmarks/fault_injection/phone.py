"""One trainee with a phone and a line of its own, in a real browser."""

from __future__ import annotations

import asyncio
import contextlib
import time

from playwright.async_api import Browser, Error, Locator, Page
from tests.support.proxy import Proxy

from .checker import Promises
from .plan import PLAN, PROFIT

SHEET = "pembukuan-dua-laci"
#: All questions on one screen: these runs are of answers, not of the way from one to the next.
ADDRESS = f"/tugas/{SHEET}#soal-semua"
PIN = "739152"
PATIENCE = 120
RECEIPT = "#kode-terima"

# Tells us what a page says of an answer at the moment it says so: that it is safe at the laptop, or
# safe on the phone.
WATCH = """
() => {
  const look = (card) => {
    const field = card.querySelector('input, textarea');
    const { save, question } = card.dataset;
    const isHeld = save === 'waiting' && card.innerText.includes('aman di HP ini');
    if (field.value && (save === 'saved' || isHeld)) window.promise(save, question, field.value);
  };
  new MutationObserver((changes) => changes.forEach(({ target }) => {
    if (target.matches && target.matches('.umkm-question')) look(target);
  })).observe(document, { attributes: true, attributeFilter: ['data-save'], subtree: true });
}
"""

SAID = """
() => [...document.querySelectorAll('.umkm-question, #sambungan, .kirim-panel')].map((node) => [
  node.dataset.question || node.className, node.dataset.save,
  (node.querySelector('.umkm-save') || node).innerText, (node.querySelector('input, textarea') || {}).value,
].join(' | ')).join('\\n')
"""


class Phone:
    """A browser profile that reaches the server through a proxy of its own."""

    page: Page

    def __init__(self, browser: Browser, port: int, code: str) -> None:
        self.browser = browser
        self.promises = Promises(code)
        self.proxy = Proxy(port)
        self.url = f"http://127.0.0.1:{self.proxy.port}"

    async def arrive(self) -> None:
        """Log in and open the assignment."""
        self.context = await self.browser.new_context(viewport={"width": 360, "height": 740})
        await self.context.expose_binding(
            "promise",
            lambda _, state, question, answer: self.promises.hear(state, question, answer),
        )
        await self.context.add_init_script(f"({WATCH})()")
        self.page = await self.context.new_page()
        await self.page.goto(f"{self.url}/masuk")
        await self.page.fill("#nomor", self.promises.code)
        await self.page.fill("#pin", PIN)
        await self.page.click("main button[type=submit]")
        await self.page.wait_for_selector("h1:has-text('Halo')")
        await self.open()

    async def open(self) -> None:
        """Open the page as a person does: again, if it does not come.

        Raises:
            TimeoutError: it does not come for two minutes.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                await self.page.goto(f"{self.url}{ADDRESS}", timeout=15_000, wait_until="commit")
                await self.page.wait_for_selector("textarea", timeout=20_000)
            except Error:
                if time.monotonic() > deadline:
                    said = await self.page.locator("body").inner_text()
                    raise TimeoutError(f"page does not open: {said[:200]!r}") from None
                await asyncio.sleep(1)
                with contextlib.suppress(Error):  # the same address again would load nothing
                    await self.page.goto("about:blank")
            else:
                return

    async def write(self, question: str) -> None:
        """Write the next answer; a page that is just being loaded takes none."""
        self.promises.count += 1
        number = self.promises.count
        text = f"Rp{number}" if question == PROFIT else f"jawaban {number}"
        began = time.monotonic()
        with contextlib.suppress(Error):
            await self._field(question).fill(text, timeout=4_000)
            self.promises.wrote(question, number, began)

    async def reload(self) -> None:
        """Load the page anew, whatever it is doing."""
        self.promises.torn.append(time.monotonic())
        with contextlib.suppress(Error):
            await self.page.reload(timeout=15_000, wait_until="commit")

    async def change_tabs(self) -> None:
        """Close the tab without a word and open the page in another one."""
        fresh = await self.context.new_page()
        old, self.page = self.page, fresh
        self.promises.torn.append(time.monotonic())
        await old.close()
        await self.open()

    async def fresh_page(self) -> Page:
        """A tab that never asks whether to stay; the one before is closed, if it still can be."""
        fresh = await self.context.new_page()
        fresh.on("dialog", lambda asked: asyncio.ensure_future(asked.accept()))
        # One that was torn away may never say that it is closed.
        await asyncio.wait({asyncio.ensure_future(self.page.close())}, timeout=10)
        self.page = fresh
        return fresh

    async def press_kirim(self) -> None:
        """Press Kirim; with signal the server's page asks once more, without it this one does."""
        with contextlib.suppress(Error):
            await self.page.click("#kirim", timeout=4_000)
            await self.page.get_by_role("button", name="Kirim", exact=True).click(timeout=12_000)
            await asyncio.sleep(0.5)
            await self._note_receipt()

    async def shown(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: await self._field(name).input_value() for name in (PROFIT, PLAN)}

    async def settle(self) -> None:
        """Wait until the page says that all it holds is safe.

        Raises:
            TimeoutError: it does not say so for a minute or two; with what it says instead.
        """
        try:
            if await self._is_closed():
                await self._as_it_says()
            try:
                await self._until_safe()
            except Error:
                if not await self._is_closed():  # meanwhile
                    raise
                await self._as_it_says()
                await self._until_safe()
        except Error as error:
            said = await self.page.evaluate(SAID)
            raise TimeoutError(f"{self.page.url}: {said}") from error

    async def _is_closed(self) -> bool:
        return await self.page.locator("#sambungan:has-text('Muat ulang')").is_visible()

    async def _as_it_says(self) -> None:
        """Load a page anew that says that it is closed, as a person does."""
        with contextlib.suppress(Error):
            await self.page.goto("about:blank")
        await self.open()

    async def _until_safe(self) -> None:
        if not self.page.url.endswith(ADDRESS) or not await self.page.locator("textarea").count():
            await self.open()
        for question in (PROFIT, PLAN):
            if any(each.question == question for each in self.promises.written):
                await self.page.wait_for_selector(
                    f'[data-question="{question}"][data-save="saved"]', timeout=PATIENCE * 500
                )
        await self.page.wait_for_selector(
            ".kirim-panel:not(:has-text('Batal kirim'))", state="attached", timeout=PATIENCE * 500
        )
        await self._note_receipt()

    async def _note_receipt(self) -> None:
        shown = self.page.locator(RECEIPT)
        if await shown.count():
            self.promises.receipts.add(await shown.first.inner_text())

    def _field(self, question: str) -> Locator:
        return self.page.locator(f'[data-question="{question}"]').locator("input, textarea").first
