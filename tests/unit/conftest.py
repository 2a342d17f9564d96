"""What unit tests share: cheap PINs, the sample class on a disk, the courses of the kit."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from umkm_courses import Catalogue, load_catalogue
from umkm_records import make_sample_class, open_records
from umkm_records.people import pins

PRODUCTION = (pins._HASHER, pins.NOBODYS_HASH)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "umkm.db"
    with open_records(path) as records:
        make_sample_class(records)
    return path


@pytest.fixture
def sample_database(sample_file: Path, tmp_path: Path) -> Path:
    """`umkm.db` with the sample class, a copy for each test: making it takes some 40 times as long."""
    return Path(shutil.copy(sample_file, tmp_path / "umkm.db"))


@pytest.fixture(scope="session")
def catalogue(pytestconfig: pytest.Config) -> Catalogue:
    """The courses of the kit, read once."""
    return load_catalogue(pytestconfig.rootpath / "courses")


@pytest.fixture(scope="module", autouse=True)
def cheap_pins() -> Iterator[None]:
    """PINs are hashed with the lowest cost that argon2 allows: most tests make a class."""
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
