"""What stands between a server and its kernels: never for ever, never on a port, gone afterwards."""

import json
import re
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest
from tests.support.open_pages import WITH_KERNELS
from tests.support.trainee_server import CODE, PIN, SHEET, TraineeServer
from tests.support.visitor import Visitor

PAGE = f"/tugas/{SHEET}"

#: A stranger's PUB socket at the port where a kernel's shell should be: libzmq drops the pipe after the
#: first messages, and the next one waits for room that never comes (docs/kernels.md).
SPEAK_TO_A_STRANGER = """
import asyncio, zmq
from umkm_apps.page_sessions.kernel_sockets import PageKernel, make_context

async def speak():
    context = make_context()
    stranger = context.socket(zmq.PUB)
    port = stranger.bind_to_random_port("tcp://127.0.0.1")
    kernel = PageKernel(transport="tcp", ip="127.0.0.1", shell_port=port, iopub_port=port, context=context)
    client = kernel.client()
    client.start_channels(iopub=False, stdin=False, hb=False, control=False)
    try:
        while True:  # until libzmq has dropped the pipe, which takes longer on a busy machine
            client.kernel_info()
            await asyncio.sleep(0.001)
    except zmq.Again:
        print("Again")
    client.stop_channels()
    context.destroy(linger=0)

asyncio.run(speak())
"""


def test_a_stranger_at_a_kernels_address_does_not_stop_the_server_for_ever():
    # Upstream's socket would wait until the time-out kills this.
    done = subprocess.run(
        [sys.executable, "-c", SPEAK_TO_A_STRANGER],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "Again", done.stderr


@pytest.fixture
def data_dir(tmp_path):
    return tmp_path / "data"


def log_in(server):
    visitor = Visitor(server.url)
    assert visitor.log_in(CODE, PIN).status_code == 303
    return visitor


def folders_of(server):
    """The socket folders that a running server holds open."""
    files = psutil.Process(server.process.pid).open_files()
    return [Path(file.path).parent for file in files if file.path.endswith("/pemilik")]


def test_kernels_are_reached_by_no_port_and_what_a_killed_server_left_is_swept(data_dir):
    server = TraineeServer(data_dir, dict(WITH_KERNELS)).start()
    try:
        visitor = log_in(server)
        visitor.open_page(PAGE)
        # What ipykernel opens for itself is its own: the server speaks to no port of a kernel.
        spoken = psutil.Process(server.process.pid).net_connections("inet")
        assert {one.laddr.port for one in spoken} == {server.port}
        left = folders_of(server)
        assert len(left) == 2
        found = [path for folder in left for path in folder.rglob("*kernel-*")]
        assert any(path.name.endswith(".json") for path in found)
        assert any(path.is_socket() for path in found)
        server.kill()
        assert all(folder.exists() for folder in left)
        server.start()
        assert not any(folder.exists() for folder in left)
        now = folders_of(server)
        server.stop()
        assert not any(folder.exists() for folder in now)
    finally:
        server.stop()


def test_a_kernel_that_does_not_start_costs_its_own_page_only(data_dir):
    spec = data_dir / "jupyter" / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text(
        json.dumps({"argv": ["sleep", "600"], "display_name": "Python 3", "language": "python"})
    )
    extra = {"UMKM_START_LIMIT": "4", "JUPYTER_PATH": str(data_dir / "jupyter")}
    server = TraineeServer(data_dir, WITH_KERNELS | extra).start()
    try:
        visitor, other = log_in(server), log_in(server)
        pages = []
        opening = threading.Thread(target=lambda: pages.append(visitor.get(PAGE)))
        opening.start()
        # Beranda is there for others meanwhile.
        assert other.get("/").status_code == 200
        opening.join(90)
        assert len(pages) == 1
        told = re.sub(r"\s+", " ", pages[0].text)
        assert "Halaman ini belum terbuka sampai selesai" in told or (
            "Halaman ini terlalu lama disiapkan" in told
        )
        children = psutil.Process(server.process.pid).children(recursive=True)
        assert not [child for child in children if "sleep" in child.cmdline()]
    finally:
        server.stop()
