"""Which form of the test a reader meets first, and when the other opens."""

from dataclasses import replace

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook
from typer.testing import CliRunner

from umkm_apps.answers.test_schedule import sitting_of, sittings
from umkm_apps.trainer.schedule_panel import SchedulePanel
from umkm_apps.trainer.test_control import close_sitting, open_sitting
from umkm_apps.web.notebook_page import prepare_notebook
from umkm_apps.web.page_context import PageContext
from umkm_cli.main import app
from umkm_courses import PairedTest
from umkm_records import (
    ChangeId,
    DraftKey,
    class_progress,
    class_roster,
    latest_submission,
    list_audit,
    open_records,
    save_draft,
    submit,
)
from umkm_records.answers import read_standing
from umkm_records.classes import course_test_window, set_course_test_window
from umkm_records.people import half_of_class


@pytest.fixture
def records(sample_database):
    with open_records(sample_database) as opened:
        yield opened


@pytest.fixture
def course(catalogue):
    """Our own course with two assignments standing in for the forms of a test."""
    plain = catalogue.courses["pembukuan"]
    first = plain.assignments[0]
    return replace(plain, test=PairedTest((first, replace(first, name="bentuk-b")), {}))


def sittings_of(records, course, code="srg-siti1"):
    return sittings(course, read_standing(records, code))


def test_the_two_halves_of_a_class_begin_with_different_forms(records, course):
    roster = class_roster(records, "contoh-serang")
    by_half = {half_of_class(records, person.code): person.code for person in roster}
    first, second = (sittings_of(records, course, by_half[half]) for half in (0, 1))
    assert [s.title for s in first] == [s.title for s in second] == ["Tes awal", "Tes akhir"]
    assert [s.form.name for s in first] == [s.form.name for s in reversed(second)]


def turns(records, course):
    return [sitting.turn for sitting in sittings_of(records, course)]


def answer_and_send(records, form):
    save_draft(
        records, DraftKey("srg-siti1", form.name, form.questions[0].id), "a", ChangeId("w", 1)
    )
    submit(records, "srg-siti1", form.name, [question.id for question in form.questions])


def open_test(records, which, *, is_open=True):
    set_course_test_window(records, "contoh-serang", "pembukuan", which, is_open=is_open, by="uji")


def test_the_test_after_a_course_waits_for_the_trainer_and_for_the_one_before(records, course):
    before, after = sittings_of(records, course)
    assert turns(records, course) == ["open", "waiting"]
    assert after.why == "Dibuka pelatih di akhir kelas."
    answer_and_send(records, before.form)
    assert turns(records, course) == ["open", "waiting"]
    open_test(records, "after")
    assert turns(records, course) == ["open", "open"]
    # Sent once more after the course, the first would tell nothing of what was known before.
    answer_and_send(records, after.form)
    assert turns(records, course) == ["closed", "open"]


def test_who_has_not_sent_the_first_takes_it_first_as_long_as_it_is_open(records, course):
    open_test(records, "after")
    assert turns(records, course) == ["open", "waiting"]
    open_test(records, "before", is_open=False)
    assert turns(records, course) == ["closed", "open"]


def test_closing_sends_what_was_answered_and_keeps_what_comes_later(records, course):
    before, _ = sittings_of(records, course)
    first, second = (question.id for question in before.form.questions[:2])
    save_draft(records, DraftKey("srg-siti1", before.form.name, first), "a", ChangeId("w", 1))
    assert close_sitting(records, course, "contoh-serang", "before", by="uji") == 1
    sent = latest_submission(records, "srg-siti1", before.form.name)
    assert (sent.answers[first], sent.answers[second]) == ("a", None)
    assert close_sitting(records, course, "contoh-serang", "before", by="uji") == 0
    late = DraftKey("srg-siti1", before.form.name, second)
    assert save_draft(records, late, "b", ChangeId("w", 2)).applied
    open_sitting(records, course, "contoh-serang", "before", by="uji")
    assert turns(records, course)[0] == "open"
    actions = [(entry.action, entry.subject) for entry in list_audit(records)]
    assert actions.count(("test_closed", "contoh-serang")) == 2
    assert actions.count(("test_opened", "contoh-serang")) == 1


def test_the_trainer_sees_and_turns_each_test_in_pantau_kelas(records, course):
    view = SchedulePanel(records, "contoh-serang", [course])
    before, after = view.rows
    forms = [form.name for form in course.test.forms]

    def look():
        view.show(class_progress(records, "contoh-serang", forms))
        return [(row.said.value.split(": ")[1], row.button.description) for row in view.rows]

    nobody = "0 terkirim · 0 sedang mengerjakan · 12 belum"
    assert look() == [(f"terbuka · {nobody}", "Tutup"), (f"belum dibuka · {nobody}", "Buka")]
    answer_and_send(records, sittings_of(records, course)[0].form)
    after.button.click()
    assert turns(records, course) == ["open", "open"]
    one = "1 terkirim · 0 sedang mengerjakan · 11 belum"
    assert look() == [(f"terbuka · {one}", "Tutup"), (f"terbuka · {nobody}", "Tutup")]
    before.button.click()
    assert turns(records, course)[0] == "open"  # asked first
    before.sure.click()
    assert turns(records, course)[0] == "closed"
    assert look()[0] == (f"sudah ditutup · {one}", "Buka lagi")


@pytest.mark.slow
def test_the_command_opens_and_closes(records, tmp_path, monkeypatch, request):
    monkeypatch.setenv("UMKM_DATA", str(tmp_path))
    monkeypatch.setenv("UMKM_HOME", str(request.config.rootpath))

    def umkm(*words):
        return CliRunner().invoke(app, ["class", *words, "contoh-serang", "pembukuan", "akhir"])

    assert "Tes akhir Pembukuan: terbuka" in umkm("open-test").output
    assert course_test_window(records, "contoh-serang", "pembukuan", "after").open
    assert "sudah ditutup" in umkm("close-test").output
    assert not course_test_window(records, "contoh-serang", "pembukuan", "after").open


def test_an_ordinary_task_is_no_sitting(records, course):
    other = replace(course.assignments[0], name="tugas-lain")
    assert sitting_of(course, read_standing(records, "srg-siti1"), other) is None
    assert sittings_of(records, replace(course, test=None)) == ()


class Page:
    """A handler, as far as a notebook asks it."""

    has_kernel = True

    def __init__(self):
        scripts = {"entry": "", "first": []}
        self.about = PageContext("Judul", "srg-siti1", "pembukuan/01", "", "", "", scripts)


def test_what_is_said_to_trainers_reaches_no_trainee():
    cells = [
        new_markdown_cell("# Judul"),
        new_markdown_cell("Catatan pelatih: jangan buru-buru.", metadata={"tags": ["trainer"]}),
    ]
    shown = prepare_notebook(Page(), new_notebook(cells=cells), "")
    assert [cell.source for cell in shown.cells if cell.cell_type == "markdown"] == ["# Judul"]
