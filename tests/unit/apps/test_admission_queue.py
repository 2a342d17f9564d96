"""Who comes first is served first, and who walks away does not hold up the others."""

from hypothesis import given
from hypothesis import strategies as st

from umkm_apps.page_sessions.admission_queue import AdmissionQueue


def test_first_come_first_served():
    line = AdmissionQueue(patience=20)
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
    line = AdmissionQueue(patience=20)
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
    line, now = AdmissionQueue(patience=20), 0
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


def test_one_phone_does_not_fill_the_line():
    line = AdmissionQueue()
    for number in range(35):
        line.place(f"hantu-{number}", 0.0, "10.42.0.66")
    assert line.place("siti", 1.0, "10.42.0.7") == 2
    assert line.place("budi", 2.0, "10.42.0.8") == 3
    assert line.place("hantu-1", 3.0, "10.42.0.66") == 4
    assert line.place("siti", 4.0, "10.42.0.7") == 2


def test_people_behind_one_router_all_get_in_in_turns():
    line = AdmissionQueue()
    for person in ("ani", "beni", "cici"):
        line.place(person, 0.0, "192.168.1.1")
    line.place("dedi", 0.0, "10.42.0.7")
    assert line.waiting(1.0) == ["ani", "dedi", "beni", "cici"]
    line.leave("ani")
    assert line.waiting(1.0) == ["beni", "dedi", "cici"]


def test_who_changes_the_network_keeps_the_place():
    line = AdmissionQueue()
    line.place("ani", 0.0, "10.42.0.5")
    line.place("beni", 0.0, "10.42.0.66")
    line.place("cici", 0.0, "10.42.0.66")
    assert line.place("ani", 1.0, "10.42.0.66") == 1
