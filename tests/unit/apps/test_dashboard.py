"""What the trainer's monitor says of a class."""

import asyncio
import re
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from tests.support.postgres import Postgres
from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.trainer.dashboard import ClassDashboard
from umkm_apps.trainer.dashboard_table import Section, is_stuck, overview, overview_html
from umkm_apps.trainer.staff_records import open_staff_records
from umkm_courses import load_catalogue
from umkm_records import (
    ChangeId,
    DraftKey,
    Participant,
    ProgressRow,
    class_progress,
    find_cohort,
    log_in,
    make_sample_class,
    open_records,
    save_draft,
)
from umkm_tools.base import freshness
from umkm_tools.base.freshness import Freshness

pytestmark = pytest.mark.slow

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
def monitor(tmp_path, sample_database, catalogue):
    records = open_records(sample_database)
    return ClassDashboard(records, find_cohort(records, "contoh-serang"), catalogue, tmp_path)


def test_it_shows_what_happened_since(monitor):
    monitor.refresh()
    assert "12 terdaftar · 0 sudah mulai" in monitor.summary.value
    key = DraftKey("srg-siti1", "pembukuan-dua-laci", "laba-bengkel")
    save_draft(monitor.records, key, "350rb", ChangeId("hp", 1))
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
    monkeypatch.setattr("umkm_apps.trainer.dashboard.time.monotonic", lambda: now[0])

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


def looks_well(monitor):
    told = monitor.health.view.value
    assert ("belum bisa dibaca" in told) == ("Penyimpanan jawaban tidak" in told)
    return "Penyimpanan jawaban tidak" not in told


def spoil(file):
    """Make a database unreadable and return what makes it whole again."""
    whole = file.read_bytes()
    file.write_bytes(b"bukan basis data" * 256)
    return lambda: file.write_bytes(whole)


def test_records_that_cannot_be_read_are_told_first_and_the_last_rows_stay(monitor, tmp_path):
    monitor.refresh()
    assert looks_well(monitor)
    before, known = monitor.table.value, monitor.read_at
    monitor.records.close()  # all its connections: the next one reads the file anew
    mend = spoil(tmp_path / "umkm.db")
    monitor.refresh()
    assert not looks_well(monitor)
    told = monitor.health.view.value
    assert told.index("Penyimpanan jawaban tidak bisa dibaca sejak") < told.index("Halaman peserta")
    assert "Semua berjalan baik" not in told
    at = f"{(known + timedelta(hours=7)):%H.%M} WIB"
    assert f"Angka dan tabel ini keadaan pukul {at}" in monitor.summary.value
    assert "12 terdaftar" in monitor.summary.value
    assert f"Keadaan pukul {at}. Yang terjadi sesudahnya belum bisa dibaca." in monitor.table.value
    assert monitor.table.value.endswith(before[before.index("<div") :])
    # Another view of the same old rows says so too.
    monitor.detail.value = monitor.sections[0]
    assert f"Keadaan pukul {at}" in monitor.table.value
    monitor.detail.value = ""
    monitor.records.close()
    mend()
    monitor.refresh()
    assert looks_well(monitor)
    assert monitor.table.value == before
    assert "keadaan pukul" not in monitor.summary.value


def test_a_monitor_that_could_never_read_shows_no_empty_class(monitor, tmp_path):
    monitor.records.close()
    mend = spoil(tmp_path / "umkm.db")
    monitor.refresh()
    assert "belum bisa dibaca" in monitor.summary.value
    assert "0 terdaftar" not in monitor.summary.value
    assert monitor.table.value == ""
    monitor.records.close()
    mend()
    monitor.refresh()
    assert "12 terdaftar" in monitor.summary.value


