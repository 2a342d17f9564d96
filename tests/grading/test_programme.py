"""Which classes *Periksa uraian* and *Nilai kelas* show."""

from datetime import date

import pytest

from umkm_grading.review import classes as review_classes
from umkm_grading.review.classes import open_programme
from umkm_records import CohortForm, create_cohort, make_sample_class, open_records


@pytest.fixture
def laptop(tmp_path, monkeypatch, request):
    """A laptop with classes of two agencies."""
    address = f"sqlite:///{tmp_path / 'umkm.db'}"
    with open_records(address) as records:
        make_sample_class(records)
        create_cohort(
            records,
            CohortForm(
                "kasemen", "Kasemen", "KASEMEN-1", "Aula", date(2026, 11, 2), ("pembukuan",)
            ),
        )
    monkeypatch.setenv("UMKM_HOME", str(request.config.rootpath))
    monkeypatch.setenv("UMKM_DATA", str(tmp_path))
    monkeypatch.setenv("UMKM_DATABASE", address)
    monkeypatch.delenv("UMKM_ALL_CLASSES", raising=False)
    return monkeypatch


def shown():
    programme = open_programme()
    assert [class_folder.cohort_id for class_folder in programme.class_folders] == [
        one.id for one in programme.cohorts
    ]
    return {one.id for one in programme.cohorts}


def test_staff_of_a_class_see_that_class_alone(laptop):
    laptop.setenv("UMKM_CLASS", "kasemen")
    assert shown() == {"kasemen"}


def test_who_marks_for_all_says_so(laptop):
    laptop.setenv("UMKM_CLASS", "kasemen")
    laptop.setenv("UMKM_ALL_CLASSES", "1")
    assert shown() == {"kasemen", "contoh-serang"}


def test_outside_an_open_class_nothing_is_left_out(laptop):
    laptop.delenv("UMKM_CLASS", raising=False)
    assert shown() == {"kasemen", "contoh-serang"}


def test_its_pages_wait_five_seconds_for_a_statement(laptop):
    limits = []

    def opened(url, **settings):
        limits.append(settings)
        return open_records(url, **settings)

    laptop.setattr(review_classes, "open_records", opened)
    assert open_programme().cohorts
    assert limits == [{"statement_seconds": 5.0}]
