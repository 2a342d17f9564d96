"""One page whose widgets live in the server: it runs cells, and answers the messages of its browser.

It speaks the kernel protocol as far as a page of ours does (docs/page-sessions.md): kernel_info, the
control comm of ipywidgets, and the comms of widgets. Nothing is executed: cells are calls that
umkm_courses has read, and a message can only reach a widget of the same page.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final
from uuid import uuid4

import ipywidgets
from ipywidgets.widgets.widget import _instances, _remove_buffers
from nbformat import NotebookNode
from nbformat.v4 import new_output

from umkm.exercise import Question
from umkm_courses.page_cells import Action
from umkm_widgets import assess, practice, recall
from umkm_widgets.pictures import money_went, month_cash
from umkm_widgets.question import QuestionWidget
from umkm_widgets.session import NotebookSession, use_session

from .comms import PageComms, use_comms
from .frames import VERSION, is_said_once, make_frame

CONTROL: Final = "jupyter.widget.control"
#: Messages that are known again when they come twice; a page repeats what it sent in some seconds.
MOST_SEEN: Final = 500
#: Bytes of tools' own messages (a file that was made) that wait for a connection that broke.
MOST_WAITING: Final = 2**20
#: Ids that a browser chooses are kept: how long one may be, and how many control comms are remembered.
LONGEST_ID: Final = 128
MOST_CONTROLS: Final = 20
WIDGET_VIEW: Final = "application/vnd.jupyter.widget-view+json"

_CALLS: Final[Mapping[str, Callable[..., object]]] = {
    "practice": practice,
    "recall": recall,
    "money_went": money_went,
    "month_cash": month_cash,
}
_KERNEL_INFO: Final = {
    "status": "ok",
    "protocol_version": VERSION,
    "implementation": "umkm",
    "implementation_version": "1",
    "language_info": {"name": "python"},
    "banner": "",
}

_log = logging.getLogger(__name__)

#: Takes a frame of `v1.kernel.websocket.jupyter.org`.
Send = Callable[[bytes], object]


class PageClosed(Exception):
    """Raised where a page that has ended is still to show something."""


class InProcessPage:
    """The widgets of one page, and the connections that look at them.

    Args:
        session: what its cells share: answer store, review source, folder.
    """

    def __init__(self, session: NotebookSession) -> None:
        self.id = str(uuid4())
        self.session = session
        #: Where frames go; one for each open WebSocket.
        self.connections: set[Send] = set()
        self._comms = PageComms(self._publish)
        #: Ids of open control comms, the oldest first.
        self._control: dict[str, None] = {}
        self._parent: dict[str, Any] = {}
        self._seen: dict[str, None] = {}
        self._is_closed = False
        #: The session of the connection that broke last, and what is to be said to it when it is back:
        #: states of widgets are asked for anew, a message is said once.
        self._left_by = ""
        self._waiting: list[bytes] = []

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        with use_session(self.session), use_comms(self._comms):
            yield

    # -- cells

    def run(self, actions: Sequence[Action]) -> list[NotebookNode]:
        """Return the outputs of a cell: a widget for each question, a figure for each chart.

        Raises:
            UmkmError: a key or a table does not fit; the page cannot be shown.
        """
        with self._showing() as outputs:
            for action in actions:
                value = _CALLS[action.name](**action.arguments)
                if isinstance(value, ipywidgets.Widget):
                    outputs.append(_output_of(value, {}))
        return outputs

    def ask(self, questions: Sequence[tuple[str, Question, float]]) -> list[NotebookNode]:
        """Return the outputs of an assignment: a widget for each id, question and points."""
        with self._showing() as outputs:
            outputs += [_output_of(assess(*each), {}) for each in questions]
        return outputs

    def show(self, job: Callable[[], object]) -> list[NotebookNode]:
        """Return the outputs of what a job displays (`umkm_widgets.session.display_here`)."""
        with self._showing() as outputs:
            job()
        return outputs

    @contextmanager
    def _showing(self) -> Iterator[list[NotebookNode]]:
        if self._is_closed:
            raise PageClosed
        outputs: list[NotebookNode] = []
        self.session.show = lambda thing, metadata: outputs.append(_output_of(thing, metadata))
        try:
            with self._at_work():
                yield outputs
        finally:
            self.session.show = None

    # -- widgets

    def states(self) -> dict[str, dict[str, Any]]:
        """Return the state of each widget by its id, without binary parts."""
        return {name: told["state"] for name, told in self._snapshot()[0].items()}

    def _snapshot(self) -> tuple[dict[str, Any], list[list[Any]], list[bytes]]:
        states: dict[str, Any] = {}
        paths: list[list[Any]] = []
        buffers: list[bytes] = []
        for widget in self._widgets():
            # As ipywidgets answers `request_states`, for its own widgets only (Widget._handle_control_comm_msg).
            whole = widget.get_state()
            state, own_paths, own_buffers = _remove_buffers(whole)
            names = {
                key: whole[f"_{key}"]
                for key in ("model_name", "model_module", "model_module_version")
            }
            states[widget.model_id] = {**names, "state": state}
            paths += [[widget.model_id, *path] for path in own_paths]
            buffers += [bytes(each) for each in own_buffers]
        return states, paths, buffers

    def _widgets(self) -> list[Any]:
        return [_instances[name] for name in list(self._comms.comms) if name in _instances]

    def close(self) -> None:
        """Close the page's widgets: nothing of it stays in the process, and it makes no new ones."""
        self._is_closed = True
        # First: a browser that heard of it would take the questions off its page.
        self.connections.clear()
        with self._at_work():
            for widget in self._widgets():
                widget.close()

    # -- connections

    def connect(self, session: str, send: Send) -> list[bytes]:
        """Add a connection of a browser's session; return the frames that waited for it."""
        self.connections.add(send)
        waiting, self._waiting = self._waiting, []
        return waiting if session == self._left_by else []

    def disconnect(self, session: str, send: Send) -> None:
        """Remove a connection; what tools say from now on waits for its session to come back."""
        self.connections.discard(send)
        self._left_by = session

    # -- messages

    def receive(
        self,
        channel: str,
        header: dict[str, Any],
        content: dict[str, Any],
        buffers: Sequence[bytes] = (),
    ) -> None:
        """Handle one message of the browser; an error in it ends that message, not the page."""
        if self._is_closed:
            return
        self._parent = header
        self._publish("status", {"execution_state": "busy"}, {}, [])
        try:
            # A page says again what was not answered before its connection broke.
            if not self._is_new(header["msg_id"]):
                return
            with self._at_work():
                self._handle(channel, header, content, buffers)
        except Exception:
            _log.exception("message %r of page %s failed", header.get("msg_type"), self.id)
        finally:
            self._publish("status", {"execution_state": "idle"}, {}, [])
            self._parent = {}

    def _is_new(self, message_id: str) -> bool:
        if message_id in self._seen:
            return False
        self._seen[message_id] = None
        while len(self._seen) > MOST_SEEN:
            del self._seen[next(iter(self._seen))]
        return True

    def _handle(
        self,
        channel: str,
        header: dict[str, Any],
        content: dict[str, Any],
        buffers: Sequence[bytes],
    ) -> None:
        comm_id = content.get("comm_id")
        if comm_id is not None and not (isinstance(comm_id, str) and len(comm_id) <= LONGEST_ID):
            return
        match header["msg_type"]:
            case "kernel_info_request":
                self._send(channel, "kernel_info_reply", _KERNEL_INFO, {}, [])
            case "comm_open" if content.get("target_name") == CONTROL:
                self._control[str(comm_id)] = None
                # A page that lost its connection before it was answered has closed none.
                if len(self._control) > MOST_CONTROLS:
                    del self._control[next(iter(self._control))]
            case "comm_close":
                self._control.pop(str(comm_id), None)
            case "comm_msg" if comm_id in self._control:
                self._answer_control(str(comm_id), content)
            case "comm_msg" if comm_id in self._comms.comms and self._accepts(comm_id, content):
                message = {"content": content, "buffers": list(buffers), "header": header}
                self._comms.comms[str(comm_id)].handle_msg(message)

    @staticmethod
    def _accepts(comm_id: object, content: Mapping[str, Any]) -> bool:
        """Return whether a widget may be told this by a browser.

        Tools talk by messages of their own. A browser that set traits could make widgets here (a `layout`
        from a dictionary), and store what it likes in the process of the whole class; questions take an
        answer and nothing else.
        """
        data = content.get("data")
        if not isinstance(data, dict) or data.get("method") != "update":
            return True
        return isinstance(_instances.get(comm_id), QuestionWidget)

    def _answer_control(self, comm_id: str, content: dict[str, Any]) -> None:
        data = content.get("data")
        if isinstance(data, dict) and data.get("method") == "request_states":
            states, paths, buffers = self._snapshot()
            reply = {"method": "update_states", "states": states, "buffer_paths": paths}
            self._publish("comm_msg", {"comm_id": comm_id, "data": reply}, {}, buffers)

    def _publish(
        self, kind: str, content: dict[str, Any], metadata: dict[str, Any], buffers: list[bytes]
    ) -> None:
        self._send("iopub", kind, content, metadata, buffers)

    def _send(
        self,
        channel: str,
        kind: str,
        content: Mapping[str, Any],
        metadata: Mapping[str, Any],
        buffers: list[bytes],
    ) -> None:
        is_heard = bool(self.connections)
        if not is_heard and not (self._left_by and is_said_once(kind, content)):
            return
        parts = (self._parent, metadata, content)
        frame = make_frame(self.id, channel, kind, parts, buffers)
        if not is_heard and sum(map(len, self._waiting)) + len(frame) <= MOST_WAITING:
            self._waiting.append(frame)
        for send in list(self.connections):
            send(frame)


def _output_of(thing: object, metadata: Mapping[str, object]) -> NotebookNode:
    if isinstance(thing, ipywidgets.Widget):
        view = {"version_major": 2, "version_minor": 0, "model_id": thing.model_id}
        data: Any = {WIDGET_VIEW: view, "text/plain": type(thing).__name__}
    else:
        data = thing
    made: NotebookNode = new_output("display_data", data, metadata=dict(metadata))
    return made
