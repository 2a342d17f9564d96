"""A TCP proxy on loopback that counts bytes, and can break connections as a phone's network does."""

from __future__ import annotations

import contextlib
import socket
import threading
import time


class Proxy:
    """Passes bytes between a browser and a server, unless a fault is set.

    `drop()` resets every connection and refuses new ones. `black_hole()` accepts all data on
    the connections there are, for ever, and accepts new ones without an answer; `heal()` lets
    new connections through again, while the black-holed ones stay open without data.
    """

    def __init__(self, port: int) -> None:
        self.target = port
        self.mode = "pass"
        self.bytes_down = 0
        self.pairs: list[tuple[socket.socket, socket.socket, dict]] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def drop(self) -> None:
        self.mode = "drop"
        for pair in self.pairs:
            self._close(pair)

    def black_hole(self) -> None:
        self.mode = "hole"
        for *_, fate in self.pairs:
            fate["dead"] = True

    def heal(self) -> None:
        self.mode = "pass"

    def bury(self) -> None:
        """Close the black-holed connections, as a phone does when it notices its new network."""
        for pair in self.pairs:
            if pair[2]["dead"]:
                self._close(pair)

    def close(self) -> None:
        self.listener.close()
        for pair in self.pairs:
            self._close(pair)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if self.mode == "drop":
                near.close()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:  # the server is restarting
                near.close()
                continue
            pair = (near, far, {"dead": self.mode == "hole"})
            self.pairs.append(pair)
            threading.Thread(target=self._pump, args=(pair, near, far, False), daemon=True).start()
            threading.Thread(target=self._pump, args=(pair, far, near, True), daemon=True).start()

    def _pump(self, pair, source, sink, down) -> None:
        while True:
            try:
                data = source.recv(65536)
                if pair[2]["dead"]:
                    # The end of the stream is not passed on either.
                    if not data:
                        time.sleep(0.5)
                    continue
                if not data:
                    break
                if down:
                    self.bytes_down += len(data)
                sink.sendall(data)
            except OSError:
                break
        if not pair[2]["dead"]:
            self._close(pair)

    @staticmethod
    def _close(pair) -> None:
        for end in pair[:2]:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
