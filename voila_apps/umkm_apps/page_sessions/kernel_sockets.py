"""The ZMQ sockets between the server and kernels: their limit, and that none blocks for ever."""

from __future__ import annotations

import resource
from functools import partial
from typing import Any

import zmq
import zmq.asyncio
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager

#: Milliseconds that a send waits in the server's only thread where nobody takes the message. Sockets
#: queue a thousand first, so an honest kernel never comes so far; without a limit one that stands
#: in the way of an address would stop the server for ever (docs/kernels.md).
SEND_PATIENCE_MS = 250
#: Bytes of the largest message that is taken from a kernel; one that sends more is cut off. Pages of ours
#: send photos of 1 MB.
LARGEST_FROM_KERNEL = 16 * 2**20
#: What is kept for a connection that broke, in bytes. Whoever comes back later asks for all states anyway.
MOST_REPLAYED = 2**20


def socket_limit() -> int:
    """Return how many ZMQ sockets this process may open: as many as files, and what libzmq can count."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    most = zmq.Context.instance().get(zmq.SOCKET_LIMIT)
    return most if files == resource.RLIM_INFINITY else min(most, files)


def make_context(largest: int = LARGEST_FROM_KERNEL) -> zmq.asyncio.Context:
    """Return a context for sockets to kernels; libzmq's own limit is 1023 of them.

    Args:
        largest: Bytes of the largest message that one of them takes.
    """
    context = zmq.asyncio.Context()
    # Before the first socket: later it would have no effect.
    context.set(zmq.MAX_SOCKETS, socket_limit())
    context.setsockopt(zmq.SNDTIMEO, SEND_PATIENCE_MS)
    context.setsockopt(zmq.MAXMSGSIZE, largest)
    return context


class PageKernel(ServerKernelManager):
    """The manager of one page's kernel; its clients share the context of all."""

    def client(self, **kwargs: Any) -> Any:
        """Return a client; upstream gives each a context, and so a thread, of its own."""
        return super().client(**{"context": self.context, **kwargs})


class Replay(list[Any]):
    """The messages of a kernel while its page has no connection; too many are dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.size = 0
        self.is_overfull = False

    def append(self, item: Any) -> None:
        """Store one message: a channel, and its parts."""
        self.size += sum(map(len, item[1]))
        if self.size > MOST_REPLAYED:
            self.is_overfull = True
            self.clear()
        else:
            super().append(item)


def bound_replay(buffer: dict[str, Any]) -> None:
    """Limit one of jupyter_server's replay buffers to `MOST_REPLAYED` bytes."""
    replay = buffer["buffer"] = Replay()
    for channel, stream in buffer["channels"].items():
        stream.on_recv(partial(_keep, replay, channel))


def _keep(replay: Replay, channel: str, parts: list[bytes]) -> None:
    replay.append((channel, parts))
