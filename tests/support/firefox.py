"""A stock Firefox, driven over WebDriver BiDi.

Playwright drives only a Firefox of its own build.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import subprocess
import time
from pathlib import Path
from typing import Any

import websocket
from tests.support.open_workshop import free_port
from tests.support.patience import PATIENCE

#: No requests to any host but the server under test.
QUIET = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.active-protocols": 1,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}
TIMEOUT = 30.0


class Firefox:
    """A window of the size of a phone."""

    def __init__(self, path: str, folder: Path) -> None:
        profile = folder / "profile"
        profile.mkdir()
        lines = [f'user_pref("{name}", {json.dumps(value)});' for name, value in QUIET.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        port = free_port()
        self._log = (folder / "firefox.log").open("wb")
        self._process = subprocess.Popen(
            [path, "--headless", "--no-remote", "--profile", str(profile), f"--remote-debugging-port={port}"],
            stdout=self._log, stderr=self._log,
        )  # fmt: skip
        self._numbers = itertools.count(1)
        self.errors: list[str] = []
        self.requested: list[str] = []
        self._socket = self._connect(f"ws://127.0.0.1:{port}/session")
        self._call("session.new", capabilities={})
        self._call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self._context = self._call("browsingContext.getTree")["contexts"][0]["context"]
        self._call(
            "browsingContext.setViewport",
            context=self._context,
            viewport={"width": 360, "height": 740},
        )

    def go(self, address: str) -> None:
        self._call("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def reload(self) -> None:
        self._call("browsingContext.reload", context=self._context, wait="complete")

    def run(self, function: str, *arguments: str) -> Any:
        """Return the result of a JavaScript function for some texts."""
        answer = self._call(
            "script.callFunction",
            functionDeclaration=f"(...words) => JSON.stringify(({function})(...words))",
            arguments=[{"type": "string", "value": word} for word in arguments],
            target={"context": self._context},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"].get("value", "null"))

    def wait(self, function: str, *arguments: str) -> Any:
        """Wait until a JavaScript function returns a true value, and return it."""
        deadline = time.monotonic() + TIMEOUT
        while not (found := self.run(function, *arguments)):
            assert time.monotonic() < deadline, (function, arguments)
            time.sleep(0.1)
        return found

    def tap(self, selector: str) -> None:
        """Tap the middle of an element, once it is visible."""
        x, y = self.wait(
            """selector => {
              const node = document.querySelector(selector);
              if (!node || !node.checkVisibility({ visibilityProperty: true })) return null;
              node.scrollIntoView({ block: "center" });
              const { left, top, width, height } = node.getBoundingClientRect();
              return [Math.round(left + width / 2), Math.round(top + height / 2)];
            }""",
            selector,
        )
        steps = [{"type": "pointerMove", "x": x, "y": y}, {"type": "pointerDown", "button": 0},
                 {"type": "pointerUp", "button": 0}]  # fmt: skip
        self._act({"type": "pointer", "id": "finger", "actions": steps})

    def write(self, text: str) -> None:
        """Type into the focused element."""
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": keys})

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self._call("browser.close")
        self._socket.close()
        self._process.terminate()
        self._process.wait(PATIENCE)
        self._log.close()

    def _act(self, *sources: dict[str, Any]) -> None:
        self._call("input.performActions", context=self._context, actions=list(sources))

    def _connect(self, address: str) -> websocket.WebSocket:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return websocket.create_connection(
                    address, timeout=60, http_no_proxy=["127.0.0.1"], suppress_origin=True
                )
            except (OSError, websocket.WebSocketException):
                assert self._process.poll() is None, "Firefox ended"
                assert time.monotonic() < deadline
                time.sleep(0.2)

    def _call(self, method: str, **params: Any) -> Any:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            reply = json.loads(self._socket.recv())
            if reply.get("id") == number:
                assert reply["type"] == "success", reply
                return reply["result"]
            self._on_event(reply)

    def _on_event(self, event: dict[str, Any]) -> None:
        if event.get("method") == "log.entryAdded" and event["params"]["level"] == "error":
            self.errors.append(str(event["params"]["text"]))
        elif event.get("method") == "network.beforeRequestSent":
            self.requested.append(event["params"]["request"]["url"])
