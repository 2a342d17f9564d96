"""Load test of the cashier game (*Simulasi kasir*): forty phones play over real WebSockets.

    python -m benchmarks.till_load [--people 40] [--rounds 3] [--seconds 20] [--json]

All participants open the page within 3 seconds and join the class's game: a first round of honest buyers,
then rounds in which some cheat. Sellers and buyers pause 1 to 3 seconds, poll as often as the page does, and
decide by the notification. Figures:

    <action>_median_ms, <action>_p95_ms   from a tap until the phone has its outcome
    decided      decisions made; `right`: of these, how many were right
    refused      taps that the game refused, by its message (another buyer was quicker, the round was over)
    errors       participants that failed; the first three errors are printed to standard error
    kernel_mb, peak_mb, leaked_kernels    as in class_load.py

The simulated phones share the processor with the server, unlike real ones.
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
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
from benchmarks.class_load import (
    CLOSE_WITHIN,
    CONTROL,
    JOIN_WITHIN,
    PIN,
    TIMEOUT,
    PatientVisitor,
    comm_data,
    json_part,
    kernels_of,
    private_mb,
    register_people,
    wait_for,
)
from tests.support.open_workshop import free_port
from tests.support.visitor import message

from umkm.qris.cashier_game import Kind
from umkm_cli.warm_kernels import open_template, use_forked_kernels
from umkm_records import open_records
from umkm_records.tools import (
    TillBoard,
    begin_till_game,
    end_till_game,
    next_till_round,
    till_board,
)

ROOT = Path(__file__).parents[1]

PAGE = "/alat/kasir-qris"
COHORT = "contoh-serang"
THINK = (1.0, 3.0)
POLL = 3.0


class OpenTills:
    """The codes of open tills, shared by all players."""

    def __init__(self) -> None:
        self._codes: set[str] = set()
        self._lock = threading.Lock()

    def add(self, code: str) -> None:
        with self._lock:
            self._codes.add(code)

    def take_one(self, rng: random.Random) -> str | None:
        with self._lock:
            if not self._codes:
                return None
            code = rng.choice(sorted(self._codes))
            self._codes.discard(code)
            return code


class Player(threading.Thread):
    """A player, from opening the page until the trainer ends the game."""

    def __init__(self, url: str, code: str, tills: OpenTills, joined: threading.Barrier) -> None:
        super().__init__(daemon=True)
        self.visitor = PatientVisitor(url)
        self.code, self.tills, self.joined = code, tills, joined
        self.rng = random.Random(code)
        self.taps: dict[str, list[float]] = defaultdict(list)
        self.refused: Counter[str] = Counter()
        self.view: dict[str, Any] = {}
        self.socket: Any = None
        self.model = ""
        self.error = ""

    def run(self) -> None:
        try:
            time.sleep(self.rng.random() * JOIN_WITHIN)
            self.socket = self.visitor.websocket(self.visitor.open_page(PAGE))
            self.socket.settimeout(TIMEOUT)
            self.model = self.find_till()
            self.tap("begin", mode="kelas")
        except Exception as error:
            self.error = repr(error)
        self.joined.wait(TIMEOUT)
        try:
            while not self.error and self.view["page"] != "tutup" and not self.view.get("over"):
                self.act(self.view)
        except Exception as error:
            self.error = repr(error)

    def find_till(self) -> str:
        """Request the widget states, as the page does, and return the model id of the till."""
        comm = uuid4().hex
        hello = json.loads(
            message("comm_open", {"comm_id": comm, "target_name": CONTROL, "data": {}})
        )
        hello["metadata"] = {"version": "1.0.0"}
        self.socket.send(json.dumps(hello))
        ask = {"comm_id": comm, "data": {"method": "request_states"}}
        self.socket.send(message("comm_msg", ask))
        while True:
            states = comm_data(self.socket).get("states", {})
            for model, found in states.items():
                if "view" in found["state"]:
                    self.view = found["state"]["view"]
                    return str(model)

    def act(self, view: dict[str, Any]) -> None:
        """Do what a participant does who sees this page."""
        page = view["page"]
        if page in ("kasir-tutup", "hasil"):
            self.think()
            self.tap("open")
            if self.view["page"] == "kasir-buka":
                self.tills.add(self.view["code"])
        elif page == "kasir-putus":
            self.think()
            waits = not view["notified"] and view["may_wait"]
            decision = "serahkan" if view["notified"] == self.whole(view) else "tolak"
            self.tap("decide", decision="tunggu" if waits else decision, code=view["code"])
        elif page in ("pembeli-cari", "pembeli-hasil"):
            self.think()
            if code := self.tills.take_one(self.rng):
                self.tap("visit", text=code)
            else:
                self.tap("look")
        elif page == "pembeli-bayar":
            self.think()
            self.tap("pay", amount=view["price"])
        else:
            time.sleep(POLL)
            self.tap("look")

    @staticmethod
    def whole(view: dict[str, Any]) -> str:
        return f"{view['price']} masuk lewat QRIS."

    def think(self) -> None:
        time.sleep(self.rng.uniform(*THINK))

    def tap(self, kind: str, **more: str) -> None:
        """Send an action, and wait for its outcome."""
        content = {"type": kind, "id": uuid4().hex, **more}
        sent = message(
            "comm_msg",
            {"comm_id": self.model, "data": {"method": "custom", "content": content}},
        )
        request_id = json.loads(sent)["header"]["msg_id"]
        began = time.monotonic()
        self.socket.send(sent)
        while True:
            received = json.loads(json_part(self.socket.recv()))
            state = received["content"].get("data", {}).get("state", {})
            self.view = state.get("view", self.view)
            outcome = state.get("outcome", {})
            if outcome.get("message"):
                self.refused[outcome["message"]] += 1
            # Changes of state come before the kernel is idle again.
            is_mine = received["parent_header"].get("msg_id") == request_id
            if is_mine and received["content"].get("execution_state") == "idle":
                break
        self.taps[kind].append((time.monotonic() - began) * 1000)


def play(
    database: str, players: list[Player], joined: threading.Barrier, plan: tuple[int, float]
) -> tuple[float, TillBoard]:
    """Run the rounds, and return the largest sum of memory and the board."""
    rounds, seconds = plan
    peak = 0.0
    with open_records(database) as records:
        begin_till_game(records, COHORT, "muatan", Kind.HONEST)
        for player in players:
            player.start()
        joined.wait(TIMEOUT)
        for number in range(rounds):
            if number:
                next_till_round(records, COHORT, Kind.MIXED)
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                mine = psutil.Process().children(recursive=True)
                peak = max(peak, sum(private_mb(process.pid) for process in mine))
                time.sleep(1)
        end_till_game(records, COHORT)
        board = till_board(records, COHORT)
        assert board is not None
    for player in players:
        player.join(TIMEOUT)
    return peak, board


def measure(people: int, plan: tuple[int, float]) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp())
    database = f"sqlite:///{folder / 'umkm.db'}"
    codes = register_people(database, people)
    port = free_port()
    use_forked_kernels(folder)
    template = open_template(page_kernels=False)
    template.wait_ready()
    environment = {
        **os.environ, "UMKM_HOME": str(ROOT), "UMKM_DATA": str(folder), "UMKM_DATABASE": database,
        "UMKM_PORT": str(port), "UMKM_CLOSED_GRACE": "1", "UMKM_SILENT_GRACE": "2",
        "UMKM_MOST_PAGES": str(people + 10),
    }  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "umkm_apps"], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        tills, joined = OpenTills(), threading.Barrier(people + 1)
        players = [Player(f"http://127.0.0.1:{port}", code, tills, joined) for code in codes]
        wait_for(players[0].visitor)
        for player in players:
            assert player.visitor.log_in(player.code, PIN).status_code == 303
        peak, board = play(database, players, joined, plan)
        process = psutil.Process(server.pid)
        each = [private_mb(pid) for pid in kernels_of(process, template)]
        for player in players:
            if player.socket is not None:
                player.socket.close()
        deadline = time.monotonic() + CLOSE_WITHIN
        while kernels_of(process, template) and time.monotonic() < deadline:
            time.sleep(0.5)
        leaked = len(kernels_of(process, template))
    finally:
        server.terminate()
        server.wait(60)
        template.stop()
    memory = {
        "kernel_mb": round(statistics.median(each), 1) if each else 0,
        "peak_mb": round(peak),
        "leaked_kernels": leaked,
    }
    return {"people": people, **figures(players, board), **memory}


def figures(players: list[Player], board: TillBoard) -> dict[str, Any]:
    """Return the figures of the players and of the board."""
    errors = [player.error for player in players if player.error]
    for error in errors[:3]:
        print(error, file=sys.stderr)
    refused: Counter[str] = sum((player.refused for player in players), Counter())
    times: dict[str, Any] = {}
    for kind in ("open", "visit", "pay", "decide", "look"):
        taps = sorted(each for player in players for each in player.taps[kind])
        if taps:
            times[f"{kind}_median_ms"] = round(statistics.median(taps))
            times[f"{kind}_p95_ms"] = round(taps[int(len(taps) * 0.95)])
            times[f"{kind}_count"] = len(taps)
    return {
        "joined": board.players,
        **times,
        "decided": board.whole.decided,
        "right": board.whole.right,
        "refused": dict(refused),
        "errors": len(errors),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = measure(options.people, (options.rounds, options.seconds))
    print(json.dumps(result, ensure_ascii=False, indent=None if options.json else 1))


if __name__ == "__main__":
    main()
