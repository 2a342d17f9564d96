"""What `umkm workshop` does while a class is open: look after servers, carry answers, show addresses."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from rich.console import Console

from umkm import UmkmError
from umkm_grading import ClassRoom, deliver, repair_submissions
from umkm_records import Records
from umkm_records.answers import undelivered

from .network import lan_addresses
from .processes import Server

#: Seconds between two looks for folders of submissions that were lost or damaged on disk. Each reads every
#: submission of the class; what is new is asked for each second, with one question to the records.
MEND_EVERY = 600.0
#: After a delivery that brought nothing: what waits is being graded, or belongs to no task of the class.
NOTHING_PAUSE = 5.0
#: After one that failed, as on a full disk.
TROUBLE_PAUSE = 10.0
#: Seconds between two looks at the laptop's addresses.
NETWORK_EVERY = 3.0


class Deliveries:
    """Carries what was sent from the records to the class's nbgrader folder."""

    def __init__(self, room: ClassRoom, records: Records) -> None:
        self.room = room
        self.records = records
        self._not_before = self._mend_at = time.monotonic()

    def go(self) -> Sequence[str]:
        """Carry what is new, if anything is, and return its receipt codes.

        Raises:
            UmkmError: the disk is full, the records do not answer. What was sent stays there, and is
                carried by a later call.
            OSError: the folder cannot be read.
        """
        now = time.monotonic()
        if now < self._not_before:
            return []
        self._not_before = now + TROUBLE_PAUSE
        carried: Sequence[str] = []
        mend = now >= self._mend_at
        new = bool(undelivered(self.records, self.room.cohort_id))
        if new:
            carried = deliver(self.room, self.records)
        if mend:
            repair_submissions(self.room, self.records)
            self._mend_at = now + MEND_EVERY
        self._not_before = now + NOTHING_PAUSE if new and not carried else now
        return carried


class Addresses:
    """Notices when phones have to find the laptop at another address."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self.known = list(addresses)
        self._look_at = time.monotonic() + NETWORK_EVERY

    def changed(self) -> bool:
        """Whether they are others than before, or none: a hotspot was started again, Wi-Fi went."""
        if time.monotonic() < self._look_at:
            return False
        self._look_at = time.monotonic() + NETWORK_EVERY
        before, self.known = self.known, lan_addresses()
        return before != self.known


def look_after(
    servers: Sequence[Server],
    deliveries: Deliveries,
    addresses: Addresses,
    show_addresses: Callable[[Sequence[str]], None],
    console: Console,
) -> None:
    """Do once what is done each second while a class is open."""
    for server in servers:
        if told := server.look_after():
            console.print(told)
    if addresses.changed():
        show_addresses(addresses.known)
    try:
        for code in deliveries.go():
            console.print(f"Jawaban masuk: {code}")
    except (UmkmError, OSError) as error:
        console.print(str(error), style="yellow")
