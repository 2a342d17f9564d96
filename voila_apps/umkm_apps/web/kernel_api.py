"""What a page's kernel may ask of its server: a kernel opens no records of its own.

It would carry a database library and a connection for each page, at 8 MB, and know the database's
password. One question, one answer, over a socket that only this user may open:

    {"participant", "sheet", "ticket", "ask": "begin"}                 the answers kept, and the lock
    {..., "ask": "locked"}                                             whether the sheet is closed by now
    {..., "ask": "check", "about", "question", "verdict", "shown"}     note that practice was checked
    {..., "ask": "checks", "about": [sheets]}                          what was checked there before

and what the advertising game asks (umkm_tools.ad_game.api).

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
from umkm_apps.auth.page_token import is_genuine
from umkm_kernels.socket_folders import make_socket_folder, remove_socket_folder
from umkm_records import Records, load_drafts, record_event, result_of
from umkm_records.answers import checks_of
from umkm_tools.ad_game.api import AD_ERRANDS

from .rate_limit import Pace

#: Questions that wait to be answered: in the socket, and for the threads that look into the records.
_WAITING = 256
_THREADS = 4
#: What one page may ask at once, and then each second: looking, and noting something. A page looks
#: each time an answer is typed on; it notes a check when somebody taps.
_LOOKS = (60, 10)
_NOTES = (20, 1)
_NOTED = {"check", "ad-join", "ad-choose"}
_TOO_OFTEN = "Terlalu sering ditekan. Tunggu sebentar, lalu coba lagi."
_PATIENCE = 10.0
_NOT_YOURS = "Halaman ini bukan milik peserta itu."


class ErrandDesk:
    """Answers the kernels of one server."""

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
        # Each looks into the records, and what is noted waits for the disk: not in the loop that serves pages.
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="loket")
        self._looks, self._notes = Pace(*_LOOKS), Pace(*_NOTES)
        self._pacing = Lock()

    async def serve(self) -> None:
        """Answer from now on, in the running loop."""
        self._server = await asyncio.start_unix_server(self._meet, sock=self._listener)

    def close(self) -> None:
        """Answer nobody any more."""
        if self._server is not None:
            self._server.close()
        self._listener.close()
        self._threads.shutdown(wait=False, cancel_futures=True)
        remove_socket_folder(self._folder)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
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
        """Give the answer to one question, as it goes back."""
        try:
            said = json.loads(asked)
            page = Page(str(said["participant"]), str(said["sheet"]))
            if not is_genuine(self._secret, page.participant, page.sheet, str(said["ticket"])):
                return {"error": _NOT_YOURS}
            if self._is_too_often(page, str(said["ask"])):
                return {"error": _TOO_OFTEN}
            return {"answer": _ERRANDS[said["ask"]](self._records, page, said)}
        except UmkmError as error:
            return {"error": error.for_people}
        except (ValueError, KeyError, TypeError) as error:
            return {"error": f"{type(error).__name__}: {error}"}

    def _is_too_often(self, page: Page, errand: str) -> bool:
        pace = self._notes if errand in _NOTED else self._looks
        with self._pacing:
            return pace.wait_for(f"{page.participant} {page.sheet}") > 0


@dataclass(frozen=True)
class Page:
    """Whose page a kernel serves, and which."""

    participant: str
    sheet: str


def _begin(records: Records, page: Page, _said: dict[str, Any]) -> dict[str, Any]:
    return {
        "drafts": load_drafts(records, page.participant, page.sheet),
        "locked": _is_locked(records, page, _said),
    }


def _is_locked(records: Records, page: Page, _said: dict[str, Any]) -> bool:
    return result_of(records, page.participant, page.sheet) is not None


def _check(records: Records, page: Page, said: dict[str, Any]) -> bool:
    detail = {"question": str(said["question"]), "verdict": str(said["verdict"])}
    shown = {"misunderstandings": [str(one) for one in said["shown"]]} if said["shown"] else {}
    record_event(records, page.participant, "checked", str(said["about"]), detail | shown)
    return True


def _checks(records: Records, page: Page, said: dict[str, Any]) -> list[dict[str, str]]:
    sheets = [str(sheet) for sheet in said["about"]]
    return [
        {"sheet": each.sheet, "question": each.question, "verdict": each.verdict,
         "at": each.at.isoformat()}
        for each in checks_of(records, page.participant, sheets)
    ]  # fmt: skip


def _of_the_participant(
    errand: Callable[[Records, str, dict[str, Any]], Any],
) -> Callable[[Records, Page, dict[str, Any]], Any]:
    return lambda records, page, said: errand(records, page.participant, said)


_ERRANDS: dict[str, Callable[[Records, Page, dict[str, Any]], Any]] = {
    "begin": _begin,
    "locked": _is_locked,
    "check": _check,
    "checks": _checks,
    **{name: _of_the_participant(errand) for name, errand in AD_ERRANDS.items()},
}
