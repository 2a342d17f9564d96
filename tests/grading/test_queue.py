"""The queue of texts: what waits, one reader a text, points in the real gradebook, the page itself."""

import shutil
from dataclasses import replace

import pytest
from nbgrader.api import Grade
from tests.grading.classes import TASK, open_class

from umkm_grading import grade
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.errors import AnswerChanged, Busy, PointsRefused, TakenByAnother
from umkm_grading.gradebook.gradebook import open_gradebook
from umkm_grading.review.page import QueuePage
from umkm_grading.review.queue import read_queue
from umkm_grading.review.session import ReviewSession
from umkm_records import open_records
from umkm_records.reviews import Reviewer, TextToRead, claim_text, grader_figures

TEXT, CHOICE = "rencana-dua-laci", "seragam-sekolah"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)> & \n=2+3"
TITLES = {TASK: "Tugas: Dua Laci"}


@pytest.fixture(scope="module")
def graded(tmp_path_factory, catalogue):
    """Three texts, the second sent first, and somebody without a text."""
    one_class = open_class(tmp_path_factory.mktemp("asli"), catalogue)
    first, second, third, empty = one_class.codes[:4]
    one_class.put(second, {TEXT: "Dua kaleng."}, attempt=1)
    one_class.put(first, {TEXT: EVIL}, attempt=2)
    one_class.put(third, {TEXT: "Dompet dan laci."}, attempt=3)
    one_class.put(empty, {CHOICE: "ambil-dulu"}, attempt=4)
    grade(one_class.class_folder, TASK)
    one_class.records.close()
    return one_class


@pytest.fixture
def sent(graded, tmp_path):
    """A copy of that class for each test: preparing one takes seconds."""
    folder = shutil.copytree(graded.class_folder.data_dir, tmp_path / "salinan")
    class_folder = ClassFolder(folder, graded.class_folder.cohort_id)
    with open_records(folder / "umkm.db") as records:
        yield replace(graded, class_folder=class_folder, records=records)


def session_of(one_class, grader):
    return ReviewSession(one_class.records, [one_class.class_folder], grader)


def text_of(one_class, place):
    return TextToRead(one_class.class_folder.cohort_id, one_class.codes[place], TASK, TEXT)


def test_what_waits_stands_oldest_first_and_an_empty_text_waits_for_nobody(sent):
    queue = read_queue([sent.class_folder])
    assert [one.text for one in queue.waiting] == [text_of(sent, place) for place in (1, 0, 2)]
    assert list(queue.by_question()) == [(TASK, TEXT)]
    assert queue.automatic == 0


def test_other_classes_are_read_although_one_cannot_be(sent, tmp_path):
    broken, unopened = ClassFolder(tmp_path, "rusak-2026"), ClassFolder(tmp_path, "baru-2026")
    broken.root.mkdir(parents=True)
    broken.gradebook_file.write_bytes(b"bukan basis data" * 100)
    queue = read_queue([broken, unopened, sent.class_folder])
    assert len(queue.waiting) == 3
    assert "Buku nilai" in queue.troubles["rusak-2026"]
    assert list(queue.troubles) == ["rusak-2026"]
    assert not unopened.gradebook_file.exists()


def test_a_mark_of_the_machine_to_look_at_again_is_counted_and_not_queued(sent):
    with open_gradebook(sent.class_folder) as gradebook:
        row = next(one for one in gradebook.db.query(Grade) if one.name == CHOICE)
        row.needs_manual_grade = True
        gradebook.db.commit()
    queue = read_queue([sent.class_folder])
    assert (len(queue.waiting), queue.automatic) == (3, 1)


def test_two_graders_are_never_given_the_same_text(sent):
    ani, budi = session_of(sent, "Ani"), session_of(sent, "Budi")
    seen = [session.claim_next(session.queue().waiting).text for session in (ani, budi)]
    assert seen == [text_of(sent, 1), text_of(sent, 0)]
    assert budi.claimed_by_others() == {text_of(sent, 1): "Ani"}
    with pytest.raises(TakenByAnother, match="Sedang dibaca Ani"):
        budi.claim(text_of(sent, 1))


