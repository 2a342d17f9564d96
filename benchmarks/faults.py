"""No answer is ever lost: people answer in real browsers while everything breaks at random moments.

    python benchmarks/faults.py [--json] [--runs 300] [--people 5] [--reloads 500] [--seed 1] [--only FAULT …]

One run: a person writes some answers, and at a random moment one fault strikes, for a random while:

    cut      the phone's connections are reset and new ones refused (a proxy on loopback)
    swallow  its connections take everything and answer nothing
    reload   the page is loaded anew
    tab      the tab is closed in the midst of it, and another one opened
    kernel   a page's kernel is killed
    server   the trainees' server and its kernels get SIGKILL; the workshop starts it again
    disk     the server cannot write (RLIMIT_FSIZE, as a full disk or quota)
    clock    the phone's date jumps by hours or years

In a third of the runs Kirim is pressed too, with or without signal. Then everything is healed, the
page says that all is safe, and the records are compared with what the browser had shown:

    acknowledged   answers that showed Tersimpan, each noted at that moment
    lost           of those, how many are not in the records, nor anything newer of their owner
    missing        answers that stood on the page at the end and are not what the records hold
    duplicates     submissions more than wishes to send, and receipts given twice
    leaked_kernels kernels left after all pages were closed, after --reloads reloads
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from playwright.async_api import Browser, Error, Page, async_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import text  # noqa: E402
from tests.browser.open_workshop import Workshop, server_of  # noqa: E402
from tests.conftest import ARGUMENTS  # noqa: E402
from tests.slim.proxy import Proxy  # noqa: E402

from umkm_kernels import environ  # noqa: E402
from umkm_kernels.server import status  # noqa: E402
from umkm_records import Registration, load_drafts, open_records, register  # noqa: E402

SHEET = "pembukuan-dua-laci"
PIN = "739152"
PROFIT, PLAN = "laba-bengkel", "rencana-dua-laci"
FAULTS = ("cut", "swallow", "reload", "tab", "kernel", "server", "disk", "clock")
PATIENCE = 120
GRACE = {"UMKM_CLOSED_GRACE": "8", "UMKM_SILENT_GRACE": "20", "UMKM_UNOPENED_GRACE": "20"}

# Tells us of each answer at the moment it shows Tersimpan; the number in it says how new it is.
WATCH = """
() => {
  const look = (card) => {
    const field = card.querySelector('input, textarea');
    if (card.dataset.save === 'saved' && field.value) window.acknowledge(card.dataset.question, field.value);
  };
  new MutationObserver((changes) => changes.forEach(({ target }) => {
    if (target.matches && target.matches('.umkm-question')) look(target);
  })).observe(document, { attributes: true, attributeFilter: ['data-save'], subtree: true });
}
"""
JUMP = "(by) => { const real = Date.now; Date.now = () => real.call(Date) + by; }"


def number_in(answer: object) -> int:
    """Which of a person's answers this is: `jawaban 7`, `Rp7`."""
    digits = "".join(letter for letter in str(answer or "") if letter.isdigit())
    return int(digits) if digits else 0


@dataclass
class Tally:
    runs: int = 0
    acknowledged: int = 0
    lost: int = 0
    missing: int = 0
    duplicates: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


class Person:
    """One trainee with a phone and a line of its own."""

    def __init__(self, workshop: Workshop, browser: Browser, code: str, seed: str) -> None:
        self.workshop, self.browser, self.code = workshop, browser, code
        self.proxy = Proxy(workshop.port)
        self.url = f"http://127.0.0.1:{self.proxy.port}"
        self.chance = random.Random(seed)
        self.count = 0
        self.wishes = 0
        self.typed: dict[str, int] = {}
        self.heard: dict[str, int] = {}
        self.acknowledged = 0
        self.page: Page

    async def arrive(self) -> None:
        self.context = await self.browser.new_context(viewport={"width": 360, "height": 740})
        await self.context.expose_binding("acknowledge", self.hear)
        await self.context.add_init_script(f"({WATCH})()")
        self.page = await self.context.new_page()
        await self.page.goto(f"{self.url}/masuk")
        await self.page.fill("#nomor", self.code)
        await self.page.fill("#pin", PIN)
        await self.page.click("main button[type=submit]")
        await self.page.wait_for_selector("h1:has-text('Halo')")
        await self.open()

    def hear(self, _source: object, question: str, answer: str) -> None:
        number = number_in(answer)
        if number > self.heard.get(question, 0):
            self.heard[question] = number
            self.acknowledged += 1

    async def open(self) -> None:
        """Open the page as a person does: again, if it does not come."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                await self.page.goto(
                    f"{self.url}/tugas/{SHEET}", timeout=15_000, wait_until="commit"
                )
                await self.page.wait_for_selector("textarea", timeout=20_000)
                return
            except Error:
                if time.monotonic() > deadline:
                    said = await self.page.locator("body").inner_text()
                    raise TimeoutError(f"page does not open: {said[:200]!r}") from None
                await asyncio.sleep(1)

    async def write(self) -> None:
        question = self.chance.choice([PROFIT, PLAN])
        self.count += 1
        field = self.page.locator(f'[data-question="{question}"]').locator("input, textarea").first
        with contextlib.suppress(Error):
            await field.fill(
                f"Rp{self.count}" if question == PROFIT else f"jawaban {self.count}", timeout=4_000
            )
            self.typed[question] = self.count

    async def press_kirim(self) -> None:
        """Press Kirim; with signal the server's page asks once more, without it this one does."""
        with contextlib.suppress(Error):
            await self.page.click("#kirim", timeout=4_000)
            kirim = self.page.get_by_role("button", name="Kirim", exact=True)
            await kirim.click(timeout=12_000)
            self.wishes += 1
            await asyncio.sleep(0.5)
        if not self.page.url.endswith(SHEET):
            await self.open()


