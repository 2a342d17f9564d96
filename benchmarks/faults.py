"""Fault run: participants answer in real browsers while faults are injected at random moments.

    python -m benchmarks.faults [--json] [--runs 300] [--people 5] [--reloads 500] [--seed 1]
                                [--only FAULT …] [--from NUMBER]

In one run a participant gives some answers, and one fault is injected at a random moment, for a random
time:

    cut           the phone's connections are reset and new ones refused (a proxy on loopback)
    black_hole    its connections accept data and return none; 10 s after that they end
    reload        the page is reloaded
    tab           the tab is closed, and another one opened
    kernel        a page's kernel is killed
    server        the trainees' server is killed with SIGKILL; the workshop restarts it
    disk          the server cannot write (RLIMIT_FSIZE, as a full disk or quota)
    phone_clock   the phone's clock is moved by hours or weeks
    laptop_clock  the laptop's clock is moved, and back (fault_injection/laptop_clock)

In a third of the runs the answers are also submitted (*Kirim*), with or without a network. Then the
fault is repaired, the page shows that all answers are stored, and the records are compared with what
the browser had shown:

    acknowledged   answers that were shown as stored (*Tersimpan*), each recorded at that moment
    lost           of those, how many are not in the records, nor a newer one; and lost receipts
    missing        the same for answers shown as safe on the phone, or in their field for 0.3 s before
                   the page was closed; and fields that ten seconds after the end show another
                   answer than the records
    duplicates     submissions beyond one for each time *Kirim* was pressed
    broken_off     runs that ended with an error
    leaked_kernels kernels left after all pages were closed, after --reloads reloads

The plan of a run is generated from --seed and its number: `--from 17 --runs 1 --people 1` repeats
run 17.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psutil
from benchmarks.fault_injection.checker import FaultCounts, compare, receipts_of
from benchmarks.fault_injection.faults import FaultInjector, movable_clock
from benchmarks.fault_injection.phone import PIN, SHEET, Phone
from benchmarks.fault_injection.plan import FAULTS, RunPlan, plan_run
from playwright.async_api import Browser, Error, async_playwright
from tests.conftest import ARGUMENTS
from tests.support.open_workshop import Workshop, server_of

from umkm_kernels import environ
from umkm_kernels.server import status
from umkm_records import Registration, open_records, register

ROOT = Path(__file__).parents[1]

#: Short, so that leaks are found within the run.
GRACE = {"UMKM_CLOSED_GRACE": "8", "UMKM_SILENT_GRACE": "20", "UMKM_UNOPENED_GRACE": "20"}


#: Seconds until a page must show the stored answers.
SHOWN_WITHIN = 10


class FaultRun:
    """All phones of one workshop, and the counts of each fault."""

    def __init__(self, workshop: Workshop, phones: list[Phone], injector: FaultInjector) -> None:
        self.workshop, self.phones, self.injector = workshop, phones, injector
        self.counts: dict[str, FaultCounts] = defaultdict(FaultCounts)
        self.problems: list[str] = []

    async def run_all(self, plans: list[RunPlan]) -> None:
        """Run all plans; each phone runs its share one after the other."""
        await asyncio.gather(
            *(
                self._share(phone, plans[n :: len(self.phones)])
                for n, phone in enumerate(self.phones)
            )
        )

    async def _share(self, phone: Phone, plans: list[RunPlan]) -> None:
        for plan in plans:
            count = self.counts[plan.fault]
            count.runs += 1
            before = phone.promises.acknowledged
            try:
                await self._run(phone, plan)
            except Exception as error:  # counted; the next run follows
                count.broken_off += 1
                self._report(plan, f"broken off: {error!r}"[:400])
                phone.proxy.heal()
                with contextlib.suppress(TimeoutError, Error):
                    await phone.open()
            count.acknowledged += phone.promises.acknowledged - before

    async def _run(self, phone: Phone, plan: RunPlan) -> None:
        with open_records(self.workshop.database) as records:
            sent_before = len(receipts_of(records, phone.promises.code))
        injections: list[asyncio.Task[None]] = []
        for number, step in enumerate(plan.steps):
            if number == plan.fault_at:
                injections.append(asyncio.create_task(self.injector.inject(phone, plan)))
                await asyncio.sleep(plan.delay)
            await phone.write(step.question)
            await asyncio.sleep(step.pause)
        if plan.sends:
            await phone.press_kirim()
        await asyncio.gather(*injections)
        await phone.settle()
        await self._count(phone, plan, sent_before)

    async def _count(self, phone: Phone, plan: RunPlan, sent_before: int) -> None:
        count = self.counts[plan.fault]
        # A reopened page may show an older answer until it has read the stored ones.
        deadline = time.monotonic() + SHOWN_WITHIN
        with open_records(self.workshop.database) as records:
            while True:
                shown = await phone.shown()
                broken = compare(records, phone.promises, SHEET, shown)
                if not broken["old"] or time.monotonic() > deadline:
                    break
                await asyncio.sleep(0.2)
            sent = len(receipts_of(records, phone.promises.code)) - sent_before
        count.lost += len(broken["lost"])
        count.missing += len(broken["missing"]) + len(broken["old"])
        count.duplicates += max(0, sent - int(plan.sends))
        for what, cases in broken.items():
            for case in cases:
                self._report(plan, f"{what}: {case}")
        if sent > plan.sends:
            self._report(plan, f"duplicate: {sent} sent by {phone.promises.code}")

    def totals(self) -> dict[str, int]:
        """Return the sum of the counts over all faults."""
        counts = [asdict(count) for count in self.counts.values()]
        return {name: sum(count[name] for count in counts) for name in asdict(FaultCounts())}

    def _report(self, plan: RunPlan, what: str) -> None:
        self.problems.append(f"run {plan.number} ({plan.fault}) {what}")
        print(self.problems[-1], file=sys.stderr, flush=True)

    async def count_leaks(self, reloads: int) -> dict[str, int]:
        """Reload all pages repeatedly, close them, and count the kernels that are left."""
        each = -(-reloads // len(self.phones))

        async def reload(phone: Phone) -> None:
            page = await phone.fresh_page()
            for _ in range(each):
                with contextlib.suppress(Error):
                    await page.goto(
                        f"{phone.url}/tugas/{SHEET}", timeout=30_000, wait_until="commit"
                    )

        await asyncio.gather(*(reload(phone) for phone in self.phones))
        end_browser()
        address = server_of(self.workshop).environ()[environ.SOCKET]
        deadline = time.monotonic() + 90
        while (left := len(status(address).kernels)) and time.monotonic() < deadline:
            await asyncio.sleep(1)
        return {"reloads": each * len(self.phones), "leaked_kernels": left}


def end_browser() -> None:
    """Kill all browsers: Playwright's close may wait without end for a page that was killed."""
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.name().startswith("node") or "chrom" in process.name():
                process.kill()


