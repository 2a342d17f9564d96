"""What grading decides to do, on paper."""

import pytest

from umkm_grading.plan import Graded, Review, Waiting, is_current, plan, review

EDITION = "edition-1"


def test_new_submissions_are_graded_in_the_order_of_their_codes():
    waiting = [Waiting("srg-b", "K2"), Waiting("srg-a", "K1")]
    assert plan(waiting, {}, EDITION) == [Waiting("srg-a", "K1"), Waiting("srg-b", "K2")]


def test_only_what_is_new_or_changed_is_graded():
    graded = {"srg-a": Graded("K1", EDITION), "srg-b": Graded("K2", EDITION)}
    waiting = [Waiting("srg-a", "K1"), Waiting("srg-b", "K5"), Waiting("srg-c", "K3")]
    assert plan(waiting, graded, EDITION) == [Waiting("srg-b", "K5"), Waiting("srg-c", "K3")]


def test_a_new_edition_of_the_assignment_grades_everybody_again():
    assert plan([Waiting("srg-a", "K1")], {"srg-a": Graded("K1", EDITION)}, "edition-2")


def test_a_submission_without_a_readable_ticket_is_always_looked_at():
    assert plan([Waiting("srg-a", "")], {"srg-a": Graded("", EDITION)}, EDITION)
    assert not is_current("", Graded("", EDITION), EDITION)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ("text", None, Review.READ),  # first time
        ("text", "text", Review.STANDS),
        ("other", "text", Review.REREAD),
        ("text", "", Review.READ),  # was empty, is written now
        ("", None, Review.NOTHING_THERE),
        ("", "text", Review.NOTHING_THERE),  # taken back
        ("", "", Review.STANDS),  # staff may have given something for the attempt
    ],
)
def test_what_staff_must_do_about_a_text(now, before, expected):
    assert review(now, before) is expected
