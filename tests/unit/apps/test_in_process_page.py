"""A page in the server's process: questions, checks and states, each on its own page only."""

import json
from pathlib import Path

import ipywidgets
import pytest
from ipywidgets.widgets.widget import _instances
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1

from umkm_apps.page_sessions.in_process.answers import PageAnswers, read_page_records
from umkm_apps.page_sessions.in_process.comms import install
from umkm_apps.page_sessions.in_process.page import WIDGET_VIEW, InProcessPage, PageClosed
from umkm_courses.page_cells import read_actions
from umkm_records import ChangeId, DraftKey, Result, open_records, publish, record_event, save_draft
from umkm_records.answers import checks_of
from umkm_widgets import AnswerStoreError
from umkm_widgets.session import NotebookSession, current_answer_store

COURSES = Path(__file__).parents[3] / "courses"
LESSON = COURSES / "pembukuan/lessons/01-dua-laci.ipynb"
CHART = COURSES / "pembukuan/lessons/07-laporan-sebulan.ipynb"


class Store:
    """Stored answers of one participant, and the checks that were recorded."""

    def __init__(self, participant, answers=()):
        self.participant = participant
        self.answers = dict(answers)
        self.checks = []

    def load(self, question_id):
        return self.answers.get(question_id)

    def note_check(self, question_id, verdict, shown=()):
        self.checks.append((question_id, verdict))

    def is_locked(self):
        return False


class Browser:
    """What a page sends to one connection, and the messages of that connection."""

    def __init__(self, page):
        self.page = page
        self.got = []
        self.sent = 0
        page.connections.add(self._take)

    def _take(self, frame):
        channel, parts = deserialize_msg_from_ws_v1(frame)
        header, parent, _, content = (json.loads(part) for part in parts[:4])
        self.got.append((channel, header["msg_type"], parent.get("msg_id"), content))

    def send(self, kind, content, channel="shell", message_id=None):
        del self.got[:]
        self.sent += 1
        message_id = message_id or f"m{self.sent}"
        self.page.receive(channel, {"msg_type": kind, "msg_id": message_id}, content)
        return self.got

    def update(self, model_id, **state):
        data = {"method": "update", "state": state, "buffer_paths": []}
        return self.send("comm_msg", {"comm_id": model_id, "data": data})

    def custom(self, model_id, **content):
        data = {"method": "custom", "content": content}
        return self.send("comm_msg", {"comm_id": model_id, "data": data})


@pytest.fixture(autouse=True, scope="module")
def comms():
    with pytest.MonkeyPatch.context() as patch:
        import comm

        patch.setattr(comm, "create_comm", comm.create_comm)
        patch.setattr(comm, "get_comm_manager", comm.get_comm_manager)
        install()
        yield


@pytest.fixture
def opened():
    pages = []

    def open_page(participant="srg-siti1", answers=(), lesson=LESSON):
        store = Store(participant, answers)
        page = InProcessPage(NotebookSession(answer_store=store, folder=lesson.parent))
        outputs = {name: page.run(actions) for name, actions in read_actions(lesson).items()}
        pages.append(page)
        return page, store, outputs

    yield open_page
    for page in pages:
        page.close()


def questions(page):
    """Return the model ids of the questions of a page by the questions' ids."""
    return {
        state["question"]["id"]: name
        for name, state in page.states().items()
        if "question" in state
    }


def test_every_lesson_is_read_and_no_other_notebook():
    lessons = sorted(COURSES.glob("*/lessons/*.ipynb"))
    assert len(lessons) == 24
    assert all(read_actions(lesson) for lesson in lessons)
    assert read_actions(COURSES.parent / "widgets/gallery.ipynb") is None


@pytest.mark.parametrize(
    "source",
    ["import os", "practice('a', number('?'), open('x').read())", "print(1)", "x = 1", "%ls",
     "money_went(name)", "from os import system", "from umkm_widgetss import x", "practice"],
)  # fmt: skip
def test_code_of_any_other_kind_needs_a_kernel(tmp_path, source):
    notebook = json.loads(LESSON.read_text())
    cell = next(each for each in notebook["cells"] if each["cell_type"] == "code")
    cell["source"] = source
    path = tmp_path / "lesson.ipynb"
    path.write_text(json.dumps(notebook))
    assert read_actions(path) is None


def test_questions_are_shown_with_what_was_answered(opened):
    page, _, outputs = opened(answers={"pindah-ke-rumah": "tetap"})
    shown = [output.data for cell in outputs.values() for output in cell]
    assert shown
    assert all(WIDGET_VIEW in data for data in shown)
    assert {data[WIDGET_VIEW]["model_id"] for data in shown} <= set(page.states())
    assert "pindah-ke-rumah" in questions(page)
    for name, model in questions(page).items():
        expected = {"pindah-ke-rumah": "tetap"}.get(name)
        assert page.states()[model]["answer"] == expected


