"""Which submissions are graded, and why."""

import pytest

from umkm_grading.autograde.plan import (
    GradingHistory,
    LastGrading,
    PendingSubmission,
    PlannedGrading,
    Reason,
    Review,
    Scope,
    plan,
    review,
)

EDITION = "edition-1"


def graded(receipt, edition=EDITION, failed=None):
    return GradingHistory(LastGrading(receipt, edition), failed)


def test_new_submissions_are_graded_in_the_order_of_their_codes():
    pending = [PendingSubmission("srg-b", "K2"), PendingSubmission("srg-a", "K1")]
    assert plan(pending, {}, EDITION) == [
        PlannedGrading("srg-a", Reason.NEW),
        PlannedGrading("srg-b", Reason.NEW),
    ]


@pytest.mark.parametrize(
    ("pending", "history", "reason"),
    [
        (PendingSubmission("srg-a", "K1"), graded("K1"), None),
        (PendingSubmission("srg-a", "K1"), GradingHistory(), Reason.NEW),
        (PendingSubmission("srg-a", "K2"), graded("K1"), Reason.RESENT),
        (PendingSubmission("srg-a", "K1"), graded("K1", "edition-0"), Reason.EDITION),
        (PendingSubmission("srg-a", "K1", has_result=False), graded("K1"), Reason.LOST),
        (PendingSubmission("srg-a", "K1"), GradingHistory(None, "K1"), Reason.FAILED),
        (PendingSubmission("srg-a", "K2"), graded("K1", failed="K2"), Reason.FAILED),
        # What failed was replaced by a newer sending.
        (PendingSubmission("srg-a", "K3"), graded("K1", failed="K2"), Reason.RESENT),
        # An unreadable manifest: graded again.
        (PendingSubmission("srg-a", ""), graded(""), Reason.RESENT),
    ],
)
def test_why_a_submission_is_graded(pending, history, reason):
    planned = plan([pending], {"srg-a": history}, EDITION)
    assert planned == ([] if reason is None else [PlannedGrading("srg-a", reason)])


def test_only_new_leaves_everything_that_was_looked_at_before():
    pending = [
        PendingSubmission("srg-a", "K1"),
        PendingSubmission("srg-b", "K5"),
        PendingSubmission("srg-c", "K3"),
    ]
    history = {"srg-a": graded("K0"), "srg-b": GradingHistory(None, "K5")}
    assert plan(pending, history, EDITION, Scope.ONLY_NEW) == [PlannedGrading("srg-c", Reason.NEW)]


def test_regrading_takes_everything_and_keeps_the_reason_where_there_is_one():
    pending = [PendingSubmission("srg-a", "K1"), PendingSubmission("srg-b", "K2")]
    history = {"srg-a": graded("K1")}
    planned = [PlannedGrading("srg-a", Reason.ASKED), PlannedGrading("srg-b", Reason.NEW)]
    assert plan(pending, history, EDITION, Scope.ALL) == planned


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
