"""Classes: found again however their code is typed, never made twice."""

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.records.conftest import COHORT, MONDAY

from umkm_records import Cohort, FormError, Records, create_cohort, find_cohort, list_cohorts
from umkm_records.classes import cohort_by_join_code, offer_courses


def test_a_class_is_kept_as_it_was_made(records: Records, cohort: Cohort) -> None:
    assert find_cohort(records, "kasemen-2026-11") == cohort
    assert cohort.starts_on == date(2026, 11, 2)
    assert cohort.created_at == MONDAY


@pytest.mark.parametrize(
    "typed", ["KASEMEN-7", "kasemen-7", " Kasemen 7 ", "kasemen7", "KASEMEN–7"]
)
def test_join_code_is_forgiving(records: Records, cohort: Cohort, typed: str) -> None:
    assert cohort_by_join_code(records, typed) == cohort


@pytest.mark.parametrize("typed", ["", "-", "kasemen", "kasemen-77", "K" * 10_000, "\ud83d", "'--"])
def test_a_wrong_join_code_finds_nothing(records: Records, cohort: Cohort, typed: str) -> None:
    assert cohort_by_join_code(records, typed) is None


def test_the_same_id_or_join_code_is_refused_in_one_go(records: Records, cohort: Cohort) -> None:
    with pytest.raises(FormError) as caught:
        create_cohort(records, replace(COHORT, join_code="kasemen 7"))
    assert set(caught.value.errors) == {"id", "join_code"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "../etc"),
        ("id", "Kasemen 2026"),
        ("title", " "),
        ("join_code", "a-1"),
        ("join_code", "x" * 21),
        ("courses", ()),
        ("courses", ("kas", "kas")),
    ],
)
def test_what_makes_no_sense_is_refused(records: Records, field: str, value: object) -> None:
    with pytest.raises(FormError) as caught:
        create_cohort(records, replace(COHORT, **{field: value}))  # type: ignore[arg-type]
    assert set(caught.value.errors) == {"course" if field == "courses" else field}
    assert list_cohorts(records) == []


def test_classes_are_listed_latest_first(records: Records, cohort: Cohort) -> None:
    later = replace(COHORT, id="curug-2027-01", join_code="CURUG-1", starts_on=date(2027, 1, 4))
    create_cohort(records, later)
    assert [each.id for each in list_cohorts(records)] == ["curug-2027-01", "kasemen-2026-11"]


def test_a_class_may_be_taught_several_courses(records: Records, cohort: Cohort) -> None:
    assert cohort.courses == ("pembukuan",)
    more = offer_courses(records, cohort.id, ["pembayaran-nontunai", "pembukuan"])
    assert more.courses == ("pembayaran-nontunai", "pembukuan")
    assert find_cohort(records, cohort.id) == more


def test_a_class_may_be_taught_more_courses_than_fit_in_one_string(
    records: Records, cohort: Cohort
) -> None:
    courses = tuple(f"{letter * 60}-{letter}" for letter in "tahcbw")
    assert offer_courses(records, cohort.id, courses).courses == courses
    assert find_cohort(records, cohort.id).courses == courses
    fewer = courses[3:] + courses[:1]
    offer_courses(records, cohort.id, fewer)
    (listed,) = list_cohorts(records)
    assert listed.courses == fewer


def test_each_class_of_several_has_its_own_courses(records: Records, cohort: Cohort) -> None:
    courses = ("pemasaran-online", "pembukuan")
    form = replace(COHORT, id="curug-2027-01", join_code="CURUG-1", courses=courses)
    made = create_cohort(records, form)
    assert cohort_by_join_code(records, "CURUG-1") == made
    assert {each.id: each.courses for each in list_cohorts(records)} == {
        "kasemen-2026-11": ("pembukuan",),
        "curug-2027-01": courses,
    }


@pytest.mark.parametrize("courses", [[], ["kas", "kas"], [""], ["a" * 65]])
def test_no_course_one_twice_or_no_name_of_one_are_refused(
    records: Records, cohort: Cohort, courses: list[str]
) -> None:
    with pytest.raises(FormError) as caught:
        offer_courses(records, cohort.id, courses)
    assert set(caught.value.errors) == {"course"}
    assert find_cohort(records, cohort.id) == cohort


def test_a_class_that_is_not_there_is_offered_nothing(records: Records) -> None:
    with pytest.raises(FormError, match="tidak ada"):
        offer_courses(records, "lopang-2026-11", ["pembukuan"])
