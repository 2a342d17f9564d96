import json

import pytest

from umkm_widgets import AnswerStoreError
from umkm_widgets.answer_file import FileAnswerStore, StoredAnswers, read_answers


@pytest.fixture
def path(tmp_path):
    return tmp_path / "answers.json"


def test_answers_are_found_again_by_another_store(path):
    FileAnswerStore(path).save("laci", "rumah", "w1", 1)
    FileAnswerStore(path).save("rencana", "Dua kaleng 🙂", "w1", 1)
    assert FileAnswerStore(path).load("laci") == "rumah"
    assert read_answers(path) == StoredAnswers({"laci": "rumah", "rencana": "Dua kaleng 🙂"})


def test_no_file_holds_no_answer(path):
    assert read_answers(path) == StoredAnswers()
    assert FileAnswerStore(path).load("laci") is None


def test_a_late_change_of_the_same_page_is_passed_over(path):
    store = FileAnswerStore(path)
    store.save("laci", "baru", "w1", 2)
    store.save("laci", "lama", "w1", 1)
    store.save("laba", "15rb", "w1", 1)
    assert read_answers(path).answers == {"laci": "baru", "laba": "15rb"}


def test_nothing_but_the_file_is_left_behind(path):
    store = FileAnswerStore(path)
    for seq in range(1, 4):
        store.save("laci", "rumah", "w1", seq)
    assert [entry.name for entry in path.parent.iterdir()] == ["answers.json"]


def test_a_damaged_file_is_set_aside_not_lost(path):
    path.write_text('{"version": 1, "answers": {"laci"')
    FileAnswerStore(path).save("laci", "rumah", "w1", 1)
    assert read_answers(path).answers == {"laci": "rumah"}
    assert path.with_name("answers.rusak.json").read_text() == '{"version": 1, "answers": {"laci"'


def test_too_much_is_refused_and_the_file_stays_as_it_was(path):
    store = FileAnswerStore(path)
    store.save("laci", "rumah", "w1", 1)
    before = path.read_bytes()
    with pytest.raises(AnswerStoreError, match="terlalu panjang"):
        store.save("rencana", "a" * 200_000, "w1", 1)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told_in_plain_words(tmp_path):
    store = FileAnswerStore(tmp_path / "hilang" / "answers.json")
    with pytest.raises(AnswerStoreError, match="belum bisa disimpan"):
        store.save("laci", "rumah", "w1", 1)


def test_the_file_is_plain_json_people_can_read(path):
    FileAnswerStore(path).save("rencana", "Besok saya beli dua kaleng – pasti", "w1", 1)
    assert "dua kaleng – pasti" in path.read_text(encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8"))["version"] == 1
