"""Who comes first is served first, and who walks away does not hold up the others."""

from hypothesis import given
from hypothesis import strategies as st

from umkm_apps.waiting_line import WaitingLine


def test_first_come_first_served():
    line = WaitingLine(patience=20)
    assert [line.place(who, now) for now, who in enumerate(["siti", "jaya", "ani"])] == [1, 2, 3]
    # Asking again, from any number of tabs and in any order, changes nothing.
    assert line.place("ani", 4) == 3
    assert line.place("siti", 5) == 1
    assert line.place("jaya", 5) == 2
    line.leave("siti")
    assert line.place("ani", 6) == 2
    # Back again: behind those who waited.
    assert line.place("siti", 7) == 3


def test_a_phone_that_went_away_loses_its_place():
    line = WaitingLine(patience=20)
    line.place("siti", 0)
    line.place("jaya", 5)
    assert line.place("jaya", 19) == 2
    assert line.place("jaya", 21) == 1
    assert line.waiting(21) == ["jaya"]
    assert line.place("siti", 22) == 2


PEOPLE = ["a", "b", "c", "d"]


@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.integers(0, 15), st.booleans())))
def test_nobody_is_overtaken_by_who_came_later(steps):
    """A queue kept by hand: arrivals in order, each dropped when silent for longer than 20 s."""
    line, now = WaitingLine(patience=20), 0
    by_hand: list[list] = []  # [person, last seen]
    for person, pause, leaves in steps:
        now += pause
        by_hand = [entry for entry in by_hand if now - entry[1] <= 20]
        if leaves:
            line.leave(person)
            by_hand = [entry for entry in by_hand if entry[0] != person]
            continue
        known = next((entry for entry in by_hand if entry[0] == person), None)
        if known:
            known[1] = now
        else:
            by_hand.append([person, now])
        order = [entry[0] for entry in by_hand]
        assert line.place(person, now) == order.index(person) + 1
        assert line.waiting(now) == order
