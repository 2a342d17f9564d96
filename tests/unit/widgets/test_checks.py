"""The key of a press of *Periksa*, and what a question costs the process."""

import pytest
from ipywidgets.widgets.widget import Widget

from umkm.exercise import number, single_choice
from umkm_widgets import QuestionWidget, practice

LAB = number("Berapa tiga kali empat?")


def press(widget, **more):
    message = {"type": "check", "answer": "12", "writer": "w1", "seq": 1, **more}
    widget._handle_custom_msg(message, [])


def test_a_check_is_recorded_under_the_key_of_its_page(store):
    widget = practice("kali", LAB, 12)
    press(widget, key="w1-tekan-1")
    press(widget)
    assert store.checks == [("kali", "right")] * 2
    assert store.keys == ["w1-tekan-1", ""]


@pytest.mark.parametrize("key", [7, None, ["w1"], "", "a b", "x" * 41, "w1-\n", {"a": 1}])
def test_a_key_that_no_page_makes_is_left_out(store, key):
    press(practice("kali", LAB, 12), key=key)
    assert (store.checks, store.keys) == ([("kali", "right")], [""])


def test_an_answer_and_its_feedback_are_told_together(store, monkeypatch):
    widget = practice("kali", LAB, 12)
    press(widget, answer="11")
    told = []
    monkeypatch.setattr(Widget, "_send", lambda self, message, buffers=None: told.append(message))
    press(widget, seq=2)
    feedback = [each["state"]["feedback"] for each in told if "feedback" in each.get("state", {})]
    assert [each["verdict"] for each in feedback] == ["right"]


def test_questions_share_one_class():
    kinds = [LAB, single_choice("Mana?", {"a": "Satu", "b": "Dua"})]
    one, other = (QuestionWidget("soal", each) for each in kinds)
    assert type(one) is type(other) is QuestionWidget
    assert one._anywidget_id != other._anywidget_id
    assert "_anywidget_id" in one.get_state()