class Trial:
    """All people, one workshop, and the faults."""

    def __init__(self, workshop: Workshop, people: list[Person], faults: tuple[str, ...]) -> None:
        self.workshop, self.people, self.faults = workshop, people, faults
        self.tally = Tally()
        self.server_lock = asyncio.Lock()
        self.left = 0

    async def run_all(self, runs: int) -> None:
        self.left = runs
        await asyncio.gather(*(self.work(person) for person in self.people))

    async def work(self, person: Person) -> None:
        while self.left > 0:
            self.left -= 1
            fault = self.faults[self.tally.runs % len(self.faults)]
            self.tally.runs += 1
            self.tally.faults[fault] += 1
            try:
                await self.run(person, fault)
            except Exception as error:  # told, and the next run goes on
                self.tally.problems.append(f"{fault}: {error!r}"[:400])
                print(self.tally.problems[-1], file=sys.stderr)
                person.proxy.heal()
                await person.open()

    async def run(self, person: Person, fault: str) -> None:
        chance = person.chance
        steps = chance.randrange(3, 8)
        struck, sends = chance.randrange(steps), chance.random() < 0.33
        healing: list[asyncio.Task[None]] = []
        for step in range(steps):
            if step == struck:
                healing.append(asyncio.create_task(self.strike(person, fault)))
                await asyncio.sleep(chance.random() * 0.1)
            await person.write()
            await asyncio.sleep(chance.random() * 0.5)
        if sends:
            await person.press_kirim()
        await asyncio.gather(*healing)
        await self.settle(person)
        self.compare(person)

    async def strike(self, person: Person, fault: str) -> None:
        seconds = person.chance.uniform(0.5, 3)
        match fault:
            case "cut":
                person.proxy.drop()
                await asyncio.sleep(seconds)
                person.proxy.heal()
            case "swallow":
                person.proxy.black_hole()
                await asyncio.sleep(seconds)
                person.proxy.heal()
            case "reload":
                with contextlib.suppress(Error):
                    await person.page.reload(timeout=15_000)
            case "tab":
                fresh = await person.context.new_page()
                old, person.page = person.page, fresh
                await old.close()
                await person.open()
            case "kernel":
                self.kill_a_kernel(person)
            case "server":
                await self.kill_the_server()
            case "disk":
                await self.fill_the_disk(seconds)
            case "clock":
                by = person.chance.choice([-9 * 3_600_000, 40 * 86_400_000, -900 * 86_400_000])
                await person.page.evaluate(JUMP, by)

    def kill_a_kernel(self, person: Person) -> None:
        with contextlib.suppress(psutil.Error, OSError, StopIteration, IndexError):
            kernels = status(server_of(self.workshop).environ()[environ.SOCKET]).kernels
            psutil.Process(person.chance.choice(kernels)["pid"]).kill()

    async def kill_the_server(self) -> None:
        async with self.server_lock:
            with contextlib.suppress(psutil.Error, StopIteration):
                server_of(self.workshop).kill()
            await asyncio.sleep(1)
            await self.until_the_server_answers()

    async def fill_the_disk(self, seconds: float) -> None:
        async with self.server_lock:
            with contextlib.suppress(psutil.Error, StopIteration):
                server = server_of(self.workshop)
                free = server.rlimit(psutil.RLIMIT_FSIZE)
                server.rlimit(psutil.RLIMIT_FSIZE, (4096, free[1]))
                await asyncio.sleep(seconds)
                server.rlimit(psutil.RLIMIT_FSIZE, free)

    async def until_the_server_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                await asyncio.to_thread(self.workshop.get, "/masuk")
                return
            await asyncio.sleep(0.3)

    async def settle(self, person: Person) -> None:
        """Until the page says that all it holds is safe."""
        if not await person.page.locator("textarea").count():
            await person.open()
        for question in (PROFIT, PLAN):
            if question in person.typed:
                await person.page.wait_for_selector(
                    f'[data-question="{question}"][data-save="saved"]', timeout=PATIENCE * 1000
                )

    def compare(self, person: Person) -> None:
        with open_records(self.workshop.database) as records:
            kept = load_drafts(records, person.code, SHEET)
        for question in (PROFIT, PLAN):
            stored = number_in(kept.get(question))
            if stored < person.heard.get(question, 0):
                self.tally.lost += 1
                self.tally.problems.append(f"lost {person.code} {question}: {stored}")
            if stored < person.typed.get(question, 0):
                self.tally.missing += 1
                self.tally.problems.append(f"missing {person.code} {question}: {stored}")


