"""One phone's WebSockets against a real server: its memory, its other readers, its kernels."""

import json
import re
import struct
import time

import psutil
import pytest
import websocket
from tests.support.open_pages import IN_PROCESS, WITH_KERNELS
from tests.support.patience import PATIENCE
from tests.support.trainee_server import CODE, LESSON, PIN, SHEET, TraineeServer
from tests.support.visitor import Visitor, framed, message, replies

from umkm_apps.page_sessions.kernel_connections import MOST_CONNECTIONS
from umkm_apps.page_sessions.kernel_websocket import GAVE_WAY

#: MB by which the server may grow; one tap on a closed line cost 3,264.
MOST_GROWTH = 100
TAP = message(
    "comm_msg", {"comm_id": "a", "data": {"method": "custom", "content": {"type": "check"}}}
)
BINARY, TEXT = websocket.ABNF.OPCODE_BINARY, websocket.ABNF.OPCODE_TEXT
PAGE = f"/tugas/{SHEET}"


@pytest.fixture(scope="module", params=[IN_PROCESS, WITH_KERNELS], ids=["in-process", "kernel"])
def server(tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("garis") / "data"
    opened = TraineeServer(folder, extra=request.param).start()
    yield opened
    opened.stop()


@pytest.fixture(scope="module")
def siti(server):
    visitor = Visitor(server.url)
    assert visitor.log_in(CODE, PIN).status_code == 303
    return visitor


@pytest.fixture
def grown(server, siti):
    """Gives by how many MB the server has grown since the test began."""
    process = psutil.Process(server.process.pid)
    siti.open_page(PAGE)
    before = process.memory_info().rss
    yield lambda: (process.memory_info().rss - before) / 2**20
    assert siti.get("/").status_code == 200


def closed_with(line, seconds=20):
    """Return the code with which the server closes a line; 1006 without a farewell."""
    line.settimeout(seconds)
    while True:
        try:
            opcode, data = line.recv_data()
        except (websocket.WebSocketConnectionClosedException, ConnectionError):
            return 1006
        if opcode == websocket.ABNF.OPCODE_CLOSE:
            return struct.unpack(">H", data[:2])[0] if len(data) >= 2 else 1005


def answered(line):
    """Whether the kernel answers by this line."""
    asked = message("kernel_info_request", {})
    line.send(asked)
    found = replies(line, json.loads(asked)["header"]["msg_id"])
    return any(said["msg_type"] == "kernel_info_reply" for said in found)


def test_a_tap_on_a_line_that_the_server_has_just_closed_costs_nothing(siti, grown):
    """The phone has not read yet that its page ends, and its messages arrive all the same."""
    line = siti.websocket(siti.open_page(PAGE))
    assert answered(line)
    siti.get(f"{PAGE}?ulang=1", allow_redirects=False)
    for _ in range(5):
        line.send(TAP)
    assert closed_with(line)
    # The server has read what was sent: it answers what came later on.
    assert siti.get("/").status_code == 200
    assert grown() < MOST_GROWTH


@pytest.mark.parametrize(
    ("opcode", "data"),
    [
        (BINARY, (6_000_000).to_bytes(4, "big")),
        (BINARY, (100_663_296).to_bytes(8, "little")),
        (BINARY, framed(TAP)[:-1]),
        (TEXT, TAP),
        (TEXT, "{}"),
    ],
)
def test_what_is_no_message_of_the_protocol_ends_the_line(siti, grown, opcode, data):
    line = siti.websocket(siti.open_page(PAGE))
    for _ in range(3):
        line.send_bare(data, opcode)
    assert closed_with(line) == 1003
    assert grown() < MOST_GROWTH


@pytest.mark.parametrize("words", [[], ["v0.kernel.websocket.jupyter.org"]])
def test_a_line_that_does_not_speak_our_protocol_is_refused(siti, words):
    kernel = siti.open_page(PAGE)
    cookies = "; ".join(f"{c.name}={c.value}" for c in siti.session.cookies)
    with pytest.raises(websocket.WebSocketBadStatusException) as refusal:
        websocket.create_connection(
            f"{siti.url.replace('http', 'ws')}/api/kernels/{kernel}/channels?session_id=a",
            cookie=cookies, origin=siti.url, subprotocols=words, timeout=15, http_no_proxy=["127.0.0.1"],
        )  # fmt: skip
    assert refusal.value.status_code == 400


def test_a_session_with_a_name_of_kilobytes_is_refused(siti):
    kernel = siti.open_page(PAGE)
    answer = siti.get(
        f"/api/kernels/{kernel}/channels?session_id={'x' * 5_000}",
        headers={"Sec-WebSocket-Protocol": "v1.kernel.websocket.jupyter.org"},
    )
    assert answer.status_code == 400
    assert answered(siti.websocket(kernel))


def test_the_oldest_of_many_lines_gives_way_and_the_newest_work(siti, server):
    kernel = siti.open_page(PAGE)
    lines = [siti.websocket(kernel) for _ in range(MOST_CONNECTIONS + 2)]
    assert [closed_with(line) for line in lines[:2]] == [GAVE_WAY, GAVE_WAY]
    assert all(answered(line) for line in lines[2:])
    for line in lines:
        line.close()


def test_who_opens_line_upon_line_is_asked_to_wait(siti, server):
    kernel = siti.open_page(f"/pelajaran/{LESSON}")
    refusals = []
    for _ in range(60):
        try:
            siti.websocket(kernel)
        except websocket.WebSocketBadStatusException as refusal:
            refusals.append(refusal.status_code)
    assert set(refusals) == {429}
    # Nobody else is concerned, nor another page of one's own.
    assert answered(siti.websocket(siti.open_page(PAGE)))


def test_a_widget_is_not_opened_from_a_browser(siti):
    line = siti.websocket(siti.open_page(PAGE))
    state = {"_model_name": "HTMLModel", "_model_module": "@jupyter-widgets/controls", "value": "x"}
    widget = {"comm_id": "asing", "target_name": "jupyter.widget", "data": {"state": state}}
    line.send(message("comm_open", widget))
    assert answered(line)
    control = {"comm_id": "tanya", "target_name": "jupyter.widget.control", "data": {}}
    hello = json.loads(message("comm_open", control))
    hello["metadata"] = {"version": "1.0.0"}
    line.send(json.dumps(hello))
    line.send(message("comm_msg", {"comm_id": "tanya", "data": {"method": "request_states"}}))
    line.settimeout(PATIENCE)
    while True:
        said = json.loads(line.recv())
        data = said["content"].get("data", {})
        if isinstance(data, dict) and data.get("method") == "update_states":
            break
    assert data["states"]
    assert "asing" not in data["states"]
    line.close()


def test_a_reader_who_never_reads_costs_little(siti, grown):
    """All states are asked for again and again, and nothing of the answers is read."""
    line = siti.websocket(siti.open_page(PAGE))
    control = {"comm_id": "tanya", "target_name": "jupyter.widget.control", "data": {}}
    hello = json.loads(message("comm_open", control))
    hello["metadata"] = {"version": "1.0.0"}
    line.send(json.dumps(hello))
    line.settimeout(1)
    asked = 0
    try:
        for _ in range(150):
            line.send(
                message("comm_msg", {"comm_id": "tanya", "data": {"method": "request_states"}})
            )
            asked += 1
    except OSError:
        pass  # read no faster than it may be sent
    assert asked >= 20
    line.shutdown()
    assert grown() < MOST_GROWTH


def test_words_for_developers_stay_in_the_log(siti, server):
    """A comm that fails tells on stderr, or in a traceback, where its code lies on the laptop."""
    page = siti.get(PAGE).text
    line = siti.websocket(re.search(r'data-kernel-id="([0-9a-f-]{36})"', page)[1])
    models = re.findall(r'"([0-9a-f]{32})": ?[{]', page)
    assert models
    line.send(message("comm_open", {"comm_id": "b", "target_name": "jupyter.widget.control"}))
    for model in models:
        line.send(message("comm_msg", {"comm_id": model, "data": {"method": "update", "state": 5}}))
    asked = message("kernel_info_request", {})
    line.send(asked)
    line.settimeout(PATIENCE)
    heard = []
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        said = json.loads(line.recv())
        heard.append(said)
        if said["parent_header"].get("msg_id") == json.loads(asked)["header"]["msg_id"]:
            break
    assert not [said for said in heard if said["msg_type"] in ("stream", "error")]
    assert "site-packages" not in json.dumps(heard)
    line.close()
    # It did fail, and said where.
    assert re.search(r"(Kernel [0-9a-f-]+:|Exception in widget)[\s\S]*site-packages", server.log)
