"""The assignment page on a weak phone: ours against stock Voila, in the same run.

    python -m benchmarks.page [--json] [--runs 4] [--stock-runs 1] [--speeds 3g edge]

Real servers, real Chromium at 360 px. The trainees' server is the one `umkm workshop` starts, with
its forked kernels; stock is `voila` as installed, serving a notebook that shows the same questions
with the same widgets. Both are reached by a host name that is not localhost, as on a hotspot, over
plain http. Figures of one kind are medians. On the slowest connection each is
measured half as often: stock needs two minutes there for one visit. The whole run takes four minutes.

`usable`: from the start of the navigation until the first control of the first question is on the
screen, enabled and listening. `click`: from a tap on Periksa in a lesson until its feedback shows.
Bytes and requests of a first visit count everything on the wire, headers and WebSocket included.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import requests
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.conftest import ARGUMENTS
from tests.support.find_browser import find_browser
from tests.support.open_workshop import Workshop, free_port
from tests.support.proxy import Proxy

from umkm.exercise import question_to_json
from umkm_courses import load_catalogue

ROOT = Path(__file__).parents[1]

ASSIGNMENT = "pembukuan-dua-laci"
LESSON = ("pembukuan", "01-dua-laci")
HOST = "kelas.lan"  # resolved to loopback by the browser


@dataclass(frozen=True)
class Speed:
    """A network and a phone: bits per second, milliseconds of latency, slowdown of the processor."""

    down: float
    up: float
    latency: int
    slower: int


SPEEDS = {
    "3g": Speed(1_600_000, 750_000, 150, 4),
    "edge": Speed(400_000, 200_000, 400, 4),
}

# Runs in the page first. A control counts once it is drawn, enabled and its widget has been
# rendered, because its listeners exist then.
WATCH = """
window.usableAt = null;
const look = () => {
  const control = document.querySelector(".umkm-question input, .umkm-question textarea");
  const seen = control && control.getClientRects().length && getComputedStyle(control).visibility === "visible";
  if (seen && !control.disabled) window.usableAt = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
CLICK = """
(number) => new Promise((done, fail) => {
  const card = document.querySelectorAll('.umkm-question:has(fieldset)')[0];
  const [say, button] = [card.querySelector('.umkm-feedback'), card.querySelector('.umkm-main')];
  const radios = card.querySelectorAll('input[type=radio]');
  radios[number % radios.length].click();
  setTimeout(() => {
    const before = say.textContent;
    let cleared = false;
    const begin = performance.now();
    new MutationObserver((_, observer) => {
      cleared = cleared || !say.textContent;
      if (!say.textContent || (say.textContent === before && !cleared)) return;
      observer.disconnect();
      done(performance.now() - begin);
    }).observe(say, {childList: true, subtree: true, characterData: true});
    button.click();
    setTimeout(() => fail(new Error(`no new feedback after: ${before}`)), 10000);
  }, 400);
})
"""


@dataclass
class Site:
    """A server under test."""

    port: int
    page: str
    lesson: str
    cookies: list[dict[str, Any]]


def log_in(url: str) -> list[dict[str, Any]]:
    session = requests.Session()
    session.trust_env = False
    session.get(url + "/masuk", timeout=30)
    form = {"_xsrf": session.cookies["_xsrf"], "nomor": "srg-siti1", "pin": "246813"}
    session.post(url + "/masuk", data=form, timeout=30).raise_for_status()
    return [
        {"name": c.name, "value": c.value, "domain": HOST, "path": "/"} for c in session.cookies
    ]


@contextlib.contextmanager
def our_site(folder: Path) -> Iterator[Site]:
    workshop = Workshop(folder / "data").start()
    try:
        lesson = f"/pelajaran/{'/'.join(LESSON)}#coba"
        yield Site(workshop.port, f"/tugas/{ASSIGNMENT}", lesson, log_in(workshop.url))
    finally:
        workshop.stop()


def stock_notebooks(folder: Path) -> None:
    catalogue = load_catalogue(ROOT / "courses")
    asked = [
        f"assess({q.id!r}, question_from_json({question_to_json(q.question)!r}), {q.points!r})"
        for q in catalogue.assignment(ASSIGNMENT).questions
    ]
    imports = (
        "from IPython.display import display\nfrom umkm.exercise import question_from_json\n"
        "from umkm_widgets import assess"
    )
    code = [imports, "\n".join(f"display({question})" for question in asked)]
    notebook = new_notebook(cells=[new_code_cell(source) for source in code])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": "python"}
    nbformat.write(notebook, folder / "tugas.ipynb")
    lesson = catalogue.lesson(*LESSON).path
    shutil.copy(lesson, folder / "pelajaran.ipynb")
    shutil.copy(lesson.parents[1] / "misunderstandings.toml", folder)  # its questions name some


@contextlib.contextmanager
def stock_site(folder: Path) -> Iterator[Site]:
    folder.mkdir()
    stock_notebooks(folder)
    port = free_port()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "voila", str(folder), "--no-browser", f"--port={port}",
             "--Voila.config_file_paths=[]", "--show_tracebacks=True"],
            env={**os.environ, "JUPYTER_CONFIG_DIR": str(folder)}, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        for _ in range(240):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)
                break
            time.sleep(0.25)
        yield Site(port, "/voila/render/tugas.ipynb", "/voila/render/pelajaran.ipynb", [])
    finally:
        process.terminate()
        process.wait(30)


