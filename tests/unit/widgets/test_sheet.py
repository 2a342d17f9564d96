"""`ask`, `show` and `mark` in a real IPython shell, beside a real answers.json."""

import json
import os
import subprocess
import sys
import textwrap

import pytest
from IPython.utils.capture import capture_output
from ipywidgets.widgets.widget import _instances

from umkm import QuestionError
from umkm.exercise import seed_of, vary
from umkm_widgets import sheet
from umkm_widgets.session import current_session

CHOICE = sheet.single_choice("Laci <mana>?", {"usaha": "Laci usaha", "rumah": "Laci rumah & dapur"})
AMOUNT = sheet.rupiah("Berapa labanya?")
TEXT = sheet.long_text("Apa rencana Anda?")


@pytest.fixture(autouse=True)
def grading(tmp_path, monkeypatch, shell):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setattr(current_session(), "asked", {})
    sheet.ask("laci", CHOICE, points=2)
    sheet.ask("laba", AMOUNT, points=3)
    sheet.ask("rencana", TEXT, points=5)


def store(tmp_path, **answers):
    (tmp_path / "answers.json").write_text(
        json.dumps({"version": 1, "answers": answers}), encoding="utf-8"
    )


def displayed(call, *arguments, **named):
    with capture_output() as captured:
        value = call(*arguments, **named)
    assert captured.stderr == ""
    return value, [output.data for output in captured.outputs]


def test_an_answer_is_shown_escaped_under_its_prompt(tmp_path):
    store(tmp_path, rencana="<script>alert(1)</script>\nDua kaleng & satu buku")
    _, [shown] = displayed(sheet.show, "rencana")
    assert "<script" not in shown["text/html"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\nDua kaleng &amp; satu buku" in shown["text/html"]
    assert (
        shown["text/plain"]
        == "Apa rencana Anda?\n<script>alert(1)</script>\nDua kaleng & satu buku"
    )


def test_prompts_and_options_are_escaped_too(tmp_path):
    store(tmp_path, laci="rumah")
    _, [shown] = displayed(sheet.show, "laci")
    assert "Laci &lt;mana&gt;?" in shown["text/html"]
    assert "Laci rumah &amp; dapur" in shown["text/html"]


@pytest.mark.parametrize("question_id", ["laci", "laba", "rencana"])
def test_nothing_answered_is_said(question_id):
    _, [shown] = displayed(sheet.show, question_id)
    assert "Belum dijawab" in shown["text/plain"]


@pytest.mark.parametrize(
    ("answer", "earned", "verdict", "message"),
    [
        ("rumah", 2, "right", "Benar."),
        ("usaha", 0.5, "partly", "Laci usaha untuk modal & stok."),
        ("gudang", 0, "refused", "Pilihan ini tidak ada. Silakan pilih lagi."),
        ({"x": 1}, 0, "refused", "Jawaban ini tidak terbaca. Silakan jawab lagi."),
        (None, 0, "empty", "Belum dijawab."),
    ],
)
def test_a_mark_is_a_number_and_says_why(tmp_path, answer, earned, verdict, message):
    store(tmp_path, laci=answer)
    points, [shown] = displayed(
        sheet.mark, "laci", "rumah", near={"usaha": (0.5, "Laci usaha untuk modal & stok.")}
    )
    assert points == earned
    assert type(points) is (int if earned in (0, 2) else float)
    assert shown[sheet.MARK_MIME] == {
        "question": "laci",
        "verdict": verdict,
        "points": earned,
        "of": 2,
        "message": message,
        "misunderstandings": [],
    }
    assert "&amp; stok" in shown["text/html"] or "&" not in message


def test_an_amount_is_marked_within_its_tolerance(tmp_path):
    store(tmp_path, laba="250,4 rb")
    points, _ = displayed(sheet.mark, "laba", 250_000, tolerance=500)
    assert points == 3


def test_points_are_written_the_indonesian_way(tmp_path):
    store(tmp_path, laci="usaha")
    _, [shown] = displayed(sheet.mark, "laci", "rumah", near={"usaha": (0.5, "Hampir.")})
    assert shown["text/plain"] == "Hampir. (0,5 dari 2 poin)"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"version": 1, "answers": {"laci": "rum',
        b"[]",
        b"null",
        b'{"version": 2, "answers": {"laci": "rumah"}}',
        b'{"version": 1, "answers": ["rumah"]}',
        b'{"version": 1}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"version": 1, "answers": {"laci": "rumah", "x": "' + b"a" * 200_000 + b'"}}',
        b'{"version": 1, "answers": {"laci": ' + b"9" * 6_000 + b"}}",
    ],
)
def test_a_damaged_file_counts_as_unanswered_and_says_so(tmp_path, content):
    (tmp_path / "answers.json").write_bytes(content)
    points, [shown] = displayed(sheet.mark, "laci", "rumah")
    assert (points, shown[sheet.MARK_MIME]["verdict"]) == (0, "empty")
    _, [shown] = displayed(sheet.show, "rencana")
    assert "Belum dijawab" in shown["text/plain"]
    assert "dianggap belum dijawab" in shown["text/plain"]


