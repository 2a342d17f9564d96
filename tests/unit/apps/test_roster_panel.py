"""Siapa di kelas ini: nothing happens at the first tap, and what can be undone can be undone here."""

import pytest

from umkm_apps.trainer.dashboard import ClassDashboard
from umkm_records import (
    Registration,
    class_roster,
    find_cohort,
    open_records,
    register,
)
from umkm_records.classes import registration_rules

CLASS = "contoh-serang"


@pytest.fixture
def monitor(tmp_path, sample_database, catalogue):
    records = open_records(sample_database)
    shown = ClassDashboard(records, find_cohort(records, CLASS), catalogue, tmp_path)
    shown.refresh()
    return shown


@pytest.fixture
def desk(monitor):
    return monitor.roster


def codes(desk):
    return [person.code for person in class_roster(desk.records, CLASS)]


def test_it_tells_the_places_and_who_never_came(desk):
    assert "12 dari 60 tempat terpakai · 12 belum pernah datang" in desk.summary.value
    assert "belum pernah datang" in dict(map(reversed, desk.person.options))["srg-siti1"]


def test_somebody_is_taken_out_only_after_asking_and_put_back(desk):
    desk.person.value = "srg-siti1"
    desk.remove.click()
    assert "srg-siti1" in codes(desk)
    desk.not_sure.click()
    desk.sure.click()
    assert "srg-siti1" in codes(desk)
    desk.remove.click()
    desk.sure.click()
    assert "srg-siti1" not in codes(desk)
    assert "11 dari 60" in desk.summary.value
    desk.removed.value = "srg-siti1"
    desk.put_back.click()
    assert "srg-siti1" in codes(desk)


def test_choosing_another_person_forgets_the_question(desk):
    desk.person.value = "srg-siti1"
    desk.remove.click()
    other = next(code for code in codes(desk) if code != "srg-siti1")
    desk.person.value = other
    desk.sure.click()
    assert len(codes(desk)) == 12


def test_two_codes_of_one_person_become_one(desk):
    other = next(code for code in codes(desk) if code != "srg-siti1")
    desk.person.value, desk.into.value = other, "srg-siti1"
    desk.merge.click()
    desk.sure.click()
    assert other not in codes(desk)
    assert desk.told.value == f"<p role='status'>{other} sudah digabung ke srg-siti1.</p>"


def test_places_and_open_registration(desk):
    desk.places.value = 80
    desk.set_places.click()
    desk.open.click()
    rules = registration_rules(desk.records, CLASS)
    assert rules.most_people == 80
    assert rules.open_until is not None
    assert "pendaftaran terbuka sampai pukul" in desk.summary.value


def test_what_a_trainer_types_or_chose_stays_while_the_class_goes_on(monitor, desk):
    desk.places.value = 75
    desk.person.value = "srg-siti1"
    form = Registration(
        "SERANG-1", "Aan", "Warung Aan", "warung", "36.73.02.1001", "081255556666", "uji",
        consent_given=True, pin="482915",
    )  # fmt: skip
    register(desk.records, form)
    monitor.refresh()
    assert (desk.places.value, desk.person.value) == (75, "srg-siti1")
    assert any("Aan" in label for label, _ in desk.person.options)


def test_what_the_records_refuse_is_told(desk):
    desk.person.value = "srg-siti1"
    desk.remove.click()
    desk.sure.click()
    desk._ask("", lambda: desk._remove("srg-siti1"))
    desk.sure.click()
    assert "tidak ada di kelas itu" in desk.told.value
