"""What a second sending does to the marks of the first."""

from datetime import UTC, datetime

from tests.grading.classes import TASK

from umkm_grading import deliver, grade, publish_feedback
from umkm_grading.gradebook.gradebook import open_gradebook
from umkm_records import result_of

TEXT, CHOICE, AMOUNT = "rencana-dua-laci", "seragam-sekolah", "laba-bengkel"
PLAN = "Dua kaleng, 50 ribu sehari, tiap sore, ditulis di buku."


def send_and_grade(one_class, code, answers):
    one_class.send(code, answers)
    deliver(one_class.class_folder, one_class.records)
    (outcome,) = grade(one_class.class_folder, one_class.assignment)
    assert outcome.ok, outcome.message
    return outcome


def test_a_changed_text_waits_for_staff_again(one_class):
    code = one_class.codes[0]
    assert send_and_grade(one_class, code, {TEXT: PLAN, CHOICE: "biaya-usaha"}).waiting_for_human
    one_class.staff_gives(code, TEXT, 4)

    outcome = send_and_grade(one_class, code, {TEXT: PLAN + " Kalau habis, tunggu besok."})
    assert outcome.waiting_for_human
    assert one_class.scores(code)[TEXT].manual == 4  # staff see what they gave before
    publication = publish_feedback(one_class.class_folder, one_class.records, one_class.assignment)
    assert publication.waiting == (code,)


def test_an_unchanged_text_keeps_the_mark_staff_gave(one_class):
    code = one_class.codes[0]
    send_and_grade(one_class, code, {TEXT: PLAN, CHOICE: "biaya-usaha"})
    one_class.staff_gives(code, TEXT, 4)

    outcome = send_and_grade(one_class, code, {CHOICE: "pindah-catat"})
    assert not outcome.waiting_for_human
    assert outcome.points == 4 + 2


def test_an_empty_text_is_worth_nothing_and_queues_once_it_is_written(one_class):
    code = one_class.codes[0]
    first = send_and_grade(one_class, code, {TEXT: "   ", CHOICE: "pindah-catat"})
    assert not first.waiting_for_human
    assert one_class.scores(code)[TEXT].points == 0

    second = send_and_grade(one_class, code, {TEXT: PLAN})
    assert second.waiting_for_human
    assert one_class.scores(code)[TEXT].manual is None  # nobody gave that 0


def test_a_text_taken_back_loses_its_mark(one_class):
    code = one_class.codes[0]
    send_and_grade(one_class, code, {TEXT: PLAN, CHOICE: "pindah-catat"})
    one_class.staff_gives(code, TEXT, 5)
    outcome = send_and_grade(one_class, code, {TEXT: None})
    assert not outcome.waiting_for_human
    assert outcome.points == 2


def test_an_automatic_mark_corrected_by_staff_stands_while_its_answer_does(one_class):
    code = one_class.codes[0]
    send_and_grade(one_class, code, {CHOICE: "bayar-langsung", AMOUNT: "1rb"})
    one_class.staff_gives(code, CHOICE, 2)

    unchanged = send_and_grade(one_class, code, {AMOUNT: "350rb"})
    assert not unchanged.waiting_for_human
    assert unchanged.points == 2 + 3
    publish_feedback(one_class.class_folder, one_class.records, one_class.assignment)
    items = {item["question"]: item for item in result_of(one_class.records, code, TASK).items}
    assert items[CHOICE]["message"] == "Nilai soal ini ditetapkan pelatih."
    assert items[AMOUNT]["message"] == "Benar."


def test_a_corrected_mark_is_asked_about_when_its_answer_changes(one_class):
    code = one_class.codes[0]
    send_and_grade(one_class, code, {CHOICE: "bayar-langsung"})
    one_class.staff_gives(code, CHOICE, 2)
    assert send_and_grade(one_class, code, {CHOICE: "ambil-dulu"}).waiting_for_human


def test_a_submission_that_is_being_graded_is_replaced_afterwards(one_class):
    code = one_class.codes[0]
    one_class.send(code, {CHOICE: "ambil-dulu"})
    deliver(one_class.class_folder, one_class.records)
    newer = one_class.send(code, {CHOICE: "pindah-catat"})
    with one_class.class_folder.working_on(code, TASK):  # what a grader holds
        assert deliver(one_class.class_folder, one_class.records) == []
    assert deliver(one_class.class_folder, one_class.records) == [newer.code]
    assert deliver(one_class.class_folder, one_class.records) == []
    (outcome,) = grade(one_class.class_folder, one_class.assignment)
    assert outcome.points == 2


def test_an_old_result_is_not_published_while_a_newer_sending_waits(one_class):
    code = one_class.codes[0]
    send_and_grade(one_class, code, {CHOICE: "ambil-dulu"})
    one_class.send(code, {CHOICE: "pindah-catat"})
    undelivered = publish_feedback(one_class.class_folder, one_class.records, one_class.assignment)
    assert "lebih baru" in undelivered.held[code]
    deliver(one_class.class_folder, one_class.records)
    ungraded = publish_feedback(one_class.class_folder, one_class.records, one_class.assignment)
    assert "belum dinilai" in ungraded.held[code]
    assert result_of(one_class.records, code, TASK) is None


def test_points_beyond_the_limit_are_held_back_with_the_reason(one_class):
    code = one_class.codes[0]
    send_and_grade(one_class, code, {TEXT: PLAN})
    one_class.staff_gives(code, TEXT, 50)
    publication = publish_feedback(one_class.class_folder, one_class.records, one_class.assignment)
    assert publication.published == ()
    assert "50" in publication.held[code]
    assert "0 sampai 5" in publication.held[code]


def test_the_gradebook_keeps_the_time_of_sending_in_utc(one_class):
    code = one_class.codes[0]
    one_class.put(code, {CHOICE: "pindah-catat"})  # sent 2026-11-23 08:01 UTC, 15.01 WIB
    grade(one_class.class_folder, one_class.assignment)
    with open_gradebook(one_class.class_folder) as gradebook:
        stored = gradebook.find_submission(TASK, code).timestamp
    assert stored.replace(tzinfo=UTC) == datetime(2026, 11, 23, 8, 1, tzinfo=UTC)