def test_a_chart_is_shown_as_in_a_kernel(opened):
    _, _, outputs = opened(lesson=CHART)
    charts = [
        out.data["text/html"]
        for cell in outputs.values()
        for out in cell
        if "text/html" in out.data
    ]
    assert len(charts) == 1
    assert "<svg" in charts[0]


def test_the_protocol_of_a_page(opened):
    page, _, _ = opened()
    browser = Browser(page)
    kinds = [
        (channel, kind, parent)
        for channel, kind, parent, _ in browser.send("kernel_info_request", {})
    ]
    assert kinds == [
        ("iopub", "status", "m1"),
        ("shell", "kernel_info_reply", "m1"),
        ("iopub", "status", "m1"),
    ]
    browser.send("comm_open", {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}})
    got = browser.send("comm_msg", {"comm_id": "c", "data": {"method": "request_states"}})
    told = got[1][3]["data"]
    assert told["method"] == "update_states"
    assert set(told["states"]) == set(page.states())
    assert all(each["model_module"] for each in told["states"].values())
    browser.send("comm_close", {"comm_id": "c"})
    got = browser.send("comm_msg", {"comm_id": "c", "data": {"method": "request_states"}})
    assert [kind for _, kind, _, _ in got] == ["status", "status"]


def test_a_message_that_comes_again_is_answered_and_not_handled_twice(opened):
    page, store, _ = opened()
    browser = Browser(page)
    model = questions(page)["pindah-ke-rumah"]
    content = {"comm_id": model, "data": {"method": "custom", "content": {
        "type": "check", "answer": "tetap", "writer": "w", "seq": 1}}}  # fmt: skip
    first = browser.send("comm_msg", content, message_id="a")[:]
    assert len(first) > 2
    assert store.checks == [("pindah-ke-rumah", "right")]
    again = browser.send("comm_msg", content, message_id="a")
    assert [each[3] for each in again] == [{"execution_state": "busy"}, {"execution_state": "idle"}]
    assert len(store.checks) == 1


def test_a_message_that_fails_ends_itself_alone(opened, caplog):
    page, _, _ = opened()
    browser = Browser(page)
    model = next(iter(questions(page).values()))
    got = browser.send("comm_msg", {"comm_id": model, "data": {"method": "update", "state": 5}})
    assert got[-1][3] == {"execution_state": "idle"}
    assert "Traceback" in caplog.text  # in the log, not on the page
    assert browser.send("kernel_info_request", {})[1][1] == "kernel_info_reply"


def test_no_page_reaches_another_one(opened):
    mine, my_store, _ = opened("srg-siti1")
    theirs, their_store, _ = opened("srg-budi2")
    assert not set(mine.states()) & set(theirs.states())
    foreign = next(iter(questions(theirs).values()))
    before = theirs.states()
    browser, listener = Browser(mine), Browser(theirs)
    got = browser.update(foreign, answer="rumah", seq=1, writer="w")
    assert [kind for _, kind, _, _ in got] == ["status", "status"]
    assert theirs.states() == before
    assert listener.got == []
    assert (my_store.checks, their_store.checks) == ([], [])
    assert current_answer_store() is None


def test_a_page_leaves_nothing_behind(opened):
    before = set(_instances)
    page, _, _ = opened()
    assert set(_instances) > before
    page.close()
    assert set(_instances) == before
    assert page.states() == {}


def test_widgets_outside_a_page_have_the_comms_they_had(opened):
    opened()
    slider = ipywidgets.IntSlider()
    assert type(slider.comm).__name__ != "PageComm"
    slider.close()


@pytest.fixture
def records(sample_database):
    with open_records(sample_database) as opened:
        yield opened


def test_a_page_reads_the_records_once_and_writes_checks_in_a_thread(records):
    sheet, earlier = "pembukuan/02-kas", "pembukuan/01-dua-laci"
    save_draft(records, DraftKey("srg-siti1", sheet, "kas"), "25rb", ChangeId("hp", 1))
    record_event(records, "srg-siti1", "checked", earlier, {"question": "laci", "verdict": "right"})
    record_event(records, "srg-siti1", "checked", earlier, {"question": "teks", "verdict": "empty"})
    stored = read_page_records(records, "srg-siti1", sheet, [earlier])
    later = []
    mine = PageAnswers(records, "srg-siti1", sheet, stored, later.append)
    assert (mine.load("kas"), mine.load("laba")) == ("25rb", None)
    assert [(each.question, each.right) for each in mine.checks([earlier])] == [
        (f"{earlier} laci", True)
    ]
    mine.note_check("kas", "partly", ("prive-biaya",))
    assert len(checks_of(records, "srg-siti1", [sheet])) == 0  # nothing is waited for
    for job in later:
        job()
    (written,) = checks_of(records, "srg-siti1", [sheet])
    assert (written.question, written.verdict) == ("kas", "partly")


