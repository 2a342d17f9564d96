"""Load test: a class opens an assignment at once and answers; pages in the server, or with kernels.

    python -m benchmarks.class_load [--json] [--people 40 100] [--forked-people 40] [--stock-people 40]
                                    [--answers 20]

One class after the other: first those whose pages live in the server's process, then those with forked
kernels, then those with stock ones; an option without a number omits that kind. All participants log in
before the time is taken.
They open the page within 3 seconds; each opens a real WebSocket, requests the widgets' states as the
page does, and sends answers with pauses. Figures:

    joined_s      from the first request of the page until the last participant has their widgets
    click_*_ms    from sending a change to kernel and server until the server acknowledges it
    base_mb       the memory (Private_Dirty) of server and template before anybody opens a page
    peak_mb       the largest sum of memory of server, template and kernels
    page_mb       what a page added while all were open, kernel and the server's part
    kernel_mb     the median of it over the kernels while all pages are open
    errors        participants that failed; the first three errors are printed to standard error
    leaked_kernels  kernels that run 30 seconds after all pages were closed

The simulated phones share the processor with the server, unlike real ones.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
from tests.support.open_workshop import free_port
from tests.support.visitor import Visitor, message

from umkm_cli.warm_kernels import open_template, use_forked_kernels
from umkm_kernels import TemplateServer
from umkm_records import Registration, make_sample_class, open_records, register

ROOT = Path(__file__).parents[1]

PAGE = "/tugas/pembukuan-dua-laci"
PIN = "739152"
CONTROL = "jupyter.widget.control"
JOIN_WITHIN = 3.0
THINK = (0.5, 2.0)
#: Seconds in which kernels have to end after all pages were closed.
CLOSE_WITHIN = 30.0
#: The timeout of requests in seconds: stock kernels that all start at once take minutes.
TIMEOUT = 300.0


class PatientVisitor(Visitor):
    """A visitor whose requests have a timeout of minutes."""

    def get(self, path: str, **options: Any) -> Any:
        return self.session.get(self.url + path, timeout=TIMEOUT, **options)


class Trainee(threading.Thread):
    """A participant: opens the page, then answers."""

    def __init__(self, url: str, code: str, answers: int, leave: threading.Barrier) -> None:
        super().__init__(daemon=True)
        self.visitor = PatientVisitor(url)
        self.code, self.answers, self.leave = code, answers, leave
        self.clicks: list[float] = []
        self.joined = 0.0
        self.error = ""
        self.rng = random.Random(code)

    def log_in(self) -> None:
        answer = self.visitor.log_in(self.code, PIN)
        assert answer.status_code == 303, answer.status_code

    def run(self) -> None:
        socket = None
        try:
            time.sleep(self.rng.random() * JOIN_WITHIN)
            socket = self.visitor.websocket(self.visitor.open_page(PAGE))
            socket.settimeout(TIMEOUT)
            model = self.first_long_text(socket)
            self.joined = time.monotonic()
            for seq in range(1, self.answers + 1):
                time.sleep(self.rng.uniform(*THINK))
                self.answer(socket, model, seq)
        except Exception as error:
            self.error = repr(error)
        # Also after an error, because the kernels are counted while all pages are open.
        self.leave.wait(2 * TIMEOUT)
        if socket is not None:
            socket.close()

    def first_long_text(self, socket: Any) -> str:
        """Request all widget states, as the page does, and return the model id of a long text."""
        comm = uuid4().hex
        hello = json.loads(
            message("comm_open", {"comm_id": comm, "target_name": CONTROL, "data": {}})
        )
        # ipywidgets refuses a control comm without a protocol version.
        hello["metadata"] = {"version": "1.0.0"}
        socket.send(json.dumps(hello))
        ask = {"comm_id": comm, "data": {"method": "request_states"}}
        socket.send(message("comm_msg", ask))
        while True:
            data = comm_data(socket)
            if data.get("method") != "update_states":
                continue
            for model, found in data["states"].items():
                if found["state"].get("question", {}).get("kind") == "long_text":
                    return str(model)

    def answer(self, socket: Any, model: str, seq: int) -> None:
        change = {"type": "change", "answer": f"jawaban {seq}", "writer": "muatan", "seq": seq}
        began = time.monotonic()
        socket.send(
            message("comm_msg", {"comm_id": model, "data": {"method": "custom", "content": change}})
        )
        self.submit_change(seq)
        self.clicks.append((time.monotonic() - began) * 1000)
        while comm_data(socket).get("state", {}).get("seq") != seq:
            pass

    def submit_change(self, seq: int) -> None:
        now = round(time.time() * 1000)
        change = {
            "question": "rencana-dua-laci", "answer": f"jawaban {seq}", "writer": "muatan", "seq": seq, "acted": now,
        }  # fmt: skip
        answer = self.visitor.session.post(
            f"{self.visitor.url}{PAGE}/jawaban",
            json={"participant": self.code, "clock": now, "changes": [change]},
            headers={"X-XSRFToken": self.visitor.session.cookies["_xsrf"]},
            timeout=TIMEOUT,
        )
        assert answer.json()["outcomes"][0]["state"] == "saved", answer.text


def comm_data(socket: Any) -> dict[str, Any]:
    """Return the data of the next message if it is a comm message, otherwise an empty dictionary."""
    received = json.loads(json_part(socket.recv()))
    is_comm = received["msg_type"] == "comm_msg"
    data: dict[str, Any] = received["content"].get("data", {}) if is_comm else {}
    return data


def json_part(frame: str | bytes) -> str:
    """Return the JSON part of a text frame or of a binary frame with buffers."""
    if isinstance(frame, str):
        return frame
    count = int.from_bytes(frame[:4], "big")
    first = int.from_bytes(frame[4:8], "big")
    end = int.from_bytes(frame[8:12], "big") if count > 1 else len(frame)
    return frame[first:end].decode()


def register_people(database: str, people: int) -> list[str]:
    with open_records(database) as records:
        make_sample_class(records)
        forms = (
            Registration(
                join_code="SERANG-1", name=f"Peserta {number}", business_name="Warung",
                business_kind="warung", kelurahan="36.73.02.1001", phone=f"08120001{number:04d}",
                consent_version="uji", consent_given=True, pin=PIN,
            )
            for number in range(people)
        )  # fmt: skip
        return [register(records, form).code for form in forms]


def private_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("Private_Dirty:"))


def memory_mb() -> float:
    """Return the memory of everything this process has started, in MB."""
    mine = psutil.Process().children(recursive=True)
    return sum(private_mb(process.pid) for process in mine)


def kernels_of(server: psutil.Process, template: TemplateServer | None) -> list[int]:
    if template is not None:
        return [kernel["pid"] for kernel in template.status().kernels]
    found = []
    for process in server.children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if "ipykernel_launcher" in process.cmdline():
                found.append(process.pid)
    return found


def measure(people: int, answers: int, kind: str) -> dict[str, float]:
    """Return the figures of one class; `kind` is `in_process`, `forked` or `stock`."""
    folder = Path(tempfile.mkdtemp())
    database = f"sqlite:///{folder / 'umkm.db'}"
    codes = register_people(database, people)
    port = free_port()
    template = None
    kept = dict(os.environ)
    if kind == "forked":
        use_forked_kernels(folder)
        template = open_template(page_kernels=True)
        template.wait_ready()
    environment = {
        **os.environ, "UMKM_HOME": str(ROOT), "UMKM_DATA": str(folder), "UMKM_DATABASE": database,
        "UMKM_PORT": str(port), "UMKM_CLOSED_GRACE": "1", "UMKM_SILENT_GRACE": "2",
        "UMKM_MOST_PAGES": str(people + 10),
    }  # fmt: skip
    if kind != "in_process":
        environment["UMKM_PAGE_KERNELS"] = "1"
    server = subprocess.Popen(
        [sys.executable, "-m", "umkm_apps"], env=environment, stderr=subprocess.DEVNULL
    )
    leave = threading.Barrier(people + 1)
    trainees = [Trainee(f"http://127.0.0.1:{port}", code, answers, leave) for code in codes]
    try:
        return run_class(psutil.Process(server.pid), template, trainees, leave)
    finally:
        server.terminate()
        server.wait(60)
        if template is not None:
            template.stop()
        os.environ.clear()
        os.environ.update(kept)


def run_class(
    server: psutil.Process,
    template: TemplateServer | None,
    trainees: list[Trainee],
    leave: threading.Barrier,
) -> dict[str, float]:
    wait_for(trainees[0].visitor)
    for trainee in trainees:
        trainee.log_in()
    base = memory_mb()
    began, peak, whole = time.monotonic(), 0.0, 0.0
    for trainee in trainees:
        trainee.start()
    # Until all others wait at the barrier: all have answered, and all pages are still open.
    while leave.n_waiting < leave.parties - 1:
        whole = memory_mb()
        peak = max(peak, whole)
        time.sleep(1)
    whole = memory_mb()
    each = [private_mb(pid) for pid in kernels_of(server, template)]
    leave.wait()
    for trainee in trainees:
        trainee.join()
    errors = [trainee.error for trainee in trainees if trainee.error]
    for error in errors[:3]:
        print(error, file=sys.stderr)
    clicks = sorted(click for trainee in trainees for click in trainee.clicks)
    deadline = time.monotonic() + CLOSE_WITHIN
    while kernels_of(server, template) and time.monotonic() < deadline:
        time.sleep(0.5)
    return {
        "people": len(trainees),
        "joined": sum(trainee.joined > 0 for trainee in trainees),
        "joined_s": round(max(trainee.joined for trainee in trainees) - began, 1),
        "click_median_ms": round(statistics.median(clicks)) if clicks else 0,
        "click_p95_ms": round(clicks[int(len(clicks) * 0.95)]) if clicks else 0,
        "saved": len(clicks),
        "errors": len(errors),
        "kernels": len(each),
        "kernel_mb": round(statistics.median(each), 1) if each else 0,
        "base_mb": round(base),
        "peak_mb": round(max(peak, whole)),
        "page_mb": round((whole - base) / len(trainees), 2),
        "leaked_kernels": len(kernels_of(server, template)),
    }


def wait_for(visitor: Visitor) -> None:
    while True:
        try:
            visitor.get("/masuk")
        except OSError:
            time.sleep(0.1)
        else:
            return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=[40, 100])
    parser.add_argument("--forked-people", type=int, nargs="*", default=[40])
    parser.add_argument("--stock-people", type=int, nargs="*", default=[40])
    parser.add_argument("--answers", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = {
        kind: [measure(people, options.answers, kind) for people in asked]
        for kind, asked in (
            ("in_process", options.people),
            ("forked", options.forked_people),
            ("stock", options.stock_people),
        )
    }
    print(json.dumps(found, indent=None if options.json else 1))


if __name__ == "__main__":
    main()
