"""A person's right to be forgotten reaches the gradebook."""

from tests.grading.classes import TASK

from umkm_grading import forget, grade
from umkm_grading.gradebook import open_gradebook


def test_nothing_of_a_forgotten_person_is_left(one_class):
    gone, stays = one_class.codes[:2]
    for code in (gone, stays):
        one_class.put(code, {"rencana-dua-laci": f"Rencana rahasia {code}"})
    grade(one_class.room, one_class.assignment)
    forget(one_class.room, gone)
    with open_gradebook(one_class.room) as gradebook:
        assert gone not in [student.id for student in gradebook.students]
    kept = [path for path in one_class.room.root.rglob("*") if gone in path.name]
    assert [path.parent.name for path in kept if path.is_file()] == ["locks"]
    assert one_class.scores(stays)
    assert not one_class.room.submitted(gone, TASK).exists()
