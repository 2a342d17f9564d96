"""What the trainer's monitor says of a class."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from umkm_apps.monitor import ClassMonitor
from umkm_apps.monitor_table import Section, is_stuck, overview, overview_html
from umkm_courses import load_catalogue
from umkm_records import (
    DraftKey,
    Participant,
    ProgressRow,
    Stamp,
    class_progress,
    find_cohort,
    log_in,
    make_sample_class,
    open_records,
    save_draft,
)

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
COURSE = Section("Pembukuan", {"pembukuan/01-dua-laci": "Dua Laci", "tugas": "Tugas"})


def person(name="Bu Siti", state="working", idle=0, sheet="tugas"):
    return ProgressRow(
        participant=Participant(
            "srg-x", name, "Warung", "warung", "36.73.02.1001", None, "k", 1, NOW
        ),
        states={"pembukuan/01-dua-laci": "unopened", "tugas": state},
        answered={"pembukuan/01-dua-laci": 0, "tugas": 2},
        last_sheet=sheet,
        last_activity=NOW - timedelta(minutes=idle),
        idle_minutes=idle,
    )


def test_only_somebody_at_work_and_silent_for_minutes_is_stuck():
    assert is_stuck(person(idle=4))
    assert not is_stuck(person(idle=3))
    assert not is_stuck(person(idle=60, state="sent"))
    assert not is_stuck(person(idle=60, sheet=None))


def test_those_who_need_help_stand_first():
    shown = overview([person("Ani"), person("Zaenab", idle=9)], [COURSE])
    assert [cells[0].split("\n")[0] for _, cells in shown.rows] == ["Zaenab", "Ani"]
    assert "2 terdaftar · 2 sudah mulai · 1 diam" in shown.summary


def test_a_course_is_counted_or_shown_sheet_by_sheet():
    busy, done = person("Ani"), person("Beni", state="sent")
    counted = overview([busy, done], [COURSE])
    assert counted.headings[3:] == ("Pembukuan",)
    cells = [cells[3:] for _, cells in counted.rows]
    assert cells == [("0 dari 2 selesai, 1 sedang dikerjakan",), ("1 dari 2 selesai",)]
    whole = overview([busy], [COURSE], COURSE)
    assert whole.headings[3:] == ("Dua Laci", "Tugas")
    assert whole.rows[0][1][3:] == ("Belum mulai", "Sedang dikerjakan (2 jawaban)")


def test_a_name_is_never_html():
    html = overview_html(overview([person("<img src=x onerror=alert(1)>")], [COURSE]))
    assert "<img" not in html
    assert "&lt;img" in html


@pytest.fixture
def monitor(tmp_path, request):
    records = open_records(tmp_path / "umkm.db")
    make_sample_class(records)
    catalogue = load_catalogue(request.config.rootpath / "courses")
    return ClassMonitor(records, find_cohort(records, "contoh-serang"), catalogue, tmp_path)


def test_it_shows_what_happened_since(monitor):
    monitor.refresh()
    assert "12 terdaftar · 0 sudah mulai" in monitor.summary.value
    key = DraftKey("srg-siti1", "pembukuan-dua-laci", "laba-bengkel")
    save_draft(monitor.records, key, "350rb", Stamp("hp", 1))
    monitor.refresh()
    assert "1 sudah mulai" in monitor.summary.value
    assert "1 sedang dikerjakan" in monitor.table.value
    books = next(one for one in monitor.sections if one.title == "Pembukuan")
    monitor.detail.value = books
    assert "Sedang dikerjakan (1 jawaban)" in monitor.table.value
    monitor.refresh()
    assert monitor.detail.value is books


def test_a_pin_is_reset_only_after_asking(monitor):
    monitor.refresh()
    monitor.person.value = "srg-siti1"
    monitor.ask.click()
    assert log_in(monitor.records, "srg-siti1", "246813").code == "srg-siti1"
    monitor.sure.click()
    pin = monitor.told.value.split("<b")[1].split(">")[1].split("<")[0]
    assert log_in(monitor.records, "srg-siti1", pin).code == "srg-siti1"


def test_refreshing_keeps_the_chosen_person(monitor):
    monitor.refresh()
    monitor.person.value = "srg-siti1"
    monitor.refresh()
    assert monitor.person.value == "srg-siti1"
    assert len(class_progress(monitor.records, "contoh-serang", [])) == 12


def test_a_pin_just_shown_stays_when_somebody_registers(monitor):
    from umkm_records import Registration, register

    monitor.refresh()
    monitor.person.value = "srg-siti1"
    monitor.ask.click()
    monitor.sure.click()
    shown = monitor.told.value
    form = Registration(
        "SERANG-1", "Aan", "Warung Aan", "warung", "36.73.02.1001", "081255556666", "uji",
        consent_given=True, pin="482915",
    )  # fmt: skip
    register(monitor.records, form)
    monitor.refresh()
    assert monitor.told.value == shown
    assert len(monitor.person.options) == 13


def test_the_morning_after_nobody_is_stuck():
    assert not is_stuck(person(idle=900))


def test_a_new_pin_goes_from_the_screen_after_a_minute_or_with_another_name(monitor, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("umkm_apps.monitor.time.monotonic", lambda: now[0])

    def new_pin(code):
        monitor.person.value = code
        monitor.ask.click()
        monitor.sure.click()
        return re.search(r">([0-9]{6})<", monitor.told.value)[1]

    monitor.refresh()
    pin = new_pin("srg-siti1")
    now[0] += 59
    monitor.refresh()
    assert pin in monitor.told.value
    now[0] += 1
    monitor.refresh()
    assert pin not in monitor.told.value
    assert "disembunyikan" in monitor.told.value
    now[0] += 61
    pin = new_pin("srg-siti1")
    monitor.person.value = next(code for _, code in monitor.person.options if code != "srg-siti1")
    assert monitor.told.value == ""
    assert log_in(monitor.records, "srg-siti1", pin).code == "srg-siti1"
