"""A restart of the server cuts all connections: who comes later notices nothing, and few ask twice."""

import pytest
from sqlalchemy import make_url, text

from umkm_records import list_cohorts, open_records
from umkm_records.database import idle_connections
from umkm_records.errors import StorageUnreachable

CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = '{}' AND pid <> pg_backend_pid()"
)


@pytest.fixture
def on_server(postgres):
    """Records on a server, and what cuts their connections as a restart does."""
    url = postgres.new_database()
    with open_records(url, upgrade=True) as records:
        yield records, lambda: postgres.execute(CUT.format(make_url(url).database))
    postgres.drop(url)


def use_two_at_once(records):
    with records.read_session() as one, records.read_session() as other:
        for session in (one, other):
            session.execute(text("SELECT 1"))


def test_idle_connections_that_were_cut_are_replaced_unnoticed(on_server, monkeypatch):
    records, cut = on_server
    use_two_at_once(records)
    cut()
    monkeypatch.setattr(idle_connections, "IDLE", 0.0)
    use_two_at_once(records)
    assert list_cohorts(records) == []


def test_a_connection_cut_while_in_use_is_told_of_once(on_server, monkeypatch):
    records, cut = on_server
    monkeypatch.setattr(idle_connections, "IDLE", 3600.0)
    use_two_at_once(records)
    cut()
    with pytest.raises(StorageUnreachable):
        list_cohorts(records)
    # The other one was cut too, and nobody has to find that out.
    use_two_at_once(records)
    assert list_cohorts(records) == []


def test_only_an_idle_connection_is_asked(on_server, monkeypatch):
    records, _cut = on_server
    pings, dialect = [], records.engine.dialect
    ping = dialect.do_ping
    monkeypatch.setattr(dialect, "do_ping", lambda connection: pings.append(1) or ping(connection))
    monkeypatch.setattr(idle_connections, "IDLE", 3600.0)
    for _ in range(5):
        list_cohorts(records)
    assert pings == []
    monkeypatch.setattr(idle_connections, "IDLE", 0.0)
    list_cohorts(records)
    assert pings == [1]
