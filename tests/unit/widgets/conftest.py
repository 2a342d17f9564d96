import pytest
from IPython.core.interactiveshell import InteractiveShell
from tests.unit.widgets.page import Page
from traitlets.config import Config

from umkm_widgets import AnswerStoreError, use_answer_store


class MemoryAnswerStore:
    """An answer store in memory that records its calls, and fails or locks on request."""

    def __init__(self):
        self.stored = {}
        self.kept = []
        self.checks = []
        self.failure = None
        self.locked = False
        self.participant = "srg-siti1"
        self.shown = []
        self.keys = []

    def load(self, question_id):
        if self.failure:
            raise self.failure
        return self.stored.get(question_id)

    def save(self, question_id, answer, writer, seq):
        if self.failure:
            raise self.failure
        self.kept.append((answer, writer, seq))
        self.stored[question_id] = answer

    def note_check(self, question_id, verdict, shown=(), key=""):
        if self.failure:
            raise self.failure
        self.checks.append((question_id, verdict))
        self.keys.append(key)
        self.shown.extend(shown)

    def is_locked(self):
        if self.failure:
            raise self.failure
        return self.locked

    def break_down(self, message="Penyimpanan penuh. Beri tahu pengajar."):
        self.failure = AnswerStoreError(message)


@pytest.fixture
def store():
    store = MemoryAnswerStore()
    use_answer_store(store)
    yield store
    use_answer_store(None)


@pytest.fixture
def open_page(chromium):
    pages = []

    def open_one(width=360):
        pages.append(Page(chromium, width))
        return pages[-1]

    yield open_one
    for page in pages:
        assert page.errors == []
        page.tab.close()


@pytest.fixture
def shell():
    """What displays need; gone afterwards, since a process has one shell and graders bring theirs."""
    InteractiveShell.clear_instance()
    yield InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    InteractiveShell.clear_instance()
