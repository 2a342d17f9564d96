"""PINs: hashed, compared, drawn. Never call these inside a transaction: hashing takes its time."""

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from umkm import InputError
from umkm.identity import check_pin

# OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, 2 passes, 1 lane. On the laptop we
# think of that is some 25 ms: a class of 40 logging in at once is through in a second.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# The hash of a random text nobody kept, made with the parameters above: comparing with it costs
# an unknown caller exactly what a known one pays.
NOBODYS_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$"
    "wtwt8/EfAh5KvtBst4WAGg$b+NeAe3deVfRsBxvUOGfeKiRuh+lMnXCEwlQxUHcAPg"
)


def hash_pin(pin: str) -> str:
    """Return the argon2id hash of a PIN that `check_pin` let through."""
    return _HASHER.hash(pin)


def is_pin_of(pin: str, pin_hash: str | None) -> bool:
    """Return whether a typed PIN belongs to a hash; take as long when there is no hash."""
    # Blanks and other scripts' digits are forgiven here as they were at registration.
    digits = "".join(str(unicodedata.decimal(char)) for char in pin[:64] if char.isdecimal())
    try:
        same = _HASHER.verify(pin_hash or NOBODYS_HASH, digits)
    except (VerificationError, InvalidHashError):
        return False
    return same and pin_hash is not None


def new_pin() -> str:
    """Return a random PIN that is not easy to guess."""
    while True:
        try:
            return check_pin(f"{secrets.randbelow(1_000_000):06d}")
        except InputError:
            continue
