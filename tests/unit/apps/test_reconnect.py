"""A request to a kernel's line is over when it has been answered, whether or not it became a line."""

from types import SimpleNamespace

import pytest
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tests.unit.apps.coroutines import run_by_itself
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from umkm_apps.page_sessions.reconnect import ReconnectingWebSocket

LINES = ZMQChannelsWebsocketConnection._open_sessions


@pytest.fixture
def line(monkeypatch):
    """A request that jupyter_server notes as a line, as `_register_session` does, and then answers."""

    async def get(self, kernel_id):
        self.connection = SimpleNamespace(session_key=f"{kernel_id}:satu")
        LINES[f"{kernel_id}:satu"] = self
        if kernel_id == "rusak":
            raise ConnectionResetError

    monkeypatch.setattr(VoilaKernelWebsocketHandler, "get", get)
    yield ReconnectingWebSocket.__new__(ReconnectingWebSocket)
    LINES.clear()


def test_what_never_became_a_line_is_forgotten(line):
    run_by_itself(line.get("kernel"))
    assert LINES == {}


def test_what_broke_is_forgotten(line):
    with pytest.raises(ConnectionResetError):
        run_by_itself(line.get("rusak"))
    assert LINES == {}


def test_the_line_that_took_the_place_stays(line, monkeypatch):
    newer = object()

    async def get(self, kernel_id):
        self.connection = SimpleNamespace(session_key="kernel:satu")
        LINES["kernel:satu"] = newer

    monkeypatch.setattr(VoilaKernelWebsocketHandler, "get", get)
    run_by_itself(line.get("kernel"))
    assert {"kernel:satu": newer} == LINES
