"""Unit tests: PINs are hashed with the lowest cost that argon2 allows, as a class is made for many."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from umkm_records.people import pins

PRODUCTION = (pins._HASHER, pins.NOBODYS_HASH)


@pytest.fixture(scope="module", autouse=True)
def cheap_pins() -> Iterator[None]:
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pins, "_HASHER", hasher)
        patch.setattr(pins, "NOBODYS_HASH", hasher.hash("tidak ada"))
        yield


@pytest.fixture
def production_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """PINs cost what they cost in the product, for tests of that cost."""
    monkeypatch.setattr(pins, "_HASHER", PRODUCTION[0])
    monkeypatch.setattr(pins, "NOBODYS_HASH", PRODUCTION[1])
