"""Facts carry their source and dates, or they are no facts."""

from datetime import date

import pytest

from umkm_courses import CourseError, Fact, load_facts


def _facts(shelf):
    return load_facts(shelf.load().courses["kas-kecil"])


def test_a_fact_is_told_as_it_is_written(shelf):
    assert _facts(shelf) == {
        "batas": Fact(
            500_000,
            "rupiah",
            date(2024, 12, 1),
            "Contoh",
            source_date=date(2026, 6, 8),
            checked_on=date(2026, 11, 23),
            note="",
            kind="",
        ),
    }


def test_a_source_may_have_no_day_where_nothing_hangs_on_it(shelf):
    shelf.facts = shelf.facts.replace("source_date = 2026-06-08\n", "")
    assert _facts(shelf)["batas"].source_date is None


def test_a_course_may_rely_on_nothing(shelf):
    shelf.facts = ""
    assert _facts(shelf) == {}


ZOO = {
    "no source": ('source = "Contoh"\n', "", r"\[batas\] source is missing"),
    "no check": ("checked_on = 2026-11-23", "", r"\[batas\] checked_on is missing"),
    "date in quotes": ("2024-12-01", '"2024-12-01"', "valid_from must be a date without quotes"),
    "date with time": (
        "2024-12-01",
        "2024-12-01T00:00:00Z",
        "valid_from must be a date without quotes",
    ),
    "no value": ("value = 500_000", "", "value must be a number or a text"),
    "value true": ("500_000", "true", "value must be a number or a text"),
    "no table": ("[batas]", "batas = 3\n[lain]", "batas must be a table"),
    "id no id": ("[batas]", '["Batas Baru"]', "'Batas Baru' is no fact id"),
    "kind unknown": ("value =", 'kind = "rule"\nvalue =', "kind must be one of regulation, fee"),
    "regulation without a day": (
        "source_date = 2026-06-08",
        'kind = "regulation"',
        r"\[batas\] source_date is missing",
    ),
    "checked before it was written": (
        "source_date = 2026-06-08",
        "source_date = 2026-11-24",
        "checked_on is before source_date",
    ),
    "field mistyped": ("checked_on", "checked", "unknown field 'checked'"),
}


@pytest.mark.parametrize(("old", "new", "told"), ZOO.values(), ids=ZOO)
def test_a_malformed_fact_is_refused(shelf, old, new, told):
    assert old in shelf.facts
    shelf.facts = shelf.facts.replace(old, new, 1)
    with pytest.raises(CourseError, match=told):
        _facts(shelf)


def test_a_missing_file_is_refused(shelf):
    course = shelf.load().courses["kas-kecil"]
    (shelf.folder / "facts.toml").unlink()
    with pytest.raises(CourseError, match=r"facts\.toml: cannot be read"):
        load_facts(course)
