"""How long a page waits for its reader, and when its room may go to somebody else."""

import pytest

from umkm_apps.page_sessions.sessions import PageKey, PageSession, PageSessions, Timeouts

TIMEOUTS = Timeouts(closed=120, silent=900, unopened=60)


def page(owner="srg-a", address="/tugas/x", **state):
    made = PageSession(PageKey(owner, "hp", address), "v1", {}, **state)
    made.stream.is_over = True
    return made


@pytest.mark.parametrize(
    ("state", "ends"),
    [
        ({"connections": {1}, "alone_since": 0.0}, None),
        ({"connections": {1}, "was_left": True}, None),
        ({"expected_since": 10.0}, 70),
        ({"alone_since": 10.0, "was_left": True}, 130),
        ({"alone_since": 10.0}, 910),
        # One page too many ends although somebody looks at it, after the time a change of page takes.
        ({"connections": {1}, "surplus_since": 10.0}, 20),
    ],
)
def test_when_a_page_ends(state, ends):
    assert page(**state).ends_at(TIMEOUTS) == ends


@pytest.mark.parametrize(
    ("state", "gives_way"),
    [
        ({"connections": {1}}, False),
        ({"expected_since": 0.0}, False),
        ({"alone_since": 91.0, "was_left": True}, False),
        ({"alone_since": 90.0, "was_left": True}, True),
        ({"alone_since": 41.0}, False),
        ({"alone_since": 40.0}, True),
    ],
)
def test_room_is_taken_from_nobody_who_may_come_back_at_once(state, gives_way):
    assert page(**state).is_evictable(100.0) is gives_way


def test_a_page_that_is_still_being_made_stays():
    made = page(alone_since=0.0, was_left=True)
    made.stream.is_over = False
    assert not made.is_evictable(1000.0)


def test_the_longest_left_gives_way_first():
    pages = PageSessions()
    for owner, since in (("a", 30.0), ("b", 10.0), ("c", 20.0)):
        pages.put(page(owner, alone_since=since, was_left=True))
    assert [each.key.owner for each in pages.evictable(100.0, has_kernel=True)] == ["b", "c", "a"]


def test_forgetting_an_old_page_leaves_the_one_that_took_its_place():
    pages = PageSessions()
    old, new = page(), page()
    pages.put(old)
    pages.put(new)
    pages.remove(old)
    assert pages.at(new.key) is new
    assert len(pages) == 1
