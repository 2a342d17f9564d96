"""Housekeeping of an open class: what runs each second, and what does not."""

import io
import shutil

import psutil
import pytest
from rich.console import Console
from sqlalchemy import event
from tests.grading.classes import open_class
from tests.unit.cli.test_network import cards  # noqa: F401 - a fixture

from umkm_cli import housekeeping
from umkm_cli.housekeeping import AddressMonitor, DeliveryTask, run_once


@pytest.fixture
def clock(monkeypatch):
    """A monotonic clock that a test moves."""
    now = [1000.0]
    monkeypatch.setattr(housekeeping.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture(scope="module")
def one_class(tmp_path_factory, catalogue):
    tmp_path = tmp_path_factory.mktemp("kelas")
    return open_class(tmp_path, catalogue)


@pytest.fixture
def asked(one_class):
    """The SQL statements that are sent to the records."""
    statements = []
    engine = one_class.records.engine

    def note(*words):
        statements.append(words[2])

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def test_where_nothing_came_one_question_is_asked(one_class, clock, asked):
    deliveries = DeliveryTask(one_class.class_folder, one_class.records)
    one_class.send(one_class.codes[0], {"laba-bengkel": "350000"})
    assert len(deliveries.run()) == 1
    clock[0] += 1
    del asked[:]
    assert deliveries.run() == []
    assert len([each for each in asked if each.lstrip().upper().startswith("SELECT")]) == 1


def test_what_was_sent_is_carried_a_second_later(one_class, clock):
    deliveries = DeliveryTask(one_class.class_folder, one_class.records)
    assert deliveries.run() == []
    for code in one_class.codes[1:3]:
        clock[0] += 1
        one_class.send(code, {"laba-bengkel": "350000"})
        assert len(deliveries.run()) == 1
        assert (one_class.class_folder.root / "submitted" / code).is_dir()


def test_a_folder_lost_on_disk_is_written_again(one_class, clock):
    deliveries = DeliveryTask(one_class.class_folder, one_class.records)
    code = one_class.codes[3]
    one_class.send(code, {"laba-bengkel": "350000"})
    deliveries.run()
    shutil.rmtree(one_class.class_folder.root / "submitted" / code)
    clock[0] += housekeeping.REPAIR_EVERY + 1
    deliveries.run()
    assert (one_class.class_folder.root / "submitted" / code).is_dir()


def test_trouble_is_told_once_and_tried_again_later(one_class, clock):
    deliveries = DeliveryTask(one_class.class_folder, one_class.records)
    one_class.send(one_class.codes[4], {"laba-bengkel": "350000"})
    submitted = one_class.class_folder.root / "submitted"
    aside = submitted.rename(submitted.with_name("di-samping"))
    submitted.write_text("bukan folder")  # nobody, not even root, can write below a file
    console = Console(file=io.StringIO(), width=200)
    addresses = AddressMonitor([])
    for _ in range(3):
        run_once([], deliveries, addresses, lambda found: None, console)
    assert console.file.getvalue().count("Not a directory") == 1
    submitted.unlink()
    aside.rename(submitted)
    clock[0] += housekeeping.RETRY_PAUSE + 1
    run_once([], deliveries, addresses, lambda found: None, console)
    assert "Jawaban masuk" in console.file.getvalue()


def test_addresses_are_looked_up_anew(cards, clock):  # noqa: F811
    cards({"wlan0": "192.168.43.1"})
    addresses = AddressMonitor(["192.168.43.1"])
    assert psutil.net_if_addrs()
    clock[0] += housekeeping.NETWORK_EVERY
    assert not addresses.changed()
    for found in ({"wlan0": "192.168.50.7"}, {}, {"wlan0": "10.42.0.1"}):
        cards(found)
        assert not addresses.changed()  # not each second
        clock[0] += housekeeping.NETWORK_EVERY
        assert addresses.changed()
        assert addresses.known == list(found.values())
