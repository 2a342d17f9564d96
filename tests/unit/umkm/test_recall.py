"""When a question is due again: the spacing the courses promise, day by day."""

from datetime import UTC, datetime, timedelta

from umkm.recall import Checked, due_times, pick

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)


def day(number, minutes=0):
    return MONDAY + timedelta(days=number, minutes=minutes)


def history(*checks):
    return [Checked("laba", right=right, at=at) for right, at in checks]


def due(*checks):
    return due_times(history(*checks))["laba"]


def test_right_answers_are_asked_again_after_1_3_7_and_21_days():
    checks = []
    for on, next_on in [(0, 1), (1, 4), (4, 11), (11, 32)]:
        checks.append((True, day(on)))
        assert due(*checks) == day(next_on)
    assert due(*checks, (True, day(32))) > day(32 + 21)


def test_a_wrong_answer_comes_sooner_and_begins_again():
    assert due((False, day(0))) == day(0, minutes=10)
    assert due((True, day(0)), (True, day(1)), (False, day(4))) == day(4, minutes=10)
    assert due((True, day(0)), (True, day(1)), (False, day(4)), (True, day(5))) == day(6)


def test_pressing_twice_at_once_does_not_jump_a_step():
    assert due((True, day(0)), (True, day(0, 1)), (True, day(0, 2))) == day(1)


def test_a_wrong_answer_mended_at_once_still_comes_soon():
    assert due((False, day(0)), (True, day(0, 1))) == day(0, minutes=10)


def test_late_answers_count_from_when_they_were_given():
    assert due((True, day(0)), (True, day(9))) == day(12)


def test_events_may_come_in_any_order():
    checks = history((True, day(0)), (False, day(1)), (True, day(2)))
    assert due_times(checks) == due_times(reversed(checks))


def test_the_most_overdue_is_asked_first_and_what_is_due_next_follows():
    checks = [
        Checked("lama", right=True, at=day(0)),
        Checked("salah", right=False, at=day(0)),
        Checked("tadi", right=True, at=day(0, 30)),
    ]
    assert pick(checks, ["tadi", "baru", "lama", "salah"]) == ["salah", "lama"]


def test_what_was_never_met_comes_last_and_nothing_from_outside_the_pool():
    checks = [Checked("lain", right=False, at=day(0)), Checked("laba", right=True, at=day(0))]
    assert pick(checks, ["a", "b", "laba"], count=3) == ["laba", "a", "b"]
    assert pick(checks, []) == []
