"""The sample class: twelve people, the same ones every time."""

from pathlib import Path

import pytest
from tests.unit.records.conftest import COHORT

from umkm.identity import check_name, parse_phone
from umkm.regions import BUSINESS_KINDS, find_kelurahan
from umkm_records import (
    FormError,
    Records,
    create_cohort,
    erase_person,
    log_in,
    make_sample_class,
    open_records,
    reset_pin,
)
from umkm_records.classes import cohort_by_join_code, offer_courses
from umkm_records.errors import WrongLogin

pytestmark = pytest.mark.slow


def test_the_credentials_of_the_readme_open(records: Records) -> None:
    make_sample_class(records)
    person = log_in(records, "srg-siti1", "246813")
    assert person.cohort == "contoh-serang"
    cohort = cohort_by_join_code(records, "SERANG-1")
    assert cohort is not None
    assert (cohort.id, cohort.courses) == (
        "contoh-serang",
        ("pembukuan", "pembayaran-nontunai", "pemasaran-online"),
    )


def test_twelve_plausible_people(records: Records) -> None:
    people = make_sample_class(records).participants
    assert len({person.code for person in people}) == 12
    assert len({person.phone for person in people}) == 12
    for person in people:
        assert check_name(person.name) == person.name
        assert check_name(person.business_name) == person.business_name
        assert person.business_kind in BUSINESS_KINDS
        assert find_kelurahan(person.kelurahan) is not None
        assert parse_phone(person.phone) == person.phone
        assert person.phone.startswith("+62812000000")
    assert len({find_kelurahan(person.kelurahan).kecamatan for person in people}) == 6  # type: ignore[union-attr]


def test_making_it_again_changes_nothing(records: Records) -> None:
    first = make_sample_class(records)
    pin = reset_pin(records, "srg-siti1", by="pelatih")
    again = make_sample_class(records)
    assert again.cohort == first.cohort
    assert {person.code for person in again.participants} == {
        person.code for person in first.participants
    }
    assert log_in(records, "srg-siti1", pin).code == "srg-siti1"


def test_an_erased_person_does_not_come_back(records: Records) -> None:
    make_sample_class(records)
    erase_person(records, "srg-siti1", by="pelatih")
    assert len(make_sample_class(records).participants) == 11


def test_the_same_seed_gives_the_same_class(tmp_path: Path) -> None:
    codes = []
    for name, seed in (("a.db", 2026), ("b.db", 2026), ("c.db", 7)):
        with open_records(tmp_path / name) as records:
            codes.append([p.code for p in make_sample_class(records, seed).participants])
    assert codes[0] == codes[1]
    assert codes[0] != codes[2]


def test_only_the_first_can_log_in_before_a_reset(records: Records) -> None:
    sample = make_sample_class(records)
    other = next(person for person in sample.participants if person.code != sample.code)
    with pytest.raises(WrongLogin):
        log_in(records, other.code, sample.pin)
    pin = reset_pin(records, other.code, by="pelatih")
    assert log_in(records, other.code, pin).code == other.code


def test_a_real_class_keeps_its_code(records: Records) -> None:
    from dataclasses import replace

    create_cohort(records, replace(COHORT, join_code="serang 1"))
    with pytest.raises(FormError):
        make_sample_class(records)


def test_a_sample_class_of_an_earlier_kit_is_offered_what_is_new(records: Records) -> None:
    make_sample_class(records)
    offer_courses(records, "contoh-serang", ["pembukuan"])
    assert make_sample_class(records).cohort.courses == (
        "pembukuan",
        "pembayaran-nontunai",
        "pemasaran-online",
    )
