"""Pages of many people at the same time in threads of one process: each shows what it shows alone."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from umkm.bookkeeping import Ledger
from umkm_tools.ad_game.widget import AdGame
from umkm_tools.cash_book.book_store import BookOwner, MemoryBookStore
from umkm_tools.cash_book.widget import CashBook
from umkm_tools.cashier_game.widget import CashierGame
from umkm_tools.catalogue.widget import CatalogueTool
from umkm_tools.content_calendar.widget import ContentCalendar
from umkm_tools.customer_segments.widget import CustomerSegments
from umkm_tools.listing_editor.widget import ListingEditor
from umkm_tools.marketplace_fees.widget import MarketplaceFees
from umkm_tools.price_calculator.widget import PriceCalculator
from umkm_tools.qr_inspector.widget import QrInspector
from umkm_tools.settlement_check.widget import SettlementCheck

TODAY = date(2026, 11, 25)
PEOPLE = 8
STATE = ("mode", "setup", "view", "outcome", "result", "found")


def cash_book(number):
    owner = BookOwner(f"Orang {number}", f"Warung {number}", f"hp{number}")
    yield CashBook(MemoryBookStore(owner, Ledger.of("dagang")), today=lambda: TODAY)
    for place in range(4):
        form = {"kind": "jual-tunai", "amount": f"{number + 1}5rb", "on": TODAY.isoformat()}
        yield {"type": "write", "id": f"{number}-{place}", "form": form}
    yield {"type": "look", "tab": "laporan", "span": "bulan"}
    lines = "".join(f"{1 + n}/11/2026;jualan {number}.{n};{number + 1}.000;\n" for n in range(20))
    yield {"type": "list", "id": "l"}, f"Tanggal;Keterangan;Masuk;Keluar\n{lines}".encode()


def settlement(number):
    yield SettlementCheck(today=lambda: TODAY)
    rows = "".join(f"{1 + n}/11/2026;{number + 1}5.000;R{n}\n" for n in range(20))
    content = f"Tanggal;Jumlah;Referensi\n{rows}".encode()
    yield {"type": "file", "side": "provider", "id": "a"}, content
    yield {"type": "file", "side": "mine", "id": "b"}, content


def customers(number):
    yield CustomerSegments(f"Warung {number}", lambda: TODAY)
    rows = "".join(f"{1 + n}/11/2026;Bu {number} {n % 7};{number + 1}.000\n" for n in range(20))
    content = f"Tanggal;Nama;Jumlah\n{rows}".encode()
    yield {"type": "take", "number": 1, "form": {"business": f"Warung {number}"}}, content


def catalogue(number):
    yield CatalogueTool(today=lambda: TODAY)
    yield {"type": "begin", "id": "1"}
    fields = {"product": f"p{number}", "name": f"Kue {number}", "price": f"{number + 1}rb"}
    yield {"type": "save", "id": "2", **fields}
    yield {"type": "describe", "id": "3", "name": f"Warung {number}", "phone": "08123456789"}


def form_tool(make, **fields):
    def said(number):
        yield make()
        form = {
            name: value.format(number + 1) if isinstance(value, str) else value
            for name, value in fields.items()
        }
        yield {"type": "reckon", "number": number, "form": form}

    return said


def advertising(number):
    yield AdGame(seed=str(number))
    yield {"type": "begin", "mode": "sendiri", "id": "1"}
    choice = {"budget": 200_000, "audience": "sekitar", "creative": "jelas"}
    yield {"type": "choose", "key": "1", "id": "2", **choice}


def cashier(number):
    yield CashierGame()
    yield {"type": "look", "id": str(number)}


def codes(number):
    yield QrInspector(f"hp{number}")
    yield {"type": "sample", "number": number}


TOOLS = {
    "buku-kas": cash_book,
    "cocokkan": settlement,
    "pelanggan": customers,
    "katalog": catalogue,
    "kalender": form_tool(
        lambda: ContentCalendar("Warung", lambda: TODAY),
        month="2026-12",
        goods="Kue {}",
        weekdays=["0", "2"],
        channels=["Instagram"],
    ),
    "judul": form_tool(lambda: ListingEditor(lambda: TODAY), what="Kue {}", size="{} potong"),
    "marketplace": form_tool(
        MarketplaceFees, cost="{}5rb", profit="{}rb", price="{}9rb", percent="8,5"
    ),
    "harga": form_tool(
        PriceCalculator,
        way="beli",
        total="{}88rb",
        quantity="24",
        target="margin",
        aim="3{}",
        step="1",
    ),
    "iklan": advertising,
    "kasir": cashier,
    "qr": codes,
}


def shown(script, number, wait=lambda: None):
    """Return all that a page holds and has sent after its person did something."""
    told = []
    wait()
    steps = script(number)
    tool = next(steps)
    tool.send = lambda content, buffers=(): told.append((content, buffers))
    for step in steps:
        message, *content = step if isinstance(step, tuple) else (step,)
        if content:
            tool.on_message(message, content)
        else:
            tool.on_message(message)
    return {name: getattr(tool, name) for name in STATE if tool.has_trait(name)}, told


@pytest.fixture
def switching():
    """Let threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.parametrize("name", TOOLS)
def test_pages_at_the_same_time_are_as_alone(name, switching):
    script = TOOLS[name]
    alone = [shown(script, number) for number in range(PEOPLE)]
    start = Barrier(PEOPLE)
    with ThreadPoolExecutor(PEOPLE) as threads:
        jobs = [
            threads.submit(shown, script, number, lambda: start.wait(60))
            for number in range(PEOPLE)
        ]
        together = [job.result() for job in jobs]
    assert together == alone
    for state, _ in alone:
        for answer in (state.get("outcome"), state.get("result")):
            assert not answer or answer.get("ok", True), answer
