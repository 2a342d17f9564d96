"""What a page is told of its widgets is whole, small, and cannot end the element it stands in."""

import base64
import json

from umkm_apps.page_sessions.widget_state import states_as_text

MODULE = "export default { render() {} }; // " + "x" * 300


def state(module="anywidget", **more):
    return {"_model_name": "M", "_model_module": module, **more}


def told(states, buffers=None, before=()):
    return json.loads(states_as_text(states, buffers or {}, before))


def test_a_module_stands_once_for_all_its_widgets():
    found = told({"a": state(_esm=MODULE, n=1), "b": state(_esm=MODULE, n=2)})
    assert found["texts"] == [MODULE]
    assert found["long"] == {"a": {"_esm": 0}, "b": {"_esm": 0}}
    assert [found["states"][name]["n"] for name in "ab"] == [1, 2]
    assert "_esm" not in found["states"]["a"]


def test_nothing_ends_the_script_element():
    nasty = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)>"
    text = states_as_text({"a": state(answer=nasty)}, {}, ())
    assert "<" not in text
    assert json.loads(text)["states"]["a"]["answer"] == nasty


def test_only_what_is_new():
    states = {"a": state(), "b": state()}
    assert list(told(states, before={"a"})["states"]) == ["b"]
    assert states_as_text(states, {}, {"a", "b"}) == ""


def test_output_widgets_and_whoever_names_them_wait_for_the_kernel():
    states = {
        "out": state("@jupyter-widgets/output", outputs=[]),
        "box": state("@jupyter-widgets/controls", children=["IPY_MODEL_out", "IPY_MODEL_text"]),
        "page": state("@jupyter-widgets/controls", children=["IPY_MODEL_box"]),
        "text": state("@jupyter-widgets/controls"),
    }
    assert list(told(states)["states"]) == ["text"]


def test_binary_parts_come_along():
    part = base64.b64encode(b"\x89PNG").decode()
    buffers = {"a": {("value",): {"path": ["value"], "data": part, "encoding": "base64"}}}
    assert told({"a": state()}, buffers)["buffers"] == {"a": [[["value"], part]]}
