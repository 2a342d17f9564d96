"""UUIDs of version 7 (RFC 9562, 5.7): rows that two laptops make independently get different ones.

The function is our own, as `uuid.uuid7` comes with Python 3.14 and the packages for it bring compiled
code, or a class of their own, for these few lines. Replace it when 3.14 is the oldest we run on.
"""

import secrets
import time
from uuid import UUID

from sqlalchemy import Uuid
from sqlalchemy.orm import Mapped, mapped_column

#: Random bits of such a UUID: `rand_a` and `rand_b` of the RFC.
RANDOM_BITS = 74
_B_BITS = 62


def make_uid(unix_ms: int, random_bits: int) -> UUID:
    """Return the UUID of a moment, in milliseconds since 1970, with 74 random bits.

    >>> make_uid(1_645_557_742_000, 0xCC3 << 62 | 0x18C4DC0C0C07398F)
    UUID('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
    """
    rand_a, rand_b = random_bits >> _B_BITS, random_bits & (1 << _B_BITS) - 1
    return UUID(int=unix_ms << 80 | 7 << 76 | rand_a << 64 | 0b10 << _B_BITS | rand_b)


def new_uid() -> UUID:
    """Return a UUID of now."""
    return make_uid(time.time_ns() // 1_000_000, secrets.randbits(RANDOM_BITS))


class HasUid:
    """A row with an identifier that is the same on every laptop.

    PostgreSQL keeps 16 bytes, its type `uuid`. SQLite has no such type: 32 hexadecimal digits, which
    sort as the bytes do, are read in any shell, and are what `sqlalchemy.Uuid` gives without a type
    of our own.
    """

    # After a table's own columns, as a migration that adds it leaves it.
    uid: Mapped[UUID] = mapped_column(Uuid, unique=True, default=new_uid, sort_order=1)
