"""Load test under attack: one attacker attacks a class while twenty participants answer.

    python -m benchmarks.abuse [--json] [--people 20] [--seed 13] [--only ATTACK ...]

The trainees' server runs with forked kernels, as `umkm workshop` starts it. Participants keep a page
with its kernel connection open and give an answer every one to three seconds, while the attacker
(benchmarks/fault_injection/attacker_process.py) runs its attacks, at a lower priority, because a real
phone would not use the laptop's processor. Figures:

    answer_p95_ms     from sending an answer until the server acknowledges it, over the whole time
    answers_lost      participants whose last acknowledged answer, or a newer one, is not in the records
    answers_failed    answers that were refused, or not acknowledged in 60 s
    server_growth_mb  resident memory of the server 10 s after the last attack, minus before the first
    class_open        whether a participant can then log in, open a page and answer on its connection
    attacks           for each: seconds, p95 during it, memory after it, responses

The exit code is 1 unless p95 <= 300 ms, growth <= 100 MB, nothing was lost or failed, and the class
is open.
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
from benchmarks.fault_injection.attacker_process import ATTACKS
from benchmarks.fault_injection.kernel_connection import CONNECTION_ERRORS
from benchmarks.fault_injection.participant import PIN, QUESTION, SHEET, TIMEOUT, Participant
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

#: The limits for exit code 0.
MOST_MS, MOST_MB = 300, 100


@dataclass
class AttackResult:
    """Times, memory and responses of one attack."""

    name: str
    began: float
    ended: float = 0.0
    server_mb: float = 0.0
    seen: dict[str, int] = field(default_factory=dict)


def people(database: str, count: int) -> list[str]:
    """Register so many people in the sample class and return their codes."""
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
    """Start the trainees' server on a data folder; yield its URL and process."""
    kept, port = dict(os.environ), free_port()
    use_forked_kernels(folder)
    template = open_template(page_kernels=False)
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
    """Wait until the server responds; another process may have taken its port."""
    while True:
        if server.poll() is not None:
            raise SystemExit("the server did not start; its log is server.txt in its folder")
        with contextlib.suppress(OSError):
            Visitor(url).get("/masuk")
            return
        time.sleep(0.1)


def run_attacks(
    url: str, code: str, server: psutil.Process, options: argparse.Namespace
) -> list[AttackResult]:
    """Run the attacker's process and return the result of each attack."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.fault_injection.attacker_process",
        url,
        code,
        PIN,
        str(options.seed),
    ]
    process = subprocess.Popen(
        ["nice", "-n", "10", *command, *options.only], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    results: list[AttackResult] = []
    assert process.stdout is not None
    for text in process.stdout:
        event = json.loads(text)
        if "begins" in event:
            results.append(AttackResult(event["begins"], time.monotonic()))
            continue
        results[-1].ended, results[-1].seen = time.monotonic(), event["seen"]
        results[-1].server_mb = resident_mb(server)
        print(f"{results[-1].name}: {event['seen']}", file=sys.stderr)
    process.wait()
    return results


def resident_mb(process: psutil.Process) -> float:
    """Return the resident memory of a process in MB, 0 if it has ended."""
    try:
        return round(process.memory_info().rss / 2**20, 1)
    except psutil.Error:
        return 0.0


def p95(values: list[float]) -> int:
    """Return the 95th percentile, 0 without values."""
    return round(sorted(values)[int(len(values) * 0.95)]) if values else 0


def is_open(url: str, code: str) -> bool:
    """Return whether a participant can log in, open a page and answer on its connection."""
    newcomer = Participant(url, code, threading.Event())
    try:
        newcomer.log_in()
        newcomer.connect()
        newcomer.answer(1_000_000)
    except (*CONNECTION_ERRORS, LookupError, AssertionError) as error:
        print(f"closed: {error!r}", file=sys.stderr)
        return False
    return newcomer.stored == 1_000_000 and newcomer.connection is not None


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Run all attacks once and return the figures."""
    folder = Path(tempfile.mkdtemp(prefix="umkm-serangan-"))
    database = f"sqlite:///{folder / 'umkm.db'}"
    *codes, attacker, newcomer = people(database, options.people + 2)
    with open_class(folder) as (url, server):
        stop = threading.Event()
        participants = [Participant(url, code, stop) for code in codes]
        for one in participants:
            one.log_in()
        for one in participants:
            one.start()
        for one in participants:
            one.answering.wait(TIMEOUT)
        time.sleep(5)
        before, began = resident_mb(server), time.monotonic()
        results = run_attacks(url, attacker, server, options)
        time.sleep(10)
        after, ended = resident_mb(server), time.monotonic()
        still_open = is_open(url, newcomer)
        stop.set()
        for one in participants:
            one.join(TIMEOUT)
        with open_records(database) as records:
            lost = [one.code for one in participants if one.stored and is_lost(records, one)]
    latencies = [
        each for one in participants for each in one.latencies if began <= each[0] <= ended
    ]
    return {
        "people": len(participants),
        "seed": options.seed,
        "answers": len(latencies),
        "answer_p95_ms": p95([ms for _, ms in latencies]),
        "answers_lost": len(lost),
        "answers_failed": sum(len(one.failed) for one in participants),
        "connections_opened": sum(one.connections for one in participants),
        "server_before_mb": before,
        "server_growth_mb": round(after - before, 1),
        "class_open": still_open,
        "attacks": {each.name: figures(each, latencies) for each in results},
    }


def is_lost(records: Any, one: Participant) -> bool:
    """Return whether neither the last acknowledged answer nor a newer one is in the records."""
    text = str(load_drafts(records, one.code, SHEET).get(QUESTION, ""))
    number = text.removeprefix("jawaban ")
    return not number.isdigit() or int(number) < one.stored


def figures(attack: AttackResult, latencies: list[tuple[float, float]]) -> dict[str, Any]:
    """Return the figures of one attack."""
    during = [ms for at, ms in latencies if attack.began <= at <= attack.ended]
    return {
        "seconds": round(attack.ended - attack.began, 1),
        "answer_p95_ms": p95(during),
        "server_mb": attack.server_mb,
        "seen": attack.seen,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--only", nargs="*", default=[], choices=list(ATTACKS))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measure(options)
    print(json.dumps(found, indent=None if options.json else 1))
    passed = (
        found["answer_p95_ms"] <= MOST_MS
        and found["server_growth_mb"] <= MOST_MB
        and not found["answers_lost"]
        and not found["answers_failed"]
        and found["class_open"]
    )
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
