"""Several graders: who reads what, for how long, and what each of them gave."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from tests.unit.records.conftest import MONDAY

from umkm_records import Participant, Records, UnknownParticipant, erase_person, export_person
from umkm_records.reviews import (
    Reviewer,
    TextToRead,
    claim_text,
    grader_figures,
    list_claims,
    record_marking,
    release_claim,
)

ANI, BUDI = Reviewer("Ani", "meja-1"), Reviewer("Budi", "meja-2")
ANI_AT_HOME = Reviewer("Ani", "meja-3")


@pytest.fixture
def plan(siti: Participant) -> TextToRead:
    return TextToRead(siti.cohort, siti.code, "pembukuan-dua-laci", "rencana")


def after(minutes: float):
    return MONDAY + timedelta(minutes=minutes)


def test_a_text_is_kept_for_who_opened_it_and_others_are_told_who(
    records: Records, plan: TextToRead
):
    assert claim_text(records, plan, ANI, MONDAY) == ANI
    assert claim_text(records, plan, BUDI, after(1)) == ANI
    assert claim_text(records, plan, ANI_AT_HOME, after(1)) == ANI
    assert list_claims(records, after(2)) == {plan: ANI}


def test_it_lapses_after_ten_minutes(records: Records, plan: TextToRead):
    claim_text(records, plan, ANI, MONDAY)
    assert list_claims(records, after(9.9)) == {plan: ANI}
    assert list_claims(records, after(10)) == {}
    assert claim_text(records, plan, BUDI, after(10)) == BUDI
    assert claim_text(records, plan, ANI, after(11)) == BUDI


def test_reading_on_keeps_it_and_counts_from_the_beginning(records: Records, plan: TextToRead):
    claim_text(records, plan, ANI, MONDAY)
    claim_text(records, plan, ANI, after(8))
    assert claim_text(records, plan, BUDI, after(15)) == ANI
    record_marking(records, plan, ANI, 4, 5, after(16))
    assert grader_figures(records)[0].seconds == 16 * 60


def test_a_clock_set_back_keeps_no_text_for_hours(records: Records, plan: TextToRead):
    claim_text(records, plan, ANI, after(180))
    assert list_claims(records, MONDAY) == {}
    assert claim_text(records, plan, BUDI, MONDAY) == BUDI
    record_marking(records, plan, BUDI, 1, 5, after(-60))
    assert grader_figures(records)[0].seconds == 0


def test_put_back_it_is_free_and_another_cannot_put_it_back(records: Records, plan: TextToRead):
    claim_text(records, plan, ANI, MONDAY)
    release_claim(records, plan, BUDI)
    assert claim_text(records, plan, BUDI, after(1)) == ANI
    release_claim(records, plan, ANI)
    assert claim_text(records, plan, BUDI, after(1)) == BUDI


def test_of_two_who_ask_at_once_one_gets_it(records: Records, plan: TextToRead):
    desks = [Reviewer(f"Penilai {number}", f"meja-{number}") for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda one: claim_text(records, plan, one, MONDAY), desks))
    assert len(set(got)) == 1


def test_figures_tell_graders_apart(records: Records, siti: Participant, budi: Participant):
    plan = [
        TextToRead(person.cohort, person.code, "pembukuan-dua-laci", "rencana")
        for person in (siti, budi)
    ]
    for one, points in zip(plan, (4, 5), strict=True):
        claim_text(records, one, ANI, MONDAY)
        record_marking(records, one, ANI, points, 5, after(2))
    claim_text(records, plan[0], BUDI, after(3))
    record_marking(records, plan[0], BUDI, 1, 5, after(3.5))
    ani, other = grader_figures(records, [siti.cohort])
    assert (ani.grader, ani.count, ani.percent, ani.seconds) == ("Ani", 2, 90, 120)
    assert (other.grader, other.count, other.percent, other.seconds) == ("Budi", 1, 20, 30)
    assert grader_figures(records, ["lain-2026"]) == []


def test_marked_again_by_the_same_grader_counts_once(records: Records, plan: TextToRead):
    for points in (1, 3):
        record_marking(records, plan, ANI, points, 5, MONDAY)
    (figures,) = grader_figures(records)
    assert (figures.count, figures.percent) == (1, 60)


def test_a_text_of_nobody_cannot_be_taken(records: Records, plan: TextToRead):
    with pytest.raises(UnknownParticipant):
        claim_text(records, TextToRead(plan.cohort, "../../etc", plan.assignment, "x"), ANI, MONDAY)


def test_an_erased_person_is_read_by_nobody_and_a_copy_tells_who_gave_points(
    records: Records, plan: TextToRead
):
    record_marking(records, plan, ANI, 4, 5, MONDAY)
    claim_text(records, plan, BUDI, MONDAY)
    (marking,) = export_person(records, plan.participant)["markings"]
    assert (marking["grader"], marking["points"]) == ("Ani", 4)
    erase_person(records, plan.participant, by="terminal")
    assert list_claims(records, MONDAY) == {}
    assert grader_figures(records)[0].count == 1