class HangingRecords:
    """Stands in for records whose next questions hang until they `go_on`; those in the loop may not be asked."""

    def __init__(self, records, loops_thread):
        self.records, self.loops_thread = records, loops_thread
        self.hangs = threading.Event()
        self.questions = 0
        self._answers = threading.Event()

    def go_on(self):
        self.hangs.clear()
        self._answers.set()

    def read_session(self):
        if self.hangs.is_set():
            assert threading.get_ident() != self.loops_thread
            self.questions += 1
            assert self._answers.wait(60)
        return self.records.read_session()

    def __getattr__(self, name):
        return getattr(self.records, name)


def test_records_that_hang_hold_up_no_page_and_it_comes_right_by_itself(monitor, monkeypatch):
    monkeypatch.setattr(freshness, "PATIENCE", 0.1)

    async def go():
        hanging = HangingRecords(monitor.records, threading.get_ident())
        for part in (monitor, monitor.health, monitor.roster, monitor.tests):
            part.records = hanging
        kept = Freshness(monitor, hanging, "contoh-serang", 0.01)
        stamps = [kept.stamp.value]

        async def once():
            await asyncio.sleep(0.002)  # another millisecond, another stamp
            await kept.refresh_once()
            stamps.append(kept.stamp.value)
            return looks_well(monitor)

        try:
            monkeypatch.setattr(freshness, "PATIENCE", 60)
            assert await once()
            monkeypatch.setattr(freshness, "PATIENCE", 0.1)
            hanging.hangs.set()
            assert not await once()
            assert "Penyimpanan jawaban tidak menjawab sejak" in monitor.health.view.value
            assert "keadaan pukul" in monitor.summary.value
            assert not await once()
            assert hanging.questions == 1  # not one thread more at each refresh
        finally:
            hanging.go_on()
        monkeypatch.setattr(freshness, "PATIENCE", 60)
        assert await once()
        assert "keadaan pukul" not in monitor.summary.value
        assert len(set(stamps)) == len(stamps)

    run_by_itself(go())


@pytest.fixture
def database():
    """A PostgreSQL that a test may stop: others share the run's own."""
    server = Postgres()
    yield server
    server.go_on()
    server.close()


def test_a_postgresql_that_hangs_is_told_and_so_is_that_it_answers_again(
    database, request, tmp_path
):
    url = database.new_database()
    open_records(url, upgrade=True).close()
    records = open_staff_records(url)
    make_sample_class(records)
    cohort = find_cohort(records, "contoh-serang")
    catalogue = load_catalogue(request.config.rootpath / "courses")
    shown = ClassDashboard(records, cohort, catalogue, tmp_path)

    async def go():
        await shown.freshness.refresh_once()
        assert looks_well(shown)
        database.hang()
        began = time.monotonic()
        await shown.freshness.refresh_once()
        assert time.monotonic() - began < 60  # it hangs without end
        assert not looks_well(shown)
        assert "12 terdaftar" in shown.summary.value
        database.go_on()
        for _ in range(20):
            await shown.freshness.refresh_once()
            if looks_well(shown):
                break
        assert looks_well(shown)
        assert "keadaan pukul" not in shown.summary.value

    run_by_itself(go())
    records.close()


def test_a_page_says_that_its_records_are_silent_before_it_counts_as_cut_off(request):
    from umkm_apps.trainer import dashboard as monitor_module
    from umkm_tools.base import trainer_panel

    script = (
        request.config.rootpath / "src/umkm_cli/share/jupyter/voila/templates/umkm-pelatih/watch.js"
    ).read_text(encoding="utf-8")
    still = int(re.search(r"const STILL = (\d+)", script)[1]) / 1000
    for pause in (monitor_module.REFRESH_SECONDS, trainer_panel.REFRESH_SECONDS):
        assert freshness.PATIENCE + pause < still


def test_staff_wait_five_seconds_for_a_statement(postgres):
    from sqlalchemy import text

    url = postgres.new_database()
    open_records(url, upgrade=True).close()
    with open_staff_records(url) as records, records.read_session() as session:
        for limit in ("statement_timeout", "lock_timeout"):
            assert session.scalar(text(f"SHOW {limit}")) == "5s"
