"""An answer that no reader can make sense of costs its own points, and grading no time."""

from tests.unit.time_limit import limited

from umkm_grading import deliver, grade

#: Two honest answers of this assignment are graded in seconds; this one took for ever.
PATIENCE = 90


def test_an_amount_of_a_hundred_parts_is_graded_like_any_other(one_class):
    code = one_class.codes[0]
    one_class.send(code, {"seragam-sekolah": "pindah-catat", "laba-bengkel": "1m" * 100})
    deliver(one_class.class_folder, one_class.records)
    with limited(PATIENCE):
        (outcome,) = grade(one_class.class_folder, one_class.assignment)
    # The other question of the two gives 2 of the 5 points.
    assert (outcome.participant, outcome.ok, outcome.points) == (code, True, 2)
