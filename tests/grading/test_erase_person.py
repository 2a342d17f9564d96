"""A person's right to be forgotten reaches the gradebook."""

from tests.grading.classes import TASK

from umkm_grading import erase_from_class, grade, prepare
from umkm_grading.gradebook.gradebook import open_gradebook
from umkm_records import class_roster
from umkm_records.people import put_back_in_class, remove_from_class


def test_nothing_of_a_forgotten_person_is_left(one_class):
    gone, stays = one_class.codes[:2]
    for code in (gone, stays):
        one_class.put(code, {"rencana-dua-laci": f"Rencana rahasia {code}"})
    grade(one_class.class_folder, one_class.assignment)
    erase_from_class(one_class.class_folder, gone)
    with open_gradebook(one_class.class_folder) as gradebook:
        assert gone not in [student.id for student in gradebook.students]
    kept = [path for path in one_class.class_folder.root.rglob("*") if gone in path.name]
    assert [path.parent.name for path in kept if path.is_file()] == ["locks"]
    assert one_class.scores(stays)
    assert not one_class.class_folder.submitted(gone, TASK).exists()


def test_who_was_taken_out_of_the_class_leaves_the_gradebook_unless_they_sent_something(one_class):
    ghost, worker = one_class.codes[:2]
    one_class.put(worker, {"rencana-dua-laci": "Rencana"})
    for code in (ghost, worker):
        remove_from_class(one_class.records, code, "contoh-serang", by="uji")
    people = class_roster(one_class.records, "contoh-serang")
    prepare(one_class.class_folder, [one_class.assignment], people)
    with open_gradebook(one_class.class_folder) as gradebook:
        known = {student.id for student in gradebook.students}
    assert known == {person.code for person in people} | {worker}
    put_back_in_class(one_class.records, ghost, "contoh-serang", by="uji")
    prepare(
        one_class.class_folder,
        [one_class.assignment],
        class_roster(one_class.records, "contoh-serang"),
    )
    with open_gradebook(one_class.class_folder) as gradebook:
        assert ghost in {student.id for student in gradebook.students}