def test_a_lock_is_seen_at_the_next_change(records, monkeypatch):
    sheet = "pembukuan-dua-laci"
    later, seconds = [], iter([0, 0.1, 0.2, 30, 30.1, 60])
    stored = read_page_records(records, "srg-siti1", sheet)
    monkeypatch.setattr(f"{PageAnswers.__module__}.monotonic", lambda: next(seconds))
    mine = PageAnswers(records, "srg-siti1", sheet, stored, later.append)
    # Each question asks while the page opens; all that was read a moment ago.
    assert [mine.is_locked(), mine.is_locked(), later] == [False, False, []]
    publish(records, Result("srg-siti1", sheet, 1, 2, 10))
    assert [mine.is_locked(), mine.is_locked()] == [False, False]
    (look,) = later
    look()
    assert mine.is_locked()
    assert read_page_records(records, "srg-siti1", sheet).is_locked


def test_checks_without_end_are_asked_to_wait(records):
    stored = read_page_records(records, "srg-siti1", "pembukuan/02-kas")
    mine = PageAnswers(records, "srg-siti1", "pembukuan/02-kas", stored, lambda job: None)
    for _ in range(20):
        mine.note_check("kas", "wrong")
    with pytest.raises(AnswerStoreError, match="Tunggu sebentar"):
        mine.note_check("kas", "wrong")


def test_a_browser_sets_no_trait_and_makes_no_widget(opened):
    page, _, _ = opened()
    browser, before = Browser(page), page.states()
    layout = next(name for name, state in before.items() if "question" not in state)
    for name in before:
        browser.update(name, layout={}, _esm="x", feedback={"verdict": "right"})
    browser.update(layout, width="x" * 1_000_000)
    assert page.states() == before


def test_what_a_browser_opens_and_names_is_bounded(opened):
    page, _, _ = opened()
    browser = Browser(page)
    control = {"target_name": "jupyter.widget.control", "data": {}}
    ask = {"data": {"method": "request_states"}}
    for number in range(21):
        browser.send("comm_open", control | {"comm_id": f"c{number}"})
    kinds = [
        [kind for _, kind, _, _ in browser.send("comm_msg", ask | {"comm_id": f"c{number}"})]
        for number in (0, 1, 20)
    ]
    # The first is forgotten: whoever lost the connection before the answer came asks anew.
    answered = ["status", "comm_msg", "status"]
    assert kinds == [["status", "status"], answered, answered]
    browser.send("comm_close", {"comm_id": "c0"})
    for wrong in ("x" * 129, 7, ["c"], {}):
        browser.send("comm_open", control | {"comm_id": wrong})
        assert len(browser.send("comm_msg", ask | {"comm_id": wrong})) == 2


def test_a_page_that_has_ended_shows_and_hears_nothing(opened):
    before = set(_instances)
    page, store, _ = opened()
    model = questions(page)["pindah-ke-rumah"]
    page.close()
    with pytest.raises(PageClosed):
        page.run(next(iter(read_actions(LESSON).values())))
    browser = Browser(page)
    assert browser.custom(model, type="check", answer="tetap", writer="w", seq=1) == []
    assert store.checks == []
    assert set(_instances) == before


def test_what_a_tool_says_waits_for_the_session_whose_line_broke(opened):
    page, _, _ = opened()
    widget = _instances[next(iter(questions(page).values()))]
    first, again, heard = [], [], []
    assert page.connect("s1", first.append) == []
    page.disconnect("s1", first.append)
    widget.send({"type": "file", "name": "buku.xlsx"}, [b"x" * 500_000])
    widget.send({"type": "file", "name": "lagi.xlsx"}, [b"y" * 600_000])  # beyond 1 MB together
    widget.feedback = {"verdict": "right"}  # a state: asked for anew
    assert page.connect("s2", heard.append) == []
    page.disconnect("s2", heard.append)
    widget.send({"type": "file", "name": "buku.xlsx"}, [b"x" * 500_000])
    waited = page.connect("s2", again.append)
    (data,) = [json.loads(deserialize_msg_from_ws_v1(frame)[1][3])["data"] for frame in waited]
    assert data == {"method": "custom", "content": {"type": "file", "name": "buku.xlsx"}}
    assert (first, heard, again) == ([], [], [])
