"""One hostile phone attacks a class while twenty people answer: does the class hold?

    python -m benchmarks.abuse [--json] [--people 20] [--seed 13] [--only ATTACK ...]

The trainees' server runs with forked kernels, as `umkm workshop` starts it. Honest people hold a
page open over a real line and give an answer every one to three seconds, for as long as the hostile
phone plays (benchmarks/fault_injection/hostile.py tells each attack); its process has lower priority, as a
phone's processor is not the laptop's. Measured are

    honest_p95_ms     from handing in an answer until the server says it is kept, over the whole time
    honest_lost       answers said to be kept that are not in the records
    honest_failed     answers that were not taken: refused, or nothing came in 60 s
    server_growth_mb  resident memory of the server, 10 s after the last attack, over before the first
    class_open        a person who comes afterwards logs in, opens a page and answers on its line
    attacks           for each: seconds, p95 of the honest meanwhile, memory after it, what came back

Exit code 1 where one of these is missed: p95 <= 300 ms, growth <= 100 MB, nothing lost or
refused, class open.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from benchmarks.fault_injection.honest import PATIENCE, PIN, QUESTION, SHEET, Honest
from benchmarks.fault_injection.hostile import ATTACKS
from benchmarks.fault_injection.lines import TROUBLES
from tests.support.open_workshop import free_port
from tests.support.visitor import Visitor

from umkm_cli.warm_kernels import open_template, use_forked_kernels
from umkm_records import (
    Registration,
    load_drafts,
    make_sample_class,
    open_records,
    register,
)

ROOT = Path(__file__).parents[1]

#: What is asked for.
MOST_MS, MOST_MB = 300, 100


@dataclass
class Played:
    """What one attack came to."""

    name: str
    began: float
    ended: float = 0.0
    server_mb: float = 0.0
    seen: dict[str, int] = field(default_factory=dict)


def people(database: str, count: int) -> list[str]:
    """Register so many people in the sample class; return their codes."""
    with open_records(database) as records:
        make_sample_class(records)
        forms = (
            Registration(
                join_code="SERANG-1", name=f"Peserta {number}", business_name="Warung", business_kind="warung",
                kelurahan="36.73.02.1001", phone=f"08120002{number:04d}", consent_version="uji", consent_given=True,
                pin=PIN,
            )
            for number in range(count)
        )  # fmt: skip
        return [register(records, form).code for form in forms]


@contextlib.contextmanager
def open_class(folder: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Start the trainees' server over a folder; gives its address and process."""
    kept, port = dict(os.environ), free_port()
    use_forked_kernels(folder)
    template = open_template()
    template.wait_ready()
    environment = {
        **os.environ, "UMKM_HOME": str(ROOT), "UMKM_DATA": str(folder), "UMKM_PORT": str(port),
        "UMKM_DATABASE": f"sqlite:///{folder / 'umkm.db'}", "UMKM_CLASS": "contoh-serang", "UMKM_MOST_PAGES": "60",
    }  # fmt: skip
    with (folder / "server.txt").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "umkm_apps"], env=environment, stdout=log, stderr=log
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(url, server)
        yield url, psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(60)
        template.stop()
        os.environ.clear()
        os.environ.update(kept)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers; a kernel of the template may have taken its port meanwhile."""
    while True:
        if server.poll() is not None:
            raise SystemExit("the server did not start; its log is server.txt in its folder")
        with contextlib.suppress(OSError):
            Visitor(url).get("/masuk")
            return
        time.sleep(0.1)


def play(
    url: str, hostile: str, server: psutil.Process, chosen: argparse.Namespace
) -> list[Played]:
    """Let the hostile phone play; gives each attack with its times."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.fault_injection.hostile",
        url,
        hostile,
        PIN,
        str(chosen.seed),
    ]
    phone = subprocess.Popen(
        ["nice", "-n", "10", *command, *chosen.only], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    played: list[Played] = []
    assert phone.stdout is not None
    for text in phone.stdout:
        said = json.loads(text)
        if "begins" in said:
            played.append(Played(said["begins"], time.monotonic()))
            continue
        played[-1].ended, played[-1].seen = time.monotonic(), said["seen"]
        played[-1].server_mb = resident_mb(server)
        print(f"{played[-1].name}: {said['seen']}", file=sys.stderr)
    phone.wait()
    return played


def resident_mb(process: psutil.Process) -> float:
    """Return the resident memory of a process, 0 where it is gone."""
    try:
        return round(process.memory_info().rss / 2**20, 1)
    except psutil.Error:
        return 0.0


def p95(clicks: list[float]) -> int:
    """Return the 95th percentile, 0 of nothing."""
    return round(sorted(clicks)[int(len(clicks) * 0.95)]) if clicks else 0


def is_open(url: str, code: str) -> bool:
    """Return whether somebody who comes now logs in, opens a page and answers on its line."""
    comer = Honest(url, code, threading.Event())
    try:
        comer.log_in()
        comer.keep_line()
        comer.answer(1_000_000)
    except (*TROUBLES, LookupError, AssertionError) as error:
        print(f"closed: {error!r}", file=sys.stderr)
        return False
    return comer.kept == 1_000_000 and comer.line is not None


def measure(chosen: argparse.Namespace) -> dict[str, Any]:
    """Play it all once; gives what is measured."""
    folder = Path(tempfile.mkdtemp(prefix="umkm-serangan-"))
    database = f"sqlite:///{folder / 'umkm.db'}"
    *codes, hostile, comer = people(database, chosen.people + 2)
    with open_class(folder) as (url, server):
        stop = threading.Event()
        honest = [Honest(url, code, stop) for code in codes]
        for one in honest:
            one.log_in()
        for one in honest:
            one.start()
        for one in honest:
            one.at_work.wait(PATIENCE)
        time.sleep(5)
        before, began = resident_mb(server), time.monotonic()
        played = play(url, hostile, server, chosen)
        time.sleep(10)
        after, ended = resident_mb(server), time.monotonic()
        still_open = is_open(url, comer)
        stop.set()
        for one in honest:
            one.join(PATIENCE)
        with open_records(database) as records:
            lost = [one.code for one in honest if one.kept and is_lost(records, one)]
    clicks = [click for one in honest for click in one.clicks if began <= click[0] <= ended]
    return {
        "people": len(honest),
        "seed": chosen.seed,
        "answers": len(clicks),
        "honest_p95_ms": p95([ms for _, ms in clicks]),
        "honest_lost": len(lost),
        "honest_failed": sum(len(one.failed) for one in honest),
        "lines_opened": sum(one.lines for one in honest),
        "server_before_mb": before,
        "server_growth_mb": round(after - before, 1),
        "class_open": still_open,
        "attacks": {each.name: figures(each, clicks) for each in played},
    }


def is_lost(records: Any, one: Honest) -> bool:
    """Return whether neither the last answer that was kept nor a later one is there."""
    text = str(load_drafts(records, one.code, SHEET).get(QUESTION, ""))
    number = text.removeprefix("jawaban ")
    return not number.isdigit() or int(number) < one.kept


def figures(attack: Played, clicks: list[tuple[float, float]]) -> dict[str, Any]:
    """Return what is told of one attack."""
    meanwhile = [ms for at, ms in clicks if attack.began <= at <= attack.ended]
    return {
        "seconds": round(attack.ended - attack.began, 1),
        "honest_p95_ms": p95(meanwhile),
        "server_mb": attack.server_mb,
        "seen": attack.seen,
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=20)
    options.add_argument("--seed", type=int, default=13)
    options.add_argument("--only", nargs="*", default=[], choices=list(ATTACKS))
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    found = measure(chosen)
    print(json.dumps(found, indent=None if chosen.json else 1))
    holds = (
        found["honest_p95_ms"] <= MOST_MS
        and found["server_growth_mb"] <= MOST_MB
        and not found["honest_lost"]
        and not found["honest_failed"]
        and found["class_open"]
    )
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
