"""Beranda with one course and with several: how far one is, and which lies open."""

import pytest

from umkm_apps.web.home import Card, progress, unfold


def cards(*states):
    return [Card("Judul", "rinci", "/", state) for state in states]


def course(*states):
    return {"tests": [], "lessons": cards(*states), "assignments": []}


def test_progress_is_said_in_words():
    done = progress(cards("done", "working", "unopened"), cards("sent", "graded", "working"))
    assert done == "1 dari 3 pelajaran selesai · 2 dari 3 tugas terkirim"
    assert progress(cards("done"), []) == "1 dari 1 pelajaran selesai"


@pytest.mark.parametrize(
    ("states", "open_one"),
    [
        ([("unopened",)], 0),
        ([("done",)], 0),
        ([("unopened",), ("unopened",)], 0),
        ([("done",), ("unopened",)], 1),
        ([("unopened",), ("working",)], 1),
        # The test at the end of the first is left for later.
        ([("done", "unopened"), ("done", "unopened")], 1),
        ([("working",), ("done",)], 0),
        ([("done",), ("done",)], 0),
    ],
)
def test_one_course_lies_open(states, open_one):
    courses = [course(*each) for each in states]
    unfold(courses)
    assert [one["open"] for one in courses].index(True) == open_one
    assert sum(one["open"] for one in courses) == 1


def test_no_course_at_all():
    courses = []
    unfold(courses)
    assert courses == []
