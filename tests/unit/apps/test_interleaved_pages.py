"""Two pages whose work is interleaved line by line show and store what each would alone."""

import random
import sys
import threading

import pytest
from tests.unit.apps.test_in_process_page import LESSON, Browser, Store, questions

from umkm_apps.page_sessions.in_process.comms import install
from umkm_apps.page_sessions.in_process.page import InProcessPage
from umkm_courses.page_cells import read_actions
from umkm_widgets.session import NotebookSession

PACKAGES = ("/umkm", "/ipywidgets/", "/traitlets/", "/anywidget/", "/comm/")
#: A thread that waits for a lock of the other one goes on after so many seconds without its turn.
PATIENCE = 0.05


class Interleaving:
    """Two threads that hand over to each other between lines of code, where a seed says so."""

    def __init__(self, seed, often):
        self._chance, self._often = random.Random(seed), often
        self._turn = threading.Condition()
        self._whose = 0
        self._over = set()
        self.switches = 0

    def run(self, *jobs):
        """Return what each job gives."""
        results, errors = {}, []

        def work(number, job):
            sys.settrace(lambda frame, event, _: self._trace(number, frame, event))
            try:
                results[number] = job()
            except BaseException as error:
                errors.append(error)
            finally:
                sys.settrace(None)
                with self._turn:
                    self._over.add(number)
                    self._whose = 1 - number
                    self._turn.notify_all()

        threads = [threading.Thread(target=work, args=each) for each in enumerate(jobs)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        if errors:
            raise errors[0]
        return [results[number] for number in range(len(jobs))]

    def _trace(self, number, frame, _event):
        if not any(name in frame.f_code.co_filename for name in PACKAGES):
            return None

        def step(_frame, event, _argument):
            if event == "line":
                self._give_way(number)
            return step

        return step

    def _give_way(self, number):
        with self._turn:
            other = 1 - number
            if other in self._over or self._chance.random() > self._often:
                return
            self._whose = other
            self.switches += 1
            self._turn.notify_all()
            while self._whose != number and other not in self._over:
                if not self._turn.wait(PATIENCE):
                    return


@pytest.fixture(autouse=True)
def comms(monkeypatch):
    import comm

    monkeypatch.setattr(comm, "create_comm", comm.create_comm)
    monkeypatch.setattr(comm, "get_comm_manager", comm.get_comm_manager)
    install()


def visit(participant, answer, check):
    """Return what one person's page shows, sends and records: opened, asked for its states, checked."""

    def job():
        store = Store(participant, {"pindah-ke-rumah": answer})
        page = InProcessPage(NotebookSession(answer_store=store, folder=LESSON.parent))
        try:
            outputs = [page.run(actions) for actions in read_actions(LESSON).values()]
            browser, names = Browser(page), questions(page)
            browser.custom(
                names["pindah-ke-rumah"], type="check", answer=check, writer=participant, seq=1
            )
            sent = browser.got[:]
            known = {model: question for question, model in names.items()}
            shown = [known.get(model, "") for model in page.states()]
            states = [
                {k: v for k, v in state.items() if k != "layout"}
                for state in page.states().values()
            ]
            told = [
                (known.get(content.get("comm_id"), ""), kind, content.get("data"))
                for _, kind, _, content in sent
            ]
            return len(outputs), shown, states, told, store.checks, store.participant
        finally:
            page.close()

    return job


@pytest.mark.parametrize(
    ("seed", "often"),
    [
        pytest.param(1, 1.0, marks=pytest.mark.slow),
        pytest.param(2, 0.5, marks=pytest.mark.slow),
        (3, 0.1),
        (4, 0.02),
    ],
)
def test_no_page_sees_anything_of_another(seed, often):
    siti = visit("srg-siti1", "tetap", "tetap")
    budi = visit("srg-budi2", "turun", "turun")
    alone = [siti(), budi()]
    assert alone[0][2] != alone[1][2]
    assert [each[4] for each in alone] == [
        [("pindah-ke-rumah", "right")],
        [("pindah-ke-rumah", "wrong")],
    ]
    interleaving = Interleaving(seed, often)
    assert interleaving.run(siti, budi) == alone
    assert interleaving.switches > 20