def phone(browser: Browser, site: Site) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        device_scale_factor=2,
        has_touch=True,
        locale="id-ID",
    )
    context.add_cookies(site.cookies)
    context.add_init_script(WATCH)
    return context


def slow_down(page: Page, speed: Speed | None) -> None:
    if speed is None:
        return
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    line = {"offline": False, "latency": speed.latency}
    rates = {"downloadThroughput": speed.down / 8, "uploadThroughput": speed.up / 8}
    session.send("Network.emulateNetworkConditions", line | rates)
    session.send("Emulation.setCPUThrottlingRate", {"rate": speed.slower})


def usable_after(page: Page, address: str) -> float:
    page.goto(address, wait_until="commit", timeout=300_000)
    page.wait_for_function("() => window.usableAt !== null", timeout=300_000, polling=50)
    return float(page.evaluate("window.usableAt")) / 1000


def visits(browser: Browser, site: Site, speed: Speed) -> tuple[float, float]:
    """Return the seconds until the page is usable, with an empty cache and with a filled one."""
    context = phone(browser, site)
    try:
        seconds = []
        for _ in range(2):
            page = context.new_page()
            slow_down(page, speed)
            seconds.append(usable_after(page, f"http://{HOST}:{site.port}{site.page}"))
            page.goto("about:blank")
            page.close()
            time.sleep(1)
        return seconds[0], seconds[1]
    finally:
        context.close()


def first_visit(browser: Browser, site: Site) -> dict[str, Any]:
    """Return bytes and requests of a first visit, counted by a proxy."""
    proxy = Proxy(site.port)
    context = phone(browser, site)
    asked: list[str] = []
    try:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda socket: asked.append(socket.url))
        usable_after(page, f"http://{HOST}:{proxy.port}{site.page}")
        page.wait_for_timeout(2000)
        network = [url for url in asked if url.startswith(("http", "ws"))]
        outside = {url.split("/")[2] for url in network} - {f"{HOST}:{proxy.port}"}
        return {
            "kb": round(proxy.bytes_down / 1000, 1),
            "requests": len(network),
            "outside_hosts": len(outside),
        }
    finally:
        context.close()
        proxy.close()


def clicks(browser: Browser, site: Site, count: int) -> float:
    context = phone(browser, site)
    try:
        page = context.new_page()
        page.goto(f"http://{HOST}:{site.port}{site.lesson}", timeout=120_000)
        page.locator(".umkm-question:has(fieldset) .umkm-main").first.wait_for(timeout=120_000)
        return statistics.median(page.evaluate(CLICK, number) for number in range(count))
    finally:
        context.close()


def report(words: str) -> None:
    """Print to standard error what is being measured."""
    print(words, file=sys.stderr, flush=True)


def measure(site: Site, browser: Browser, runs: int, speeds: list[str]) -> dict[str, Any]:
    report(f"{site.page}: a first visit")
    found: dict[str, Any] = {"first_visit": first_visit(browser, site)}
    for name in speeds:
        often = runs if name == "3g" else (runs + 1) // 2
        seen = []
        for number in range(often):
            report(f"{site.page}: {name}, {number + 1} of {often}")
            seen.append(visits(browser, site, SPEEDS[name]))
        for kind, values in zip(("cold", "warm"), zip(*seen, strict=True), strict=True):
            found[f"{name}_{kind}_s"] = {
                "median": round(statistics.median(values), 2),
                "lowest": round(min(values), 2),
                "highest": round(max(values), 2),
            }
    report(f"{site.lesson}: clicks")
    found["click_ms"] = round(clicks(browser, site, 20), 1)
    return found


def figures(ours: dict[str, Any], stock: dict[str, Any] | None, runs: int) -> dict[str, Any]:
    headline: dict[str, Any] = {
        "runs": runs,
        "first_visit_kb": ours["first_visit"]["kb"],
        "first_visit_requests": ours["first_visit"]["requests"],
        "outside_hosts": ours["first_visit"]["outside_hosts"],
        "click_ms": ours["click_ms"],
    }
    for kind in ("cold", "warm"):
        if f"3g_{kind}_s" in ours:
            headline[f"slow_{kind}_s"] = ours[f"3g_{kind}_s"]["median"]
        if f"edge_{kind}_s" in ours:
            headline[f"slowest_{kind}_s"] = ours[f"edge_{kind}_s"]["median"]
    return headline | {"ours": ours, "stock": stock}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=4)
    parser.add_argument("--stock-runs", type=int, default=1, help="0 leaves stock Voila out")
    parser.add_argument("--speeds", nargs="*", default=["3g", "edge"], choices=list(SPEEDS))
    options = parser.parse_args()
    # Requests of stock to other hosts fail at once; without internet it would wait for each.
    rules = f"MAP {HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    arguments = [*ARGUMENTS, f"--host-resolver-rules={rules}"]
    stock = None
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        with our_site(Path(folder)) as site:
            ours = measure(site, browser, options.runs, options.speeds)
        if options.stock_runs:
            with stock_site(Path(folder) / "stock") as site:
                stock = measure(site, browser, options.stock_runs, options.speeds)
        browser.close()
    found = figures(ours, stock, options.runs)
    if options.json:
        print(json.dumps(found, indent=2))
        return
    for name, value in found.items():
        if not isinstance(value, dict):
            print(f"{name:22} {value}")


if __name__ == "__main__":
    main()