def test_a_text_shows_what_was_asked_what_to_look_for_and_what_was_written(sent):
    opened = session_of(sent, "Ani").claim(text_of(sent, 0))
    assert opened.answer == EVIL
    assert (opened.of, opened.points) == (5, None)
    assert "uang usaha" in opened.prompt.lower()
    assert "Beri 1 untuk tiap hal" in opened.scheme


def test_points_and_comment_stand_in_the_gradebook_and_the_next_is_given(sent):
    session = session_of(sent, "Ani")
    session.save_points(session.claim(text_of(sent, 1)), 2.5, " Tulis jatahnya. ")
    score = sent.scores(sent.codes[1])[TEXT]
    assert (score.points, score.waiting, score.comment) == (2.5, False, "Tulis jatahnya.")
    assert session.claim_next(session.queue().waiting).text == text_of(sent, 0)
    (figures,) = grader_figures(sent.records)
    assert (figures.grader, figures.count, figures.percent) == ("Ani", 1, 50)


@pytest.mark.parametrize("points", [-0.5, 5.01, float("nan"), float("inf")])
def test_points_outside_the_question_are_refused(sent, points):
    session = session_of(sent, "Ani")
    opened = session.claim(text_of(sent, 1))
    with pytest.raises(PointsRefused, match="dari 0 sampai 5"):
        session.save_points(opened, points, "")
    assert sent.scores(sent.codes[1])[TEXT].waiting


def test_an_answer_sent_again_while_it_was_read_gets_no_points(sent):
    session = session_of(sent, "Ani")
    opened = session.claim(text_of(sent, 1))
    sent.put(sent.codes[1], {TEXT: "Tiga kaleng."}, attempt=5)
    with pytest.raises(AnswerChanged, match="jawaban baru"):
        session.save_points(opened, 4, "")
    session.release(opened.text)
    # Until it is graded nobody is given the old text, though the gradebook still lists it.
    assert session.claim_next(session.queue().waiting).text == text_of(sent, 0)
    grade(sent.class_folder, TASK)
    assert session.claim(text_of(sent, 1)).answer == "Tiga kaleng."


def test_a_text_marked_in_formgrader_meanwhile_keeps_that_mark(sent):
    session = session_of(sent, "Ani")
    opened = session.claim(text_of(sent, 1))
    sent.staff_gives(sent.codes[1], TEXT, 3)
    with pytest.raises(AnswerChanged, match="sudah dinilai"):
        session.save_points(opened, 1, "")
    assert sent.scores(sent.codes[1])[TEXT].points == 3


def test_points_given_can_be_changed(sent):
    session = session_of(sent, "Ani")
    session.save_points(session.claim(text_of(sent, 1)), 2, "Kurang.")
    again = session.claim(text_of(sent, 1))
    assert (again.points, again.comment) == (2, "Kurang.")
    session.save_points(again, 4, "")
    score = sent.scores(sent.codes[1])[TEXT]
    assert (score.points, score.comment) == (4, "")


def test_a_lapsed_text_that_another_took_is_not_overwritten(sent):
    session = session_of(sent, "Ani")
    opened = session.claim(text_of(sent, 1))
    session.release(opened.text)  # as if ten minutes had passed
    claim_text(sent.records, opened.text, Reviewer("Budi", "lain"))
    with pytest.raises(TakenByAnother, match="Budi"):
        session.save_points(opened, 4, "")


def test_it_waits_for_the_lock_that_graders_hold(sent, monkeypatch):
    monkeypatch.setattr("umkm_grading.review.session._PATIENCE_SECONDS", 0.1)
    session = session_of(sent, "Ani")
    opened = session.claim(text_of(sent, 1))
    with sent.class_folder.working_on(sent.codes[1], TASK), pytest.raises(Busy):
        session.save_points(opened, 4, "")
    session.save_points(opened, 4, "")


def test_a_text_that_cannot_be_read_is_told_and_holds_up_nobody(sent):
    second, first = sent.codes[1], sent.codes[0]
    (sent.class_folder.submitted(second, TASK) / "answers.json").write_text("rusak")
    session = session_of(sent, "Ani")
    assert session.claim_next(session.queue().waiting).text.participant == first
    assert "buka kelas sekali lagi" in session.unreadable[text_of(sent, 1)]


