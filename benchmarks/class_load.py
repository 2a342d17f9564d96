"""A class joins the assignment page at once: forked kernels against stock ones.

    python benchmarks/class_load.py [--json] [--people 40] [--answers 20] [--stock]

Everybody logs in before the clock starts, opens the page within 3 seconds of each other, connects a
real WebSocket, and sends answers with think time. `joined_s` is from the first request of the page
until the last person's widgets are there; `click` is from sending a change until the kernel says it
is durable. `--stock` measures the same class with stock kernels afterwards, in the same run.
"""

from __future__ import annotations

import argparse
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
from uuid import uuid4

import psutil

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.open_workshop import free_port  # noqa: E402
from tests.browser.visitor import Visitor, message  # noqa: E402

from umkm_cli.warm_kernels import PRELOAD, use_forked_kernels  # noqa: E402
from umkm_kernels import TemplateServer  # noqa: E402
from umkm_records import Registration, make_sample_class, open_records, register  # noqa: E402

PAGE = "/tugas/pembukuan-dua-laci"
PIN = "739152"
CONTROL = "jupyter.widget.control"


class Trainee(threading.Thread):
    """One person: opens the page, then answers."""

    def __init__(self, url: str, code: str, answers: int) -> None:
        super().__init__(daemon=True)
        self.visitor = Visitor(url)
        self.code, self.answers = code, answers
        self.clicks: list[float] = []
        self.joined = 0.0
        self.error = ""
        self.chance = random.Random(code)

    def log_in(self) -> None:
        answer = self.visitor.log_in(self.code, PIN)
        assert answer.status_code == 303, answer.status_code

    def run(self) -> None:
        try:
            time.sleep(self.chance.random() * 3)
            socket = self.visitor.websocket(self.visitor.open_page(PAGE))
            socket.settimeout(60)
            models = self.widgets(socket)
            self.joined = time.monotonic()
            for seq in range(1, self.answers + 1):
                time.sleep(self.chance.uniform(0.5, 2.0))
                self.answer(socket, models, seq)
            socket.close()
        except Exception as error:
            self.error = repr(error)

    def widgets(self, socket) -> str:
        """Ask for all widgets, as Voila's front end does; returns the model of the long text."""
        comm = uuid4().hex
        hello = json.loads(
            message("comm_open", {"comm_id": comm, "target_name": CONTROL, "data": {}})
        )
        # ipywidgets refuses a control comm that does not say which protocol it speaks.
        hello["metadata"] = {"version": "1.0.0"}
        socket.send(json.dumps(hello))
        ask = {"comm_id": comm, "data": {"method": "request_states"}}
        socket.send(message("comm_msg", ask))
        while True:
            said = json.loads(read_text(socket))
            data = said["content"].get("data", {}) if said["msg_type"] == "comm_msg" else {}
            if data.get("method") != "update_states":
                continue
            for model, found in data["states"].items():
                if found["state"].get("question", {}).get("kind") == "long_text":
                    return model

    def answer(self, socket, model: str, seq: int) -> None:
        change = {"type": "change", "answer": f"jawaban {seq}", "writer": "muatan", "seq": seq}
        began = time.monotonic()
        socket.send(
            message("comm_msg", {"comm_id": model, "data": {"method": "custom", "content": change}})
        )
        while True:
            said = json.loads(read_text(socket))
            state = (
                said["content"].get("data", {}).get("state", {})
                if said["msg_type"] == "comm_msg"
                else {}
            )
            if state.get("saved_seq") == seq:
                self.clicks.append((time.monotonic() - began) * 1000)
                return


def read_text(socket) -> str:
    """The JSON part of a frame; a binary frame carries buffers after it."""
    frame = socket.recv()
    if isinstance(frame, str):
        return frame
    count = int.from_bytes(frame[:4], "big")
    first = int.from_bytes(frame[4:8], "big")
    end = int.from_bytes(frame[8:12], "big") if count > 1 else len(frame)
    return frame[first:end].decode()


def class_of(database: str, people: int) -> list[str]:
    records = open_records(database)
    make_sample_class(records)
    return [
        register(
            records,
            Registration(
                "SERANG-1", f"Peserta {number}", "Warung", "warung", "36.73.02.1001",
                f"08120001{number:04d}", "uji", consent_given=True, pin=PIN,
            ),
        ).code
        for number in range(people)
    ]  # fmt: skip


def private_mb(process: psutil.Process) -> float:
    total = 0.0
    for each in [process, *process.children(recursive=True)]:
        try:
            for line in Path(f"/proc/{each.pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Private_Dirty:"):
                    total += int(line.split()[1]) / 1024
        except OSError:
            continue
    return total


def measure(people: int, answers: int, forked: bool) -> dict[str, float]:
    folder = Path(tempfile.mkdtemp())
    database = f"sqlite:///{folder / 'umkm.db'}"
    codes = class_of(database, people)
    port = free_port()
    environment = {
        **os.environ, "UMKM_HOME": str(ROOT), "UMKM_DATA": str(folder), "UMKM_DATABASE": database,
        "UMKM_PORT": str(port), "UMKM_CLOSED_GRACE": "1", "UMKM_SILENT_GRACE": "2",
    }  # fmt: skip
    environment.pop("UMKM_KERNELS_SOCKET", None)
    template = None
    if forked:
        use_forked_kernels(folder)
        template = TemplateServer(PRELOAD, pool=6)
        template.start()
        template.wait_ready()
        environment |= {**template.environment, "JUPYTER_PATH": os.environ["JUPYTER_PATH"]}
    server = subprocess.Popen(
        [sys.executable, "-m", "umkm_apps"], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        return run_class(
            server, [Trainee(f"http://127.0.0.1:{port}", code, answers) for code in codes]
        )
    finally:
        server.terminate()
        server.wait(60)
        if template is not None:
            template.stop()


def run_class(server: subprocess.Popen[bytes], class_: list[Trainee]) -> dict[str, float]:
    while True:
        try:
            class_[0].visitor.get("/masuk")
            break
        except OSError:
            time.sleep(0.1)
    for trainee in class_:
        trainee.log_in()
    whole = psutil.Process()
    before = private_mb(whole)
    began, peak = time.monotonic(), 0.0
    for trainee in class_:
        trainee.start()
    while any(trainee.is_alive() for trainee in class_):
        peak = max(peak, private_mb(whole) - before)
        time.sleep(1)
    errors = [trainee.error for trainee in class_ if trainee.error]
    for error in errors[:3]:
        print(error, file=sys.stderr)
    clicks = sorted(click for trainee in class_ for click in trainee.clicks)
    joined = [trainee.joined for trainee in class_ if trainee.joined]
    time.sleep(8)
    mine = {p.pid for p in psutil.Process(server.pid).children(recursive=True)}
    return {
        "joined_s": round(max(joined) - began, 1),
        "click_median_ms": round(statistics.median(clicks)),
        "click_p95_ms": round(clicks[int(len(clicks) * 0.95)]),
        "saved": len(clicks),
        "errors": len(errors),
        "leaked_kernels": len(mine),
        "peak_mb": round(peak),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=40)
    options.add_argument("--answers", type=int, default=20)
    options.add_argument("--stock", action="store_true")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    found = {"forked": measure(chosen.people, chosen.answers, forked=True)}
    if chosen.stock:
        os.environ.pop("JUPYTER_PATH", None)
        found["stock"] = measure(chosen.people, chosen.answers, forked=False)
    print(json.dumps(found, indent=None if chosen.json else 1))


if __name__ == "__main__":
    main()
