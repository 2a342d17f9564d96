"""Submitting an answer sheet: receipts, and what is refused with which words for whom."""

import pytest

from umkm_apps.answers.access import Access
from umkm_apps.answers.submission import SubmissionRefused, submit_sheet
from umkm_courses import UnknownContent
from umkm_records import (
    ChangeId,
    DraftKey,
    Result,
    get_participant,
    open_records,
    publish,
    save_draft,
    submissions_of,
)
from umkm_records.classes import set_course_test_window
from umkm_records.people import half_of_class

CLASS, CODE, SHEET = "contoh-serang", "srg-siti1", "pembukuan-dua-laci"


@pytest.fixture
def access(sample_database, catalogue):
    with open_records(sample_database) as records:
        yield Access(records, catalogue, get_participant(records, CODE))


@pytest.fixture
def form(access):
    """The form that the participant takes before the course."""
    test = access.catalogue.courses["pembukuan"].test
    before, _ = test.sittings(half_of_class(access.records, CODE))
    return before


def answer(access, sheet, question, content, seq=1):
    save_draft(access.records, DraftKey(CODE, sheet, question), content, ChangeId("hp", seq))


def answer_form(access, form):
    answer(access, form.name, form.questions[0].id, "15rb")


def close(access):
    set_course_test_window(access.records, CLASS, "pembukuan", "before", is_open=False, by="uji")


def refused(access, name):
    with pytest.raises(SubmissionRefused) as told:
        submit_sheet(access, name)
    return told.value


def test_the_same_answers_and_the_same_key_give_the_same_receipt(access):
    answer(access, SHEET, "laba-bengkel", "350rb")
    first = submit_sheet(access, SHEET)
    assert submit_sheet(access, SHEET).code == first.code
    answer(access, SHEET, "laba-bengkel", "400rb", seq=2)
    second = submit_sheet(access, SHEET, "kunci-0001")
    assert second.code != first.code
    answer(access, SHEET, "laba-bengkel", "450rb", seq=3)
    assert submit_sheet(access, SHEET, "kunci-0001").code == second.code
    assert [sent.attempt for sent in submissions_of(access.records, CLASS, SHEET)] == [2]


def test_a_sheet_without_answers_is_refused(access):
    error = refused(access, SHEET)
    assert (error.reason, error.status, error.receipt) == ("empty", 422, None)
    assert error.for_form == "Belum ada jawaban yang tersimpan. Isi dulu soalnya, lalu kirim."
    assert str(error) == error.for_trainer
    assert str(error) == "Belum ada jawaban. Isi dulu minimal satu soal, lalu kirim."


def test_a_graded_sheet_is_refused(access):
    answer(access, SHEET, "laba-bengkel", "350rb")
    publish(access.records, Result(CODE, SHEET, 1, 2, 10))
    error = refused(access, SHEET)
    assert (error.reason, error.status) == ("graded", 422)
    assert "sudah dinilai" in str(error)


def test_a_closed_test_is_refused_with_words_for_each_reader(access, form):
    answer_form(access, form)
    close(access)
    error = refused(access, form.name)
    assert (error.reason, error.status, error.receipt) == ("closed", 422, None)
    assert str(error).startswith("Tes awal sudah ditutup pelatih. Jawaban Anda tetap tersimpan.")
    assert error.for_trainer.startswith(
        "Tes awal sudah ditutup. Jawabannya disimpan, tidak dikirim."
    )
    assert not submissions_of(access.records, CLASS, form.name)


def test_a_closed_test_keeps_the_receipt_it_had(access, form):
    answer_form(access, form)
    sent = submit_sheet(access, form.name)
    close(access)
    assert refused(access, form.name).receipt.code == sent.code


def test_a_test_whose_turn_has_not_come_is_unknown(access):
    test = access.catalogue.courses["pembukuan"].test
    _, after = test.sittings(half_of_class(access.records, CODE))
    with pytest.raises(UnknownContent):
        submit_sheet(access, after.name)
    with pytest.raises(UnknownContent):
        submit_sheet(access, "tugas-yang-tidak-ada")
