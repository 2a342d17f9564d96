"""The client of the kernel API (umkm_apps.web.kernel_api), for the kernel of one page."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from umkm.recall import Checked
from umkm_apps.runtime.settings import ERRANDS, PARTICIPANT, SHEET, TICKET
from umkm_widgets import AnswerStoreError

#: As long as the records themselves are waited for while another writes, and a little more.
PATIENCE = 30.0
_CHUNK = 65536
_NO_ANSWER = "Server kelas tidak menjawab. Tunggu sebentar, lalu muat ulang halaman ini."


@dataclass(frozen=True)
class KernelApiClient:
    """Calls the server on behalf of one page of one participant."""

    address: str
    participant: str
    sheet: str
    ticket: str

    @classmethod
    def of_this_page(cls) -> KernelApiClient:
        """Return the client of the page that this process serves, as its environment says."""
        return cls(*(os.environ[name] for name in (ERRANDS, PARTICIPANT, SHEET, TICKET)))

    def begin(self) -> tuple[dict[str, object], bool]:
        """Return the stored answers by question, and whether the sheet is closed.

        Raises:
            AnswerStoreError: as each of these.
        """
        found = self.ask("begin")
        return found["drafts"], found["locked"]

    def is_locked(self) -> bool:
        """Return whether the sheet is closed by now."""
        return bool(self.ask("locked"))

    def note_check_of(
        self, sheet: str, question_id: str, verdict: str, shown: Sequence[str], key: str = ""
    ) -> None:
        """Record a check where its exercise stands, once for each `key`.

        `shown` names the misunderstandings it showed.
        """
        self.ask(
            "check",
            about=sheet,
            question=question_id,
            verdict=verdict,
            shown=list(shown),
            key=key,
        )

    def checks(self, sheets: Sequence[str]) -> list[Checked]:
        """Return earlier checks on some sheets that were marked, oldest first."""
        return [
            Checked(
                f"{each['sheet']} {each['question']}",
                each["verdict"] == "right",
                datetime.fromisoformat(each["at"]),
            )
            for each in self.ask("checks", about=list(sheets))
            if each["verdict"] in ("right", "partly", "wrong")
        ]

    def ask(self, errand: str, **more: object) -> Any:
        """Return the answer to one call.

        Raises:
            AnswerStoreError: the server does not answer, or refuses; it says why.
        """
        request = {
            "participant": self.participant, "sheet": self.sheet, "ticket": self.ticket,
            "ask": errand, **more,
        }  # fmt: skip
        try:
            found = json.loads(self._converse(json.dumps(request).encode()))
        except (OSError, ValueError) as error:
            raise AnswerStoreError(_NO_ANSWER) from error
        if "error" in found:
            raise AnswerStoreError(found["error"])
        return found["answer"]

    def _converse(self, request: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PATIENCE)
            line.connect(self.address)
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
            received = b""
            while more := line.recv(_CHUNK):
                received += more
        return received