def test_a_name_nobody_in_the_records_has_is_passed_over(sent):
    session = session_of(sent, "Ani")
    (oldest, *rest) = session.queue().waiting
    odd = [
        oldest._replace(text=oldest.text._replace(participant=name))
        for name in ("../x", "*", "a\nb")
    ]
    assert session.claim_next([*odd, *rest]).text == text_of(sent, 0)
    assert [text.participant for text in session.unreadable] == ["../x", "*", "a\nb"]


class Page:
    """The page as somebody uses it: fields and buttons."""

    def __init__(self, one_class, name):
        self.page = QueuePage(session_of(one_class, ""), TITLES)
        self.page.refresh()
        self.page.name.value = name

    def press(self, button, points=None, comment=None):
        if points is not None:
            self.page.points.value = points
        if comment is not None:
            self.page.comment.value = comment
        getattr(self.page, button).click()
        return self.page.messages.value

    @property
    def reads(self):
        return self.page.opened and self.page.opened.text.participant


def test_a_grader_works_through_the_queue_on_the_page(sent):
    ani, budi = Page(sent, "Ani"), Page(sent, "Budi")
    assert "3 jawaban menunggu" in ani.page.summary.value
    ani.press("begin")
    budi.press("begin")
    assert (ani.reads, budi.reads) == (sent.codes[1], sent.codes[0])
    assert EVIL not in budi.page.text.value
    assert "&lt;script&gt;alert(1)" in budi.page.text.value
    assert "<b>Dua wadah</b>: boleh kaleng" in budi.page.text.value  # as the author wrote it

    said = ani.press("save", "2,5", "Tulis jatahnya.")
    assert "2,5 poin" in said
    assert ani.reads == sent.codes[2]
    assert ani.page.points.value == ""
    assert "sedang dibaca Budi" in ani.page.summary.value
    assert "Ani" in ani.page.figures.value

    said = ani.press("save", "4")
    assert "Tidak ada lagi yang bisa dibaca" in said  # Budi has the only one left
    budi.press("stop")
    ani.press("begin")
    assert ani.reads == sent.codes[0]
    ani.press("save", "0")
    assert "Tidak ada jawaban yang menunggu" in ani.page.summary.value


@pytest.mark.parametrize("typed", ["", "banyak", "6", "-1", "1.000", "nan"])
def test_points_that_are_none_are_told_and_nothing_typed_is_lost(sent, typed):
    ani = Page(sent, "Ani")
    ani.press("begin")
    said = ani.press("save", typed, "Komentar panjang.")
    assert "role='alert'" in said
    assert "dari 0 sampai 5" in said
    assert ani.reads == sent.codes[1]
    assert (ani.page.points.value, ani.page.comment.value) == (typed, "Komentar panjang.")


def test_nobody_reads_without_a_name(sent):
    nobody = Page(sent, "  ")
    assert "Tulis nama Anda dulu" in nobody.press("begin")
    assert nobody.reads is None


def test_what_is_skipped_comes_back_at_the_next_beginning_and_the_last_can_be_changed(sent):
    ani = Page(sent, "Ani")
    assert "Belum ada yang dinilai" in ani.press("change")
    ani.press("begin")
    ani.press("skip")
    assert ani.reads == sent.codes[0]
    ani.press("save", "1")
    ani.press("change")
    assert ani.reads == sent.codes[0]
    assert ani.page.points.value == "1"
    ani.press("save", "3")
    assert sent.scores(sent.codes[0])[TEXT].points == 3
    ani.press("begin")
    assert ani.reads == sent.codes[1]


def test_a_question_of_two_classes_is_one_queue(sent, tmp_path):
    other = open_class(tmp_path / "lain", sent.catalogue)
    other.put(other.codes[0], {TEXT: "Kelas lain."})
    grade(other.class_folder, TASK)
    queue = read_queue([sent.class_folder, other.class_folder])
    assert len(queue.by_question()[TASK, TEXT]) == 4