def register_people(database: str, people: int) -> list[str]:
    """Register people and return their codes."""
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


async def open_phones(workshop: Workshop, browser: Browser, people: int) -> list[Phone]:
    """Register people, and return a phone for each with the assignment open."""
    phones = [
        Phone(browser, workshop.port, code) for code in register_people(workshop.database, people)
    ]
    for phone in phones:
        await phone.arrive()
    return phones


async def measure(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Run all planned faults and return the figures."""
    offset, faults = folder / "clock", tuple(options.only)
    plans = [plan_run(options.seed, options.first + n, faults) for n in range(options.runs)]
    laptop = Workshop(folder / "data", extra=GRACE | movable_clock(offset))
    workshop = await asyncio.to_thread(laptop.start)
    began = time.monotonic()
    try:
        playwright = await async_playwright().start()
        browser = await playwright.chromium.launch(
            executable_path=find_browser_path(), args=ARGUMENTS
        )
        phones = await open_phones(workshop, browser, options.people)
        fault_run = FaultRun(workshop, phones, FaultInjector(workshop, offset))
        await fault_run.run_all(plans)
        print(fault_run.totals(), file=sys.stderr, flush=True)
        leaks = await fault_run.count_leaks(options.reloads) if options.reloads else {}
    finally:
        end_browser()
        await asyncio.to_thread(workshop.stop)
    counts = {fault: asdict(fault_run.counts[fault]) for fault in faults}
    return {
        "seed": options.seed, "people": options.people, **fault_run.totals(), **leaks, "by_fault": counts,
        "seconds": round(time.monotonic() - began), "problems": fault_run.problems,
    }  # fmt: skip


def find_browser_path() -> str | None:
    """Return the browser's path, found in a process of its own, because that may start Playwright."""
    command = [sys.executable, str(ROOT / "tests/support/find_browser.py")]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[0]


def main() -> None:
    """Read the options, run, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--reloads", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--only", nargs="+", choices=FAULTS, default=FAULTS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # Not asyncio.run, which would wait for tasks of Playwright, whose driver was killed.
        found = asyncio.new_event_loop().run_until_complete(measure(options, Path(folder)))
    if options.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:16} {value}")


if __name__ == "__main__":
    main()
