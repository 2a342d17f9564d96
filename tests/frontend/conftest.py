import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.frontend.widget_notebooks import (
    assignment_notebook,
    stepwise_notebook,
    trivial_notebook,
    widgets_notebook,
)
from tests.support.patience import PATIENCE, PATIENCE_MS
from tests.support.proxy import Proxy

HERE = Path(__file__).parent
# A page waits for its kernel, and two cores may be busy with other tests.
expect.set_options(timeout=PATIENCE_MS)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class SmallVoila:
    """The server of these tests, in a process of its own."""

    def __init__(self, folder, *words):
        self.port = free_port()
        self.log = (folder / f"voila-{self.port}.log").open("w+")
        clean = {k: v for k, v in os.environ.items() if not k.startswith("UMKM_")}
        self.process = subprocess.Popen(
            [sys.executable, HERE / "small_voila.py", folder, str(self.port), *words],
            env={**clean, "IPYTHONDIR": str(folder / "ipython"), "JUPYTER_RUNTIME_DIR": str(folder / "run")},
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/kosong", timeout=5)
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.25)
        raise RuntimeError(Path(self.log.name).read_text())

    def address(self, name, port=None):
        return f"http://127.0.0.1:{port or self.port}/voila/render/{name}.ipynb"

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.log.close()


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("slim")
    (folder / "widgets.ipynb").write_text(widgets_notebook())
    (folder / "kecil.ipynb").write_text(trivial_notebook())
    (folder / "lambat.ipynb").write_text(trivial_notebook(slow=True))
    (folder / "bertahap.ipynb").write_text(stepwise_notebook())
    (folder / "tugas.ipynb").write_text(assignment_notebook())
    return folder


@pytest.fixture(scope="session")
def small_voila(notebooks):
    server = SmallVoila(notebooks)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def stock_voila(notebooks):
    server = SmallVoila(notebooks, "stock")
    yield server
    server.stop()


@pytest.fixture
def proxy(small_voila):
    made = Proxy(small_voila.port)
    yield made
    made.close()


#: A page's line stays down until `window.letThrough`: nothing listens at port 9.
HOLD_THE_LINE = """
const Native = window.WebSocket;
window.WebSocket = class extends Native {
  constructor(address, words) { super(window.letThrough ? address : "ws://127.0.0.1:9/", words); }
};
"""


class Visit:
    """One page in a browser of its own, with all it said and asked."""

    def __init__(self, chromium):
        self.context = chromium.new_context(viewport={"width": 400, "height": 800}, locale="id-ID")
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.problems, self.requests = [], []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", self._hear)
        self.page.on("request", lambda request: self.requests.append(request.url))

    def _hear(self, message):
        if message.type == "error":
            self.problems.append(message.text)


@pytest.fixture
def visit(chromium):
    made = Visit(chromium)
    yield made
    made.context.close()