def test_a_pipe_in_place_of_the_file_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "answers.json")
    points, _ = displayed(sheet.mark, "laci", "rumah")
    assert points == 0


def test_a_mark_cell_that_an_author_wrote_wrongly_fails_loudly(tmp_path):
    store(tmp_path, laci="rumah")
    with pytest.raises(QuestionError, match="ask"):
        sheet.mark("lain", "rumah")
    with pytest.raises(QuestionError, match="gudang"):
        sheet.mark("laci", "gudang")
    _, [shown] = displayed(sheet.show, "lain")
    assert "Soal ini tidak ada" in shown["text/plain"]


def test_outside_nbgrader_the_widget_is_shown_and_keeps_its_answer_in_the_file(
    tmp_path, monkeypatch
):
    monkeypatch.delenv("NBGRADER_EXECUTION")
    with capture_output() as captured:
        sheet.ask("laci", CHOICE, points=2)
    assert "application/vnd.jupyter.widget-view+json" in captured.outputs[0].data
    model_id = captured.outputs[0].data["application/vnd.jupyter.widget-view+json"]["model_id"]
    widget = _instances[model_id]
    widget.answer = "rumah"
    assert widget.save_state == "saved"
    assert json.loads((tmp_path / "answers.json").read_text()) == {
        "version": 1,
        "answers": {"laci": "rumah"},
    }
    points, _ = displayed(sheet.mark, "laci", "rumah")
    assert points == 2


def test_grading_loads_no_widget_library(tmp_path):
    store(tmp_path, laci="rumah")
    code = """
        import sys
        from umkm_widgets.sheet import ask, mark, show, single_choice
        ask("laci", single_choice("Mana?", {"usaha": "Usaha", "rumah": "Rumah"}), points=2)
        show("laci")
        assert mark("laci", "rumah") == 2
        print(sorted({"anywidget", "ipywidgets", "babel", "num2words", "phonenumbers"} & set(sys.modules)))
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == "[]"


def test_numbers_are_those_of_the_participant_the_server_wrote_or_who_is_logged_in(
    tmp_path, monkeypatch
):
    asked = vary(sheet.rupiah("Jual {jual:rp}?"), {"jual": (1_000, 900_000, 1_000)})

    def prompt():
        sheet.ask("jual", asked, points=1)
        _, [shown] = displayed(sheet.show, "jual")
        return shown["text/plain"].splitlines()[0]

    def of(who):
        return asked.make(seed_of(who, "jual")).question.prompt

    assert prompt() == of("")
    monkeypatch.setenv("JUPYTERHUB_USER", "srg-dulah2")
    assert prompt() == of("srg-dulah2")
    (tmp_path / "answers.json").write_text(
        json.dumps({"version": 1, "participant": "srg-siti1", "answers": {}}), encoding="utf-8"
    )
    assert prompt() == of("srg-siti1")
    assert len({of(""), of("srg-dulah2"), of("srg-siti1")}) == 3
