"""The kernel API: what a page's kernel may ask of its server, since it opens no database.

That would cost some 8 MB for each page, and put the database's password into its environment. One
request, one answer, over a Unix socket that only this user may open:

    {"participant", "sheet", "ticket", "ask": "begin"}                 the answers kept, and the lock
    {..., "ask": "locked"}                                             whether the sheet is closed by now
    {..., "ask": "check", "about", "question", "verdict", "shown", "key"}  note that practice was checked
    {..., "ask": "checks", "about": [sheets]}                          what was checked there before

Answers are `{"answer": ...}`, or `{"error": "..."}` where the records cannot be used now.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any

from umkm.errors import UmkmError
from umkm_apps.auth.page_token import is_valid_page_token
from umkm_apps.runtime.rate_limit import RateLimiter
from umkm_kernels.socket_folders import make_socket_folder, remove_socket_folder
from umkm_records import Records, load_drafts, record_event, result_of
from umkm_records.answers import checks_of

#: Requests that wait in the socket, and the threads that look into the records.
_WAITING = 256
_THREADS = 4
#: How many requests one page may send at once, and then each second: reading, and writing. A page reads
#: each time an answer is changed; it writes when somebody checks an answer.
_READS = (60, 10)
_WRITES = (20, 1)
_WRITING = {"check"}
_TOO_OFTEN = "Terlalu sering ditekan. Tunggu sebentar, lalu coba lagi."
_PATIENCE = 10.0
_NOT_YOURS = "Halaman ini bukan milik peserta itu."


class KernelApiServer:
    """Answers the kernels of one server; `address` is open from the start, `serve` answers."""

    def __init__(self, records: Records, secret: bytes) -> None:
        self._records = records
        self._secret = secret
        self._folder = make_socket_folder("loket")
        #: Where kernels ask; open from now on, answered once `serve` runs.
        self.address = str(self._folder / "s")
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self.address)
        self._listener.listen(_WAITING)
        self._server: asyncio.Server | None = None
        # Each request uses the records, and a commit waits for the disk: not in the loop that serves pages.
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="kernel-api")
        self._reads, self._writes = RateLimiter(*_READS), RateLimiter(*_WRITES)
        self._limiting = Lock()

    async def serve(self) -> None:
        """Serve from now on, in the running loop."""
        self._server = await asyncio.start_unix_server(self._serve_one, sock=self._listener)

    def close(self) -> None:
        """Stop serving, and remove the socket."""
        if self._server is not None:
            self._server.close()
        self._listener.close()
        self._threads.shutdown(wait=False, cancel_futures=True)
        remove_socket_folder(self._folder)

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                asked = await reader.read(-1)
            answer = asyncio.get_running_loop().run_in_executor
            writer.write(json.dumps(await answer(self._threads, self.answer, asked)).encode())
            await writer.drain()
        except (OSError, TimeoutError):
            pass  # a kernel that ended while it asked
        finally:
            writer.close()

    def answer(self, asked: bytes) -> dict[str, Any]:
        """Return the answer to one call, as it goes back."""
        try:
            request = json.loads(asked)
            page = Page(str(request["participant"]), str(request["sheet"]))
            if not is_valid_page_token(
                self._secret, page.participant, page.sheet, str(request["ticket"])
            ):
                return {"error": _NOT_YOURS}
            if self._is_too_often(page, str(request["ask"])):
                return {"error": _TOO_OFTEN}
            return {"answer": _CALLS[request["ask"]](self._records, page, request)}
        except UmkmError as error:
            return {"error": error.for_people}
        except (ValueError, KeyError, TypeError) as error:
            return {"error": f"{type(error).__name__}: {error}"}

    def _is_too_often(self, page: Page, call: str) -> bool:
        limiter = self._writes if call in _WRITING else self._reads
        with self._limiting:
            return limiter.wait_for(f"{page.participant} {page.sheet}") > 0


@dataclass(frozen=True)
class Page:
    """Whose page a kernel serves, and which."""

    participant: str
    sheet: str


def _begin(records: Records, page: Page, _request: dict[str, Any]) -> dict[str, Any]:
    return {
        "drafts": load_drafts(records, page.participant, page.sheet),
        "locked": _is_locked(records, page, _request),
    }


def _is_locked(records: Records, page: Page, _request: dict[str, Any]) -> bool:
    return result_of(records, page.participant, page.sheet) is not None


def _check(records: Records, page: Page, request: dict[str, Any]) -> bool:
    detail = {"question": str(request["question"]), "verdict": str(request["verdict"])}
    shown = (
        {"misunderstandings": [str(one) for one in request["shown"]]} if request["shown"] else {}
    )
    record_event(
        records, page.participant, "checked", str(request["about"]), detail | shown,
        key=str(request.get("key", "")),
    )  # fmt: skip
    return True


def _checks(records: Records, page: Page, request: dict[str, Any]) -> list[dict[str, str]]:
    sheets = [str(sheet) for sheet in request["about"]]
    return [
        {"sheet": each.sheet, "question": each.question, "verdict": each.verdict,
         "at": each.at.isoformat()}
        for each in checks_of(records, page.participant, sheets)
    ]  # fmt: skip


_CALLS: dict[str, Callable[[Records, Page, dict[str, Any]], Any]] = {
    "begin": _begin,
    "locked": _is_locked,
    "check": _check,
    "checks": _checks,
}
