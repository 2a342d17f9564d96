"""Refreshing a cached page: the states of its widgets as the kernel has them now.

The server asks the page's kernel, over loopback and for a moment only. A kernel at work does not
answer in time; the page then waits for it by itself, over its own line.
"""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import uuid4

import zmq.asyncio

from .in_process.kernel import InProcessKernel
from .kernel_sockets import make_context
from .widget_state import states_as_text

#: A reader waits this many seconds at most for states that would save a slow line a question.
PATIENCE = 0.4
#: Bytes of states above which a reader gets the page as it was made: reading so many would keep
#: everybody else waiting. libzmq takes no larger message, so it costs no memory either.
MOST_STATES = 2 * 2**20
_LISTENING = 0.05
_STATES = re.compile(
    r'(<script type="application/json" data-slim-states="\d+">).*?(</script>)', re.S
)


@cache
def _context() -> zmq.asyncio.Context:
    return make_context(MOST_STATES)


async def refreshed(html: str, kernel: Any) -> str | None:
    """Return a page with its widgets' states as the kernel has them now, or None if it cannot say soon.

    Args:
        html: The page as it was made.
        kernel: The manager of its kernel.
    """
    if _STATES.search(html) is None:
        return None
    if isinstance(kernel, InProcessKernel):
        try:
            async with asyncio.timeout(PATIENCE):
                text = await kernel.queue.run(lambda: states_as_text(kernel.page.states(), {}, ()))
        except TimeoutError:
            return None
        return _with_states(html, text) if len(text) <= MOST_STATES else None
    client = kernel.client(context=_context())
    client.start_channels(stdin=False, hb=False, control=False)
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await _snapshot(client)
    except TimeoutError:
        return None
    finally:
        client.stop_channels()
    if answer is None:
        return None
    return _with_states(html, _as_text(answer))


def _with_states(html: str, text: str) -> str:
    later = iter([text])
    return _STATES.sub(lambda found: _element(found, next(later, "")), html)


def _element(found: re.Match[str], text: str) -> str:
    return f"{found[1]}{text}{found[2]}" if text else ""


def _as_text(answer: Mapping[str, Any]) -> str:
    content = answer["content"]["data"]
    states = {
        name: told["state"]
        | {"_model_name": told["model_name"], "_model_module": told["model_module"]}
        for name, told in content["states"].items()
    }
    buffers: dict[str, dict[Any, Any]] = {}
    for (name, *path), part in zip(content["buffer_paths"], answer["buffers"], strict=True):
        data = base64.b64encode(part).decode("ascii")
        buffers.setdefault(name, {})[tuple(path)] = {"path": path, "data": data}
    return states_as_text(states, buffers, ())


async def _snapshot(client: Any) -> Mapping[str, Any] | None:
    """Return the kernel's answer to `request_states`, or None where ipywidgets is not imported."""
    while not await client.iopub_channel.msg_ready():
        # Nothing is heard before the subscription has reached the kernel.
        client.kernel_info()
        await client.iopub_channel.socket.poll(_LISTENING * 1000)
    comm = uuid4().hex
    _say(
        client, "comm_open", {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}}
    )
    _say(client, "comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})
    while True:
        said: Mapping[str, Any] = await client.get_iopub_msg()
        if said["content"].get("comm_id") != comm:
            continue
        if said["msg_type"] == "comm_close":
            return None
        if said["content"]["data"].get("method") == "update_states":
            _say(client, "comm_close", {"comm_id": comm, "data": {}})
            return said


def _say(client: Any, kind: str, content: Mapping[str, Any]) -> None:
    client.shell_channel.send(client.session.msg(kind, content, metadata={"version": "1.0.0"}))
