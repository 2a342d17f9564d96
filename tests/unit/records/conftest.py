"""A class with two people, in records of its own for each test, on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from umkm_records import (
    Cohort,
    CohortForm,
    Participant,
    Records,
    Registration,
    create_cohort,
    open_records,
    register,
)

# 08.00 WIB on a Monday.
MONDAY = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)

COHORT = CohortForm(
    id="kasemen-2026-11",
    title="Angkatan Kasemen",
    join_code="KASEMEN-7",
    venue="Balai warga",
    starts_on=date(2026, 11, 2),
    courses=("pembukuan",),
)
SITI = Registration(
    join_code="KASEMEN-7",
    name="Siti Aminah",
    business_name="Warung Bu Siti",
    business_kind="warung",
    kelurahan="36.73.02.1001",
    phone="0812 3456 7890",
    consent_version="2026-11",
    consent_given=True,
    pin="739164",
)
BUDI = replace(SITI, name="Budi Santoso", business_name="Bengkel Budi", phone="+62 857-1234-5678")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "umkm.db"


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Empty records, made once: each test that does not care how works on a copy."""
    path = tmp_path_factory.mktemp("records") / "fresh.db"
    open_records(path).close()
    return path


@pytest.fixture(scope="session")
def fresh_on_postgres(postgres: Any) -> str:
    """The same on the server, as a template for the databases of the tests."""
    url = postgres.new_database()
    open_records(url, upgrade=True).close()
    return str(make_url(url).database)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test of the records on both, but those that look into SQLite's file."""
    if "records" in metafunc.fixturenames:
        of_a_file = "database" in metafunc.fixturenames or "sqlite" in metafunc.module.__name__
        kinds = ["sqlite"] if of_a_file else ["sqlite", "postgresql"]
        metafunc.parametrize("backend", kinds, indirect=True)


@pytest.fixture
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def records(backend: str, request: pytest.FixtureRequest) -> Iterator[Records]:
    if backend == "sqlite":
        place = request.getfixturevalue("database")
        shutil.copy(request.getfixturevalue("fresh"), place)
        with open_records(place) as opened:
            yield opened
    else:
        server = request.getfixturevalue("postgres")
        url = server.new_database(request.getfixturevalue("fresh_on_postgres"))
        with open_records(url) as opened:
            yield opened
        server.drop(url)


@pytest.fixture
def cohort(records: Records) -> Cohort:
    return create_cohort(records, COHORT, now=MONDAY)


@pytest.fixture
def siti(records: Records, cohort: Cohort) -> Participant:
    return register(records, SITI, now=MONDAY)


@pytest.fixture
def budi(records: Records, cohort: Cohort) -> Participant:
    return register(records, BUDI, now=MONDAY)
