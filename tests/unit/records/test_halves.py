"""A class is split in two even halves, for as long as its people are there."""

from collections import Counter
from dataclasses import replace

import pytest
from tests.unit.records.conftest import SITI

from umkm_records import UnknownParticipant, class_roster, register
from umkm_records.people import half_of_class


def test_those_who_join_one_after_another_take_turns(records, cohort):
    people = [
        register(records, replace(SITI, name=f"Peserta {n}", phone=f"0812 0000 {n:04d}")).code
        for n in range(1, 8)
    ]
    halves = [half_of_class(records, code) for code in people]
    assert sorted(Counter(halves).values()) == [3, 4]
    pairs = zip(halves[::2], halves[1::2], strict=False)
    assert all(one != other for one, other in pairs)
    assert len(class_roster(records, cohort.id)) == 7
    assert [half_of_class(records, code) for code in people] == halves


def test_nobody_has_no_half(records, cohort):
    with pytest.raises(UnknownParticipant):
        half_of_class(records, "srg-nobody")
