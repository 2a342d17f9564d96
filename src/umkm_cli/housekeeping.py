"""Periodic tasks of `umkm workshop`: check servers, deliver submissions, watch the LAN addresses."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from rich.console import Console

from umkm import UmkmError
from umkm_grading import ClassFolder, deliver, repair_submissions
from umkm_records import Records
from umkm_records.answers import undelivered

from .network import lan_addresses
from .processes import Server

#: Seconds between two repairs of submission folders that were lost or damaged on disk. Each reads every
#: submission of the class; new ones are found by one query a second.
REPAIR_EVERY = 600.0
#: Seconds after a delivery of nothing: what is undelivered is being graded, or is of no assignment of the class.
IDLE_PAUSE = 5.0
#: Seconds after a delivery that failed, as on a full disk.
RETRY_PAUSE = 10.0
#: Seconds between two reads of the laptop's addresses.
NETWORK_EVERY = 3.0


class DeliveryTask:
    """Delivers submissions from the records to the class folder, and repairs those in it."""

    def __init__(self, class_folder: ClassFolder, records: Records) -> None:
        self.class_folder = class_folder
        self.records = records
        self._not_before = self._repair_at = time.monotonic()

    def run(self) -> Sequence[str]:
        """Deliver new submissions, if there are any, and return their receipts.

        Raises:
            UmkmError: the disk is full, or the records do not answer. A later call delivers what this
                one could not.
            OSError: the folder cannot be read.
        """
        now = time.monotonic()
        if now < self._not_before:
            return []
        self._not_before = now + RETRY_PAUSE
        delivered: Sequence[str] = []
        repair = now >= self._repair_at
        new = bool(undelivered(self.records, self.class_folder.cohort_id))
        if new:
            delivered = deliver(self.class_folder, self.records)
        if repair:
            repair_submissions(self.class_folder, self.records)
            self._repair_at = now + REPAIR_EVERY
        self._not_before = now + IDLE_PAUSE if new and not delivered else now
        return delivered


class AddressMonitor:
    """Detects changes of the laptop's LAN addresses."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self.known = list(addresses)
        self._check_at = time.monotonic() + NETWORK_EVERY

    def changed(self) -> bool:
        """Return whether the addresses changed since the last call, as when a hotspot is restarted."""
        if time.monotonic() < self._check_at:
            return False
        self._check_at = time.monotonic() + NETWORK_EVERY
        before, self.known = self.known, lan_addresses()
        return before != self.known


def run_once(
    servers: Sequence[Server],
    deliveries: DeliveryTask,
    addresses: AddressMonitor,
    show_addresses: Callable[[Sequence[str]], None],
    console: Console,
) -> None:
    """Run the periodic tasks of an open class once; the caller does so each second."""
    for server in servers:
        if message := server.check():
            console.print(message)
    if addresses.changed():
        show_addresses(addresses.known)
    try:
        for code in deliveries.run():
            console.print(f"Jawaban masuk: {code}")
    except (UmkmError, OSError) as error:
        console.print(str(error), style="yellow")
