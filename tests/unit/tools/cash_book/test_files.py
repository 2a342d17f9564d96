"""A file is made beside the page's work, and comes when it is ready."""

import asyncio
import io
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from openpyxl import load_workbook

from umkm.bookkeeping import Ledger
from umkm_tools.cash_book import widget
from umkm_tools.cash_book.book_store import BookOwner, MemoryBookStore
from umkm_tools.cash_book.widget import CashBook

TODAY = date(2026, 11, 25)


def run(walk):
    """Run a loop in a thread of its own: Playwright, once started, leaves one running in ours."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, walk).result()


class FormTool:
    """An open page; `go` lets a file that is being made be ready."""

    def __init__(self, monkeypatch):
        self.go = threading.Event()
        self.files = asyncio.Queue()
        store = MemoryBookStore(BookOwner("Siti", "Warung", "abc"), Ledger.of("dagang"))
        self.book = CashBook(store, today=lambda: TODAY)
        self.book.send = lambda content, buffers: self.files.put_nowait((content, buffers))
        exported = widget.exported

        def slowly(*about):
            assert self.go.wait(10)
            return exported(*about)

        monkeypatch.setattr(widget, "exported", slowly)

    def sell(self, name):
        form = {"kind": "jual-tunai", "amount": "15rb", "on": TODAY.isoformat()}
        self.book.on_message({"type": "write", "id": name, "form": form})
        return self.book.outcome

    def ask(self, what="xlsx"):
        self.book.on_message({"type": "file", "what": what})


@pytest.fixture
def tool(monkeypatch):
    return FormTool(monkeypatch)


def test_writing_goes_on_while_a_workbook_is_made(tool):
    async def walk():
        tool.sell("a")
        tool.ask()
        tool.ask()  # an impatient thumb gets one file
        assert tool.sell("b")["ok"]
        assert tool.files.empty()
        tool.go.set()
        content, (file,) = await asyncio.wait_for(tool.files.get(), 10)
        assert content["name"] == "buku-kas-2026-11-25.xlsx"
        rows = list(load_workbook(io.BytesIO(file))["Buku kas"].iter_rows(values_only=True))
        assert [row[7] for row in rows] == ["Jumlah", 15_000]  # as the book stood at the tap
        assert tool.files.empty()
        tool.ask()
        _, (file,) = await asyncio.wait_for(tool.files.get(), 10)
        assert load_workbook(io.BytesIO(file))["Buku kas"].max_row == 3

    run(walk())


def test_a_file_that_fails_is_told_and_can_be_asked_for_again(tool, monkeypatch, caplog):
    def broken(*_):
        raise ZeroDivisionError("secret")

    async def walk():
        monkeypatch.setattr(widget, "exported", broken)
        tool.ask("pdf")
        while tool.book.outcome == {}:
            await asyncio.sleep(0.01)
        assert not tool.book.outcome["ok"]
        assert "secret" not in tool.book.outcome["message"]

    run(walk())
    assert "cash book: a file" in caplog.text
    monkeypatch.undo()
    with ThreadPoolExecutor(1) as no_loop_here:  # as in a script, where there is nobody to wait
        no_loop_here.submit(tool.ask, "pdf").result()
    assert tool.files.get_nowait()[0]["name"] == "laporan-2026-11.pdf"
