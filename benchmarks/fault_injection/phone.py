"""A participant's phone: a real browser behind a proxy of its own."""

from __future__ import annotations

import asyncio
import contextlib
import time

from playwright.async_api import Browser, Error, Locator, Page
from tests.support.proxy import Proxy

from .checker import Promises
from .plan import PLAN, PROFIT

SHEET = "pembukuan-dua-laci"
#: All questions on one screen, because these runs do not test navigation between questions.
ADDRESS = f"/tugas/{SHEET}#soal-semua"
PIN = "739152"
PATIENCE = 120
RECEIPT = "#kode-terima"

# Reports each change of the state that a page shows of an answer: stored, or safe on the phone.
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

PAGE_TEXT = """
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
            lambda _, state, question, answer: self.promises.on_state(state, question, answer),
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
        """Open the page, and try again if it does not open.

        Raises:
            TimeoutError: the page does not open within two minutes.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                await self.page.goto(f"{self.url}{ADDRESS}", timeout=15_000, wait_until="commit")
                await self.page.wait_for_selector("textarea", timeout=20_000)
            except Error:
                if time.monotonic() > deadline:
                    text = await self.page.locator("body").inner_text()
                    raise TimeoutError(f"page does not open: {text[:200]!r}") from None
                await asyncio.sleep(1)
                with contextlib.suppress(Error):  # navigating to the same URL would load nothing
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
        """Reload the page in any state."""
        self.promises.closed.append(time.monotonic())
        with contextlib.suppress(Error):
            await self.page.reload(timeout=15_000, wait_until="commit")

    async def change_tabs(self) -> None:
        """Close the tab and open the page in another one."""
        fresh = await self.context.new_page()
        old, self.page = self.page, fresh
        self.promises.closed.append(time.monotonic())
        await old.close()
        await self.open()

    async def fresh_page(self) -> Page:
        """Return a new tab that accepts all dialogs; the old tab is closed if that is possible."""
        fresh = await self.context.new_page()
        fresh.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
        # A tab that was killed may never confirm that it is closed.
        await asyncio.wait({asyncio.ensure_future(self.page.close())}, timeout=10)
        self.page = fresh
        return fresh

    async def press_kirim(self) -> None:
        """Press *Kirim* and confirm, on the server's page or, without a network, on this one."""
        with contextlib.suppress(Error):
            await self.page.click("#kirim", timeout=4_000)
            await self.page.get_by_role("button", name="Kirim", exact=True).click(timeout=12_000)
            await asyncio.sleep(0.5)
            await self._record_receipt()

    async def shown(self) -> dict[str, str]:
        """Return the values of the fields."""
        return {name: await self._field(name).input_value() for name in (PROFIT, PLAN)}

    async def settle(self) -> None:
        """Wait until the page shows that all answers are stored.

        Raises:
            TimeoutError: not within two minutes; the message holds the text of the page.
        """
        try:
            if await self._is_closed():
                await self._reopen()
            try:
                await self._wait_until_stored()
            except Error:
                if not await self._is_closed():  # meanwhile
                    raise
                await self._reopen()
                await self._wait_until_stored()
        except Error as error:
            text = await self.page.evaluate(PAGE_TEXT)
            raise TimeoutError(f"{self.page.url}: {text}") from error

    async def _is_closed(self) -> bool:
        return await self.page.locator("#sambungan:has-text('Muat ulang')").is_visible()

    async def _reopen(self) -> None:
        """Reopen a page that asks for it, as a participant does."""
        with contextlib.suppress(Error):
            await self.page.goto("about:blank")
        await self.open()

    async def _wait_until_stored(self) -> None:
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
        await self._record_receipt()

    async def _record_receipt(self) -> None:
        shown = self.page.locator(RECEIPT)
        if await shown.count():
            self.promises.receipts.add(await shown.first.inner_text())

    def _field(self, question: str) -> Locator:
        return self.page.locator(f'[data-question="{question}"]').locator("input, textarea").first
