"""What one grading makes of a row of the gradebook, worked out by hand."""

import pytest

from umkm_grading.autograde.scores import Change, Mark, score_automatic, score_text

SAME = Change("x", "x")
FIRST = Change("x", None)
OTHER = Change("y", "x")
NOW_EMPTY = Change("", "x")
EMPTY_FIRST = Change("", None)
WRITTEN_NOW = Change("x", "")


@pytest.mark.parametrize(
    ("old", "points", "change", "expected"),
    [
        (None, 2.0, FIRST, Mark(2.0, None, waiting=False)),
        (None, None, FIRST, Mark(None, None, waiting=True)),  # nbgrader found no number
        (Mark(1.0, None, waiting=False), 2.0, OTHER, Mark(2.0, None, waiting=False)),
        # Staff gave 1; the answer changed: a person looks again.
        (Mark(0.0, 1.0, waiting=False), 2.0, OTHER, Mark(2.0, 1.0, waiting=True)),
        # Nothing changed: the override stands, unasked.
        (Mark(0.0, 1.0, waiting=False), 0.0, SAME, Mark(0.0, 1.0, waiting=False)),
        # The key changed under an override: a person looks again.
        (Mark(0.0, 1.0, waiting=False), 2.0, SAME, Mark(2.0, 1.0, waiting=True)),
        (Mark(0.0, 1.0, waiting=True), 0.0, SAME, Mark(0.0, 1.0, waiting=True)),
        # Extra credit is a person's and stays.
        (
            Mark(1.0, None, waiting=False, extra=0.5),
            2.0,
            OTHER,
            Mark(2.0, None, waiting=False, extra=0.5),
        ),
    ],
)
def test_a_question_the_machine_marks(old, points, change, expected):
    assert score_automatic(old, points, change) == expected


@pytest.mark.parametrize(
    ("old", "change", "expected"),
    [
        (None, FIRST, Mark(None, None, waiting=True)),
        (None, EMPTY_FIRST, Mark(None, 0, waiting=False)),
        (Mark(None, 4.0, waiting=False), SAME, Mark(None, 4.0, waiting=False)),
        (Mark(None, 4.0, waiting=False), OTHER, Mark(None, 4.0, waiting=True)),
        (Mark(None, 4.0, waiting=False), NOW_EMPTY, Mark(None, 0, waiting=False)),
        (Mark(None, 0, waiting=False), WRITTEN_NOW, Mark(None, None, waiting=True)),
    ],
)
def test_a_text_people_mark(old, change, expected):
    assert score_text(old, change) == expected


def test_points_are_a_persons_where_there_are_any_plus_what_they_added():
    assert Mark(2.0, None).points == 2
    assert Mark(2.0, 1.0, extra=0.5).points == 1.5
    assert Mark().points == 0
