"""A check without a page shows what the page's own widget shows, and leaves nothing behind."""

from pathlib import Path

import pytest
from ipywidgets.widgets.widget import _instances

from umkm.exercise import number, seed_of, vary
from umkm_apps.page_sessions.in_process.comms import install
from umkm_apps.page_sessions.in_process.page import InProcessPage
from umkm_apps.page_sessions.in_process.single_check import (
    MalformedAnswer,
    check_once,
    read_practice,
)
from umkm_courses.page_cells import read_actions
from umkm_widgets.practice_question import make_practice_question
from umkm_widgets.session import NotebookSession

LESSONS = sorted((Path(__file__).parents[3] / "courses").glob("*/lessons/*.ipynb"))
SITI = "srg-siti1"
#: What somebody might press *Periksa* with, for one kind or another.
ANSWERS = [None, "", "15rb", "15", "a", "omzet", [], ["a"], {"a": "b"}, {"laci": ["x"]}, "x" * 500]


class Store:
    """A page's answer store, which holds what was noted."""

    participant = SITI

    def __init__(self, stored):
        self.stored, self.noted = stored, []

    def load(self, question_id):
        return self.stored

    def note_check(self, question_id, verdict, shown=(), key=""):
        self.noted.append((verdict, tuple(shown), key))

    def is_locked(self):
        return False


@pytest.fixture(autouse=True, scope="module")
def comms():
    with pytest.MonkeyPatch.context() as patch:
        import comm

        patch.setattr(comm, "create_comm", comm.create_comm)
        patch.setattr(comm, "get_comm_manager", comm.get_comm_manager)
        install()
        yield


def practice_calls():
    return [
        (path, action)
        for path in LESSONS
        for actions in read_actions(path).values()
        for action in actions
        if action.name == "practice"
    ]


def told_by_the_page(path, action, answer, stored):
    """Return what a page's question shows after *Periksa* by the WebSocket, and what was noted."""
    store = Store(stored)
    page = InProcessPage(NotebookSession(answer_store=store, folder=path.parent))
    page.run([action])
    name = next(name for name, state in page.states().items() if "question" in state)
    sent = {"type": "check", "answer": answer, "writer": "w1", "seq": 1, "key": "w1-kunci-1"}
    data = {"method": "custom", "content": sent}
    header = {"msg_type": "comm_msg", "msg_id": "m1"}
    page.receive("shell", header, {"comm_id": name, "data": data})
    shown = page.states()[name]
    page.close()
    return shown, store.noted


def test_every_exercise_shows_what_its_page_shows():
    calls = practice_calls()
    assert len(calls) > 100
    kinds = set()
    for path, action in calls:
        name, practice = next(iter(read_practice({"cell": [action]}, path.parent).items()))
        right = action.arguments["right"]
        met = practice.question.kind in {kind for kind, _ in kinds}
        for answer in [
            *([] if met else ANSWERS),
            str(right) if isinstance(right, int | float) else right,
        ]:
            sent = {"attempt": 3, "answer": answer} if practice.varied else answer
            stored = {"attempt": 3, "answer": None} if practice.varied else None
            try:
                checked = check_once(name, practice, SITI, sent)
            except MalformedAnswer:
                continue
            told, noted = told_by_the_page(path, action, sent, stored)
            assert set(checked.traits) == {"answer", "echo", "feedback"}
            assert {key: told[key] for key in checked.traits} == checked.traits
            assert noted == [(checked.verdict, tuple(checked.misunderstandings), "w1-kunci-1")]
            kinds.add((practice.question.kind, checked.verdict))
    assert {verdict for _, verdict in kinds} >= {"right", "wrong", "empty", "refused"}


def test_numbers_are_those_of_the_person_and_the_attempt():
    asked = vary(number("Berapa 3 × {n}?"), {"n": (100, 900, 1)})
    practice = make_practice_question("kali", asked, "3 * n")
    for person, attempt in [("srg-siti1", 1), ("srg-budi1", 2), ("srg-siti1", 7)]:
        n = int(asked.make(seed_of(person, "kali", attempt)).question.prompt.split()[-1][:-1])
        for guess, verdict in [(3 * n, "right"), (3 * n + 1, "wrong")]:
            answer = {"attempt": attempt, "answer": str(guess)}
            assert check_once("kali", practice, person, answer).verdict == verdict


@pytest.mark.parametrize(
    "answer",
    [
        "15", {"answer": "15"}, {"attempt": 0, "answer": "15"}, {"attempt": True, "answer": "15"},
        {"attempt": 10_001, "answer": "15"}, {"attempt": "2", "answer": "15"},
        {"attempt": 2, "answer": "15", "steps": True}, {"attempt": 2, "answer": ["15"]},
        {"attempt": 2, "answer": "x" * 100_000},
    ],
)  # fmt: skip
def test_no_other_form_of_an_answer_is_marked(answer):
    practice = varied()
    with pytest.raises(MalformedAnswer):
        check_once("soal", practice, SITI, answer)


def varied():
    for path, action in practice_calls():
        practice = read_practice({"cell": [action]}, path.parent)[action.arguments["question_id"]]
        if practice.varied and practice.question.kind == "number":
            return practice
    raise LookupError


def test_the_steps_are_not_shown_by_a_check():
    practice = varied()
    assert practice.steps
    for answer in ("1", "", "2" * 9):
        shown = check_once("soal", practice, SITI, {"attempt": 1, "answer": answer}).traits
        assert "steps" not in shown["feedback"]


def test_nothing_of_a_check_stays_in_the_process():
    before = len(_instances)
    practice = varied()
    for attempt in range(1, 6):
        check_once("soal", practice, SITI, {"attempt": attempt, "answer": "7"})
    assert len(_instances) == before
    assert practice.attempt == 1
