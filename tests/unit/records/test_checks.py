from dataclasses import replace

from tests.unit.records.conftest import COHORT

from umkm_records import (
    Check,
    checks_of,
    create_cohort,
    enrol,
    not_yet_checked,
    record_event,
)


def test_checks_are_given_back_by_sheet_oldest_first(records, siti, budi):
    for sheet, verdict in [("kas/01", "wrong"), ("kas/02", "right"), ("kas/01", "right")]:
        record_event(records, siti.code, "checked", sheet, {"question": "laba", "verdict": verdict})
    record_event(records, siti.code, "opened", "kas/01")
    record_event(records, budi.code, "checked", "kas/01", {"question": "laba", "verdict": "right"})
    found = checks_of(records, siti.code, ["kas/01"])
    assert [(one.question, one.verdict) for one in found] == [("laba", "wrong"), ("laba", "right")]
    assert all(isinstance(one, Check) and one.at.tzinfo for one in found)
    assert checks_of(records, "srg-nobody", ["kas/01"]) == []


def test_what_is_not_checked_yet_counts_real_checks_of_this_class_alone(records, cohort, siti):
    sheet, asked = "pembukuan/01-dua-laci", ["satu", "dua", "tiga"]
    for question, verdict in (("satu", "wrong"), ("dua", "empty"), ("lain", "right")):
        record_event(
            records, siti.code, "checked", sheet, {"question": question, "verdict": verdict}
        )
    record_event(
        records, siti.code, "checked", "pembukuan/02", {"question": "tiga", "verdict": "right"}
    )
    assert not_yet_checked(records, siti.code, sheet, asked) == ["dua", "tiga"]
    create_cohort(records, replace(COHORT, id="kasemen-2", join_code="KASEMEN-2"))
    enrol(records, siti.code, "KASEMEN-2", "2026-11")
    assert not_yet_checked(records, siti.code, sheet, asked) == asked
    first = records.of_class(cohort.id)
    assert not_yet_checked(first, siti.code, sheet, asked) == ["dua", "tiga"]
