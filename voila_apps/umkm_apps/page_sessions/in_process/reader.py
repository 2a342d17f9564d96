"""The participant of an in-process page, for tools that write to the records."""

from __future__ import annotations

from dataclasses import dataclass, field

from umkm.errors import UmkmError
from umkm_apps.runtime.rate_limit import RateLimiter
from umkm_records import Records, get_participant

SIGNED_OUT = "PIN Anda sudah diganti. Muat ulang halaman ini, lalu masuk lagi."
TOO_FAST = "Terlalu cepat, jadi ini belum tersimpan. Tunggu sebentar, lalu coba lagi."


def _writes() -> RateLimiter:
    # Each waits for the disk, and SQLite lets one writer in at a time: everybody's answers wait too.
    return RateLimiter(burst=30, per_second=2)


@dataclass(frozen=True)
class Reader:
    """The participant of a page, the login it was opened with, and a limit for its writes."""

    code: str
    session_version: int
    writes: RateLimiter = field(default_factory=_writes, compare=False, repr=False)

    def check(self, records: Records) -> None:
        """Check that the login still holds: a new PIN ends every page, also those still open.

        Raises:
            UmkmError: it does not.
        """
        person = get_participant(records, self.code)
        if person is None or person.session_version != self.session_version:
            raise UmkmError(SIGNED_OUT)

    def begin_write(self, records: Records) -> None:
        """Check that the page may write now.

        Raises:
            UmkmError: its login is over, or it writes faster than a person does.
        """
        if self.writes.wait_for(self.code):
            raise UmkmError(TOO_FAST)
        self.check(records)
