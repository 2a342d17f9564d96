"""A file is made beside the page's work, and comes when it is ready."""

import io
import queue
import threading
from datetime import date

import pytest
from openpyxl import load_workbook
from tests.support.patience import PATIENCE

from umkm.bookkeeping import Ledger
from umkm.errors import UmkmError
from umkm_tools.cash_book.book_store import BookOwner, MemoryBookStore
from umkm_tools.cash_book.widget import CashBook

TODAY = date(2026, 11, 25)


class FormTool:
    """An open page; `go` lets a file that is being made be ready."""

    def __init__(self):
        self.go = threading.Event()
        self.error = None
        self.files = queue.Queue()
        store = MemoryBookStore(BookOwner("Siti", "Warung", "abc"), Ledger.of("dagang"))
        self.book = CashBook(store, today=lambda: TODAY, apart=self.apart)
        self.book.send = lambda content, buffers=(): self.files.put((content, buffers))

    def apart(self, function, *args):
        assert self.go.wait(10)
        if self.error is not None:
            raise self.error
        return function(*args)

    def sell(self, name):
        form = {"kind": "jual-tunai", "amount": "15rb", "on": TODAY.isoformat()}
        self.book.on_message({"type": "write", "id": name, "form": form})
        return self.book.outcome

    def ask(self, what="xlsx"):
        self.book.on_message({"type": "file", "what": what})

    def ask_until_made(self, what):
        """Ask again while the last file is being put down, as a thumb does."""
        while True:
            self.ask(what)
            try:
                return self.files.get(timeout=0.2)
            except queue.Empty:
                continue


@pytest.fixture
def tool():
    return FormTool()


def test_writing_goes_on_while_a_workbook_is_made(tool):
    tool.sell("a")
    tool.ask()
    tool.ask()  # an impatient thumb gets one file
    assert tool.sell("b")["ok"]
    assert tool.files.empty()
    tool.go.set()
    content, (file,) = tool.files.get(timeout=PATIENCE)
    assert content["name"] == "buku-kas-2026-11-25.xlsx"
    rows = list(load_workbook(io.BytesIO(file))["Buku kas"].iter_rows(values_only=True))
    assert [row[7] for row in rows] == ["Jumlah", 15_000]  # as the book stood at the tap
    assert tool.files.empty()
    _, (file,) = tool.ask_until_made("xlsx")
    assert load_workbook(io.BytesIO(file))["Buku kas"].max_row == 3


def test_a_file_that_fails_is_told_and_can_be_asked_for_again(tool, caplog):
    tool.go.set()
    tool.error = ZeroDivisionError("secret")
    tool.ask("pdf")
    told, _ = tool.files.get(timeout=PATIENCE)
    assert told["type"] == "no-file"
    assert "secret" not in told["message"]
    assert "cash book: a file" in caplog.text
    tool.error = UmkmError("Sedang ramai.")
    assert tool.ask_until_made("pdf")[0] == {"type": "no-file", "message": "Sedang ramai."}
    tool.error = None
    assert tool.ask_until_made("pdf")[0]["name"] == "laporan-2026-11.pdf"


def test_without_a_server_it_is_made_in_the_notebook_itself():
    files = queue.Queue()
    store = MemoryBookStore(BookOwner("Siti", "Warung", "abc"), Ledger.of("dagang"))
    book = CashBook(store, today=lambda: TODAY)
    book.send = lambda content, buffers=(): files.put(content)
    book.on_message({"type": "file", "what": "pdf"})
    assert files.get(timeout=60)["name"] == "laporan-2026-11.pdf"
