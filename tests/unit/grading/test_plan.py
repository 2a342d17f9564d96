"""What grading decides to do, on paper."""

import pytest

from umkm_grading.autograde.plan import Graded, Past, Review, Step, Waiting, Want, Why, plan, review

EDITION = "edition-1"


def graded(receipt, edition=EDITION, failed=None):
    return Past(Graded(receipt, edition), failed)


def test_new_submissions_are_graded_in_the_order_of_their_codes():
    waiting = [Waiting("srg-b", "K2"), Waiting("srg-a", "K1")]
    assert plan(waiting, {}, EDITION) == [Step("srg-a", Why.NEW), Step("srg-b", Why.NEW)]


@pytest.mark.parametrize(
    ("waiting", "past", "why"),
    [
        (Waiting("srg-a", "K1"), graded("K1"), None),
        (Waiting("srg-a", "K1"), Past(), Why.NEW),
        (Waiting("srg-a", "K2"), graded("K1"), Why.RESENT),
        (Waiting("srg-a", "K1"), graded("K1", "edition-0"), Why.EDITION),
        (Waiting("srg-a", "K1", has_result=False), graded("K1"), Why.LOST),
        (Waiting("srg-a", "K1"), Past(None, "K1"), Why.FAILED),
        (Waiting("srg-a", "K2"), graded("K1", failed="K2"), Why.FAILED),
        # What failed was replaced by a newer sending.
        (Waiting("srg-a", "K3"), graded("K1", failed="K2"), Why.RESENT),
        # An unreadable ticket is always looked at.
        (Waiting("srg-a", ""), graded(""), Why.RESENT),
    ],
)
def test_why_a_submission_is_graded(waiting, past, why):
    steps = plan([waiting], {"srg-a": past}, EDITION)
    assert steps == ([] if why is None else [Step("srg-a", why)])


def test_only_new_leaves_everything_that_was_looked_at_before():
    waiting = [Waiting("srg-a", "K1"), Waiting("srg-b", "K5"), Waiting("srg-c", "K3")]
    past = {"srg-a": graded("K0"), "srg-b": Past(None, "K5")}
    assert plan(waiting, past, EDITION, Want.ONLY_NEW) == [Step("srg-c", Why.NEW)]


def test_regrading_takes_everything_and_keeps_the_reason_where_there_is_one():
    waiting = [Waiting("srg-a", "K1"), Waiting("srg-b", "K2")]
    past = {"srg-a": graded("K1")}
    steps = [Step("srg-a", Why.ASKED), Step("srg-b", Why.NEW)]
    assert plan(waiting, past, EDITION, Want.ALL) == steps


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
