"""What a trainer reads of the server's health."""

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from umkm_apps.runtime.secrets import FOLDER
from umkm_apps.runtime.status import (
    Laptop,
    ServerStatus,
    about_records,
    concerns,
    read_status,
    write_status,
)
from umkm_apps.trainer.health_panel import HealthPanel, health_html
from umkm_records import ChangeId, DraftKey, make_sample_class, open_records, save_draft
from umkm_records.answers import last_saved
from umkm_records.errors import StorageDamaged, StorageUnreachable

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
WELL = ServerStatus(
    at=NOW, started_at=NOW - timedelta(hours=1), people=12, pages=13, most_pages=80, limited_by="memory",
    waiting=(), pages_mb=208.4, server_mb=140.0,
)  # fmt: skip
ROOMY = Laptop(free_memory=2000, free_disk=50_000, last_saved=NOW - timedelta(minutes=1))


@pytest.fixture
def data_dir(tmp_path):
    (tmp_path / FOLDER).mkdir()
    return tmp_path


def told(status=WELL, laptop=ROOMY, now=NOW):
    return [concern.what for concern in concerns(status, laptop, now)]


def test_all_is_well():
    assert told() == []
    page = health_html(WELL, ROOMY, NOW)
    for words in (
        "Semua berjalan baik",
        "12 orang",
        "13 dari 80",
        "208 MB",
        "09.59 WIB (1 menit lalu)",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("status", "laptop", "word"),
    [
        (None, ROOMY, "tidak menjawab."),
        # 03:00 UTC is 10:00 in Serang.
        (replace(WELL, at=NOW - timedelta(minutes=2)), ROOMY, "sejak 09.58 WIB"),
        (WELL, replace(ROOMY, free_disk=120), "120 MB"),
        (WELL, replace(ROOMY, free_memory=90), "90 MB"),
        (replace(WELL, waiting=("srg-a", "srg-b")), ROOMY, "2 orang menunggu"),
        (WELL, replace(ROOMY, last_saved=NOW - timedelta(minutes=11)), "Belum ada jawaban baru"),
        (WELL, replace(ROOMY, last_saved=None), "Belum ada jawaban baru"),
    ],
)
def test_each_trouble_is_told_with_what_to_do(status, laptop, word):
    (found,) = concerns(status, laptop, NOW)
    assert word in found.what
    assert len(found.do) > 20
    assert found.do in health_html(status, laptop, NOW)


def test_a_class_that_has_just_opened_is_not_called_quiet():
    fresh = replace(WELL, started_at=NOW - timedelta(minutes=3))
    assert told(fresh, replace(ROOMY, last_saved=None)) == []
    # Nor is one where nobody has a page open.
    assert told(replace(WELL, pages=0, people=0), replace(ROOMY, last_saved=None)) == []


def test_records_that_cannot_be_read_are_the_first_concern_and_nothing_is_said_of_answers():
    unread = about_records(StorageUnreachable(), NOW)
    laptop = Laptop(90, 120, None, unread)
    assert told(None, laptop) == [
        "Penyimpanan jawaban tidak menjawab sejak 10.00 WIB.",
        "Halaman peserta tidak menjawab.",
        "Tempat simpan laptop tinggal 120 MB.",
        "Memori laptop tinggal 90 MB.",
    ]
    # Nobody knows whether the class is quiet.
    assert concerns(WELL, replace(laptop, free_memory=2000, free_disk=50_000), NOW) == [unread]
    page = health_html(WELL, laptop, NOW)
    assert "belum bisa dibaca" in page
    for never in ("Semua berjalan baik", "belum ada", "belum tersimpan"):
        assert never not in page
    # What waiting does not mend is told as it is.
    assert "Pulihkan dari cadangan" in about_records(StorageDamaged(), NOW).do


def test_the_report_is_read_back_whole_and_is_for_its_owner_alone(data_dir):
    assert read_status(data_dir) is None
    busy = replace(WELL, waiting=("srg-a",))
    write_status(data_dir, WELL)
    write_status(data_dir, busy)
    assert read_status(data_dir) == busy
    (file,) = (data_dir / FOLDER).iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "{", "[]", '{"at": "x"}', '{"at": 1, "started_at": 2}'])
def test_a_torn_or_foreign_report_counts_as_none(data_dir, text):
    write_status(data_dir, WELL)
    (file,) = (data_dir / FOLDER).iterdir()
    file.write_text(text)
    assert read_status(data_dir) is None


@pytest.mark.slow
def test_the_view_says_when_an_answer_was_last_saved(data_dir):
    records = open_records(data_dir / "umkm.db")
    make_sample_class(records)
    view = HealthPanel(records, "contoh-serang", data_dir)
    view.refresh()
    assert "belum ada" in view.view.value
    assert last_saved(records, "contoh-serang") is None
    save_draft(
        records,
        DraftKey("srg-siti1", "pembukuan-dua-laci", "laba-bengkel"),
        "350rb",
        ChangeId("uji", 1),
        now=NOW,
    )
    assert last_saved(records, "contoh-serang") == NOW
    assert last_saved(records, "kelas-lain") is None
    view.refresh()
    assert "10.00 WIB" in view.view.value


def test_what_others_wrote_is_never_html():
    page = health_html(replace(WELL, waiting=("<img src=x>",)), ROOMY, NOW)
    assert "<img" not in page