def count_duplicates(database: str, people: list[Person]) -> int:
    with open_records(database) as records, records.reading() as session:
        rows = session.execute(
            text(
                "SELECT p.code, count(*), count(DISTINCT s.receipt) FROM submission s"
                " JOIN participant p ON p.id = s.participant_id GROUP BY p.code"
            )
        ).all()
    wishes = {person.code: person.wishes for person in people}
    return sum(max(0, sent - wishes.get(code, 0)) + (sent - unique) for code, sent, unique in rows)


async def count_leaks(trial: Trial, reloads: int) -> dict[str, Any]:
    """Reload all pages again and again, close them, and see what is left."""
    each = -(-reloads // len(trial.people))

    async def reload(person: Person) -> None:
        await person.open()
        for _ in range(each):
            with contextlib.suppress(Error):
                await person.page.reload(timeout=30_000, wait_until="commit")
        await person.page.close()

    await asyncio.gather(*(reload(person) for person in trial.people))
    address = server_of(trial.workshop).environ()[environ.SOCKET]
    deadline = time.monotonic() + 90
    while (left := len(status(address).kernels)) and time.monotonic() < deadline:
        await asyncio.sleep(1)
    return {"reloads": each * len(trial.people), "leaked_kernels": left}


def class_of(database: str, people: int) -> list[str]:
    with open_records(database) as records:
        return [
            register(
                records,
                Registration(
                    join_code="SERANG-1", name=f"Peserta {number}", business_name="Warung",
                    business_kind="warung", kelurahan="36.73.02.1001", phone=f"08120002{number:04d}",
                    consent_version="uji", consent_given=True, pin=PIN,
                ),
            ).code
            for number in range(people)
        ]  # fmt: skip


async def measure(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    workshop = await asyncio.to_thread(Workshop(folder / "data", extra=GRACE).start)
    began = time.monotonic()
    try:
        codes = class_of(workshop.database, asked.people)
        path = find_browser_path()
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            phones = [
                Person(workshop, browser, code, f"{asked.seed} {n}") for n, code in enumerate(codes)
            ]
            for phone in phones:
                await phone.arrive()
            trial = Trial(workshop, phones, tuple(asked.only))
            await trial.run_all(asked.runs)
            tally = trial.tally
            tally.acknowledged = sum(phone.acknowledged for phone in phones)
            tally.duplicates = count_duplicates(workshop.database, phones)
            leaks = await count_leaks(trial, asked.reloads) if asked.reloads else {}
            await browser.close()
    finally:
        await asyncio.to_thread(workshop.stop)
    return {
        "runs": tally.runs, "people": asked.people, "seed": asked.seed, "acknowledged": tally.acknowledged,
        "lost": tally.lost, "missing": tally.missing, "duplicates": tally.duplicates,
        "wishes_to_send": sum(phone.wishes for phone in phones), **leaks,
        "faults": dict(tally.faults), "seconds": round(time.monotonic() - began),
        "problems": tally.problems,
    }  # fmt: skip


def find_browser_path() -> str | None:
    """Found in a process of its own: it may ask Playwright's other half."""
    command = [sys.executable, str(ROOT / "tests/browser/find_browser.py")]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--reloads", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=FAULTS, default=FAULTS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measure(asked, Path(folder)))
    if asked.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:16} {value}")


if __name__ == "__main__":
    main()
