"""Comms of widgets that live in the server: each belongs to the page session that made it.

The package `comm` asks two functions for a comm and for the manager that keeps it; both are meant to
be replaced. Ours answer by a ContextVar, so that no widget can speak on another page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import comm
from comm.base_comm import BaseComm, CommManager

#: Sends one message of a page: its type, content, metadata and buffers.
Publish = Callable[[str, dict[str, Any], dict[str, Any], list[bytes]], None]


class PageComms(CommManager):
    """The comms of one page session."""

    def __init__(self, publish: Publish) -> None:
        super().__init__()
        self.publish = publish


_current: Final[ContextVar[PageComms | None]] = ContextVar("page_comms", default=None)


class PageComm(BaseComm):
    """A comm of one page session; it speaks there wherever it is used."""

    def __init__(self, *args: Any, page: PageComms, **kwargs: Any) -> None:
        self._page = page
        super().__init__(*args, **kwargs)

    def publish_msg(
        self,
        msg_type: str,
        data: Any = None,
        metadata: Any = None,
        buffers: Any = None,
        **keys: Any,
    ) -> None:
        """Send a message of this comm to its page."""
        content = {"data": data or {}, "comm_id": self.comm_id, **keys}
        self._page.publish(
            msg_type, content, metadata or {}, [bytes(each) for each in buffers or ()]
        )

    def close(self, *args: Any, **kwargs: Any) -> None:
        """Close the comm, in whatever context that happens: widgets close when they are collected."""
        with use_comms(self._page):
            super().close(*args, **kwargs)


@contextmanager
def use_comms(page: PageComms) -> Iterator[None]:
    """Set the current comms to those of a page, in this context only."""
    token = _current.set(page)
    try:
        yield
    finally:
        _current.reset(token)


def install() -> None:
    """Install the comms of page sessions; widgets that are made for none keep those they had."""
    if getattr(comm.create_comm, "by_page", False):
        return
    create, manager = comm.create_comm, comm.get_comm_manager

    def create_comm(*args: Any, **kwargs: Any) -> BaseComm:
        page = _current.get()
        return create(*args, **kwargs) if page is None else PageComm(*args, page=page, **kwargs)

    def get_comm_manager() -> CommManager:
        return _current.get() or manager()

    create_comm.by_page = True  # type: ignore[attr-defined]
    comm.create_comm, comm.get_comm_manager = create_comm, get_comm_manager
