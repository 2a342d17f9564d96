"""The checker of the fault run finds what is lost; runs are the same for the same seed."""

import time

import pytest
from benchmarks.fault_injection.checker import Promises, compare, receipts_of
from benchmarks.fault_injection.plan import FAULTS, PLAN, PROFIT, plan_run

from umkm_records import ChangeId, DraftKey, make_sample_class, open_records, save_draft, submit

SITI, SHEET = "srg-siti1", "pembukuan-dua-laci"
SHOWN = {PROFIT: "Rp7", PLAN: "jawaban 6"}


@pytest.fixture
def records(tmp_path):
    with open_records(tmp_path / "umkm.db") as opened:
        make_sample_class(opened)
        save_draft(opened, DraftKey(SITI, SHEET, PROFIT), "Rp7", ChangeId("hp", 1))
        save_draft(opened, DraftKey(SITI, SHEET, PLAN), "jawaban 6", ChangeId("hp", 2))
        yield opened


@pytest.fixture
def promises():
    made = Promises(SITI)
    made.on_state("saved", PROFIT, "Rp7")
    made.on_state("waiting", PLAN, "jawaban 6")
    return made


def broken(records, promises, shown=SHOWN):
    found = compare(records, promises, SHEET, shown)
    return {what: len(cases) for what, cases in found.items()}


def test_kept_promises_are_not_reported(records, promises):
    assert broken(records, promises) == {"lost": 0, "missing": 0, "old": 0}
    assert promises.acknowledged == 1


def test_what_was_tersimpan_and_is_not_there_is_lost(records, promises):
    promises.on_state("saved", PROFIT, "Rp8")
    assert broken(records, promises) == {"lost": 1, "missing": 0, "old": 0}


def test_what_was_safe_on_the_phone_or_stands_in_the_field_must_arrive(records, promises):
    promises.on_state("waiting", PLAN, "jawaban 9")
    assert broken(records, promises, SHOWN | {PROFIT: "Rp8"}) == {"lost": 0, "missing": 1, "old": 1}


def test_what_was_written_right_before_a_page_was_torn_away_may_go_with_it(records, promises):
    promises.wrote(PROFIT, 9, time.monotonic())
    promises.closed.append(time.monotonic())
    assert broken(records, promises)["missing"] == 0
    promises.wrote(PROFIT, 9, time.monotonic())
    assert broken(records, promises)["missing"] == 1


def test_a_receipt_nobody_gave_is_lost(records, promises):
    receipt = submit(records, SITI, SHEET, [PROFIT, PLAN])
    promises.receipts.add(receipt.code)
    assert receipts_of(records, SITI) == [receipt.code]
    assert broken(records, promises)["lost"] == 0
    promises.receipts.add("KRM-2222-2222")
    assert broken(records, promises)["lost"] == 1


def test_a_run_is_drawn_from_its_seed_and_number_alone():
    plans = [plan_run(1, number) for number in range(len(FAULTS))]
    assert [plan.fault for plan in plans] == list(FAULTS)
    assert plans[4] == plan_run(1, 4)
    assert plan_run(1, 4).steps != plan_run(2, 4).steps


def test_an_answer_typed_behind_another_is_the_newer_one(records, promises):
    promises.on_state("saved", PROFIT, "Rp6Rp7")
    assert broken(records, promises) == {"lost": 0, "missing": 0, "old": 0}
