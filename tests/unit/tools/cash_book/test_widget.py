"""The cash book's Python side: what a phone sends, and what it is told back."""

from datetime import date
from fractions import Fraction

import pytest

from umkm.bookkeeping import FinalTaxRule, Ledger, Transaction
from umkm.errors import UmkmError
from umkm_tools.cash_book.book_store import BookOwner, MemoryBookStore
from umkm_tools.cash_book.screens import PAGE
from umkm_tools.cash_book.widget import CashBook

TODAY = date(2026, 11, 25)


class Phone:
    """What the page's script does, without a page."""

    def __init__(self, store=None, today=lambda: TODAY):
        self.book = CashBook(store, consent=("Satu.", "Dua."), today=today)
        self.files = []
        self.book.send = lambda content, buffers=None: self.files.append((content, buffers))

    def send(self, message, *buffers):
        self.book.on_message(message, list(buffers))
        return self.book.outcome

    def write(self, kind, amount="15rb", name="a", **form):
        fields = {"kind": kind, "amount": amount, "on": "2026-11-25", **form}
        return self.send({"type": "write", "id": name, "form": fields})

    def look(self, **what):
        self.send({"type": "look", **what})
        return self.book.view

    def figures(self, **what):
        return dict(self.look(**what)["figures"])


@pytest.fixture
def store():
    return MemoryBookStore(BookOwner("Siti", "Warung Bu Siti", "abc"), Ledger.of("dagang"))


@pytest.fixture
def phone(store):
    return Phone(store)


def test_nothing_is_kept_before_a_yes():
    phone = Phone(MemoryBookStore(BookOwner("Siti", "Warung", "abc")))
    assert phone.book.mode == "choose"
    assert not phone.write("jual-tunai")["ok"]
    phone.send({"type": "begin", "mode": "own", "business": "dagang"})
    phone.send({"type": "begin", "mode": "own", "business": "dagang", "agree": "ya"})
    assert phone.book.mode == "choose"
    assert not phone.send({"type": "begin", "mode": "own", "agree": True})["ok"]
    assert phone.send({"type": "begin", "mode": "own", "business": "jasa", "agree": True})["ok"]
    assert phone.book.mode == "own"
    assert "kemasan" not in str(phone.book.kinds)


def test_the_sample_shop_touches_no_book(store):
    empty = MemoryBookStore(BookOwner("Siti", "Warung", "abc"))
    phone = Phone(empty)
    phone.send({"type": "begin", "mode": "sample"})
    assert phone.book.mode == "sample"
    assert phone.write("jual-tunai")["ok"]
    assert empty.read() is None
    for tab in ("catat", "buku", "bon", "stok", "laporan"):
        assert phone.look(tab=tab, span="bulan")["tab"] == tab


def test_three_taps(phone):
    assert phone.write("jual-tunai") == {
        "id": "a", "ok": True, "message": "Tersimpan: Jual tunai Rp15.000.", "undo": "a",
    }  # fmt: skip
    assert phone.figures(tab="buku")["Uang masuk"] == "Rp15.000"
    assert phone.send({"type": "undo", "id": "u", "target": "a"})["ok"]
    assert phone.figures(tab="buku")["Uang masuk"] == "Rp0"
    assert phone.look(tab="buku")["days"][0]["entries"][0]["undone"]


def test_sent_twice_is_written_once(phone):
    phone.write("jual-tunai")
    assert phone.write("jual-tunai")["ok"]
    assert phone.figures(tab="buku")["Uang masuk"] == "Rp15.000"


def test_putting_right_replaces_and_keeps_the_trace(phone, store):
    phone.write("jual-bon", "50rb", person="Bu Ani")
    form = {"kind": "jual-bon", "amount": "40rb", "on": "2026-11-25", "person": "Bu Ani"}
    again = {"type": "write", "id": "b", "form": form, "corrects": "a"}
    assert phone.send(again)["ok"]
    # The answer was lost on the way: the phone sends it again.
    assert phone.send(again)["ok"]
    assert store.read().balance("1201") == 40_000
    assert len(store.read().entries) == 3


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "15"}, "amount"),
        ({"amount": "1" + "0" * 15}, "amount"),
        ({"on": "2026-11-26"}, "on"),
        ({"on": "0026-11-25"}, "on"),
        ({"on": ""}, "on"),
        ({"kind": "stok-rusak", "category": "barang"}, "amount"),
        ({"kind": "jual-bon"}, "person"),
        ({"kind": "jual-bon", "person": "🙂"}, "person"),
        ({"kind": "terima-bon", "person": "Bu Ani"}, "amount"),
        ({"kind": "bayar-beban"}, "category"),
        ({"kind": "beli-alat", "category": "peralatan", "months": "lama"}, "months"),
        ({"kind": "hitung-stok", "counted": []}, "counted"),
        ({"kind": "hitung-stok", "counted": [{"name": "Beras", "quantity": "x"}]}, "counted"),
        ({"kind": "jual-hibah"}, "kind"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_written(phone, store, form, field):
    said = phone.write(form.pop("kind", "jual-tunai"), **form)
    assert (said["ok"], said["field"]) == (False, field)
    assert "again" not in said
    assert said["message"].endswith((".", "?"))
    assert store.read().transactions == ()


@pytest.mark.parametrize(
    "message",
    [
        None, [], "write", {}, {"type": "explode"}, {"type": "write"}, {"type": "undo"},
        {"type": "write", "id": 5, "form": {}}, {"type": "write", "id": "x", "form": []},
        {"type": "write", "id": "x", "form": {"kind": ["a"], "amount": {}, "on": 7}},
        {"type": "undo", "id": "x", "target": "y"}, {"type": "look", "tab": 7, "day": "x"},
        {"type": "look", "tab": "buku", "span": "abad", "day": "0001-01-01", "shown": -5},
        {"type": "look", "tab": "buku", "day": "9999-12-31"}, {"type": "type", "text": None},
        {"type": "list"}, {"type": "accept"}, {"type": "file", "what": "exe"},
        {"type": "begin", "mode": "own", "agree": True, "business": {}},
    ],
)  # fmt: skip
def test_forged_messages_change_nothing(phone, store, message):
    phone.send(message)
    assert store.read().transactions == ()
    assert phone.book.mode in {"own", "choose"}


def test_what_is_typed_is_echoed(phone):
    phone.send({"type": "type", "field": "amount", "text": "1,5 jt"})
    assert phone.book.echo["said"].startswith("Rp1.500.000 (satu juta")
    phone.send({"type": "type", "field": "amount", "text": "15"})
    assert phone.book.echo["choices"] == ["Rp15", "Rp15.000"]
    assert phone.write("jual-tunai", phone.book.echo["choices"][0])["ok"]


def test_a_count_of_things(phone, store):
    phone.write("beli-stok", "500rb", category="barang")
    things = [
        {"name": "Beras", "quantity": "12,5", "cost": "14rb"},
        {"name": "", "quantity": "", "cost": ""},
    ]
    assert phone.write("hitung-stok", "", name="b", counted=things, category="barang")["ok"]
    assert store.read().balance("1301") == 175_000
    view = phone.look(tab="stok")
    assert view["lines"] == [{"name": "Beras", "quantity": "12,5", "cost": "Rp14.000"}]
    assert view["cost"] == "Rp325.000"


def test_a_bon_and_its_reminder(phone):
    phone.write("jual-bon", "50rb", person="Bu Ani", on="2026-10-01")
    (debt,) = phone.look(tab="bon")["owed"]
    assert debt["old"]
    assert debt["since"] == "sejak 1 Oktober 2026 (55 hari)"
    assert "Halo Bu Ani, ini dari Warung Bu Siti." in debt["reminder"]
    assert "Rp50.000" in debt["reminder"]


def test_periods(phone):
    phone.write("jual-tunai", "1rb", name="a", on="2026-11-25")
    phone.write("jual-tunai", "10rb", name="b", on="2026-11-23")
    phone.write("jual-tunai", "100rb", name="c", on="2026-11-22")
    phone.write("jual-tunai", "1jt", name="d", on="2026-10-31")
    came = [phone.figures(tab="buku", span=s)["Uang masuk"] for s in ("hari", "minggu", "bulan")]
    assert came == ["Rp1.000", "Rp11.000", "Rp111.000"]
    view = phone.look(tab="buku", span="bulan", day="2026-10-31")
    assert (view["title"], view["before"], view["after"]) == (
        "Oktober 2026",
        "2026-09-30",
        "2026-11-01",
    )


def test_a_long_list_comes_in_parts(store):
    store.write([Transaction(f"t{n}", "jual-tunai", TODAY, 1) for n in range(PAGE + 5)], TODAY)
    phone = Phone(store)
    assert phone.look(tab="buku")["rest"] == 5
    assert phone.look(tab="buku", shown=PAGE + 40)["rest"] == 0


def test_midnight_passes_while_the_page_is_open(store):
    days = [TODAY]
    phone = Phone(store, today=lambda: days[0])
    days[0] = date(2026, 11, 26)
    assert phone.write("jual-tunai", on="2026-11-26")["ok"]
    assert phone.book.view["today"] == "2026-11-26"


def test_another_phone_wrote_meanwhile(store):
    one, other = Phone(store), Phone(store)
    one.write("jual-tunai")
    assert other.figures(tab="buku")["Uang masuk"] == "Rp15.000"
    one.send({"type": "erase", "id": "e"})
    other.look(tab="buku")
    assert other.book.mode == "choose"


def test_tax_by_month_with_its_source(store):
    rule = FinalTaxRule(Fraction(1, 200), 1_000_000, 2_000_000, TODAY, TODAY, "x")
    store.owner = BookOwner("Siti", "Warung", "abc", rule)
    phone = Phone(store)
    phone.write("jual-tunai", "3jt")
    tax = phone.look(tab="laporan")["tax"]
    assert tax["rows"] == [["November 2026", "Rp3.000.000", "Rp10.000"]]
    assert tax["beyond"]
    assert "0,5%" in tax["rule"]


def test_a_full_disk_keeps_the_writing_on_the_phone(store):
    def full(*_):
        raise UmkmError("Tempat penyimpanan penuh.")

    phone = Phone(store)
    store.write = full
    said = phone.write("jual-tunai")
    assert (said["ok"], said["again"], said["message"]) == (
        False,
        True,
        "Tempat penyimpanan penuh.",
    )


def test_a_fault_of_ours_is_told_without_its_insides(store, caplog):
    def broken(*_):
        raise ZeroDivisionError("secret")

    phone = Phone(store)
    store.write = broken
    assert "secret" not in phone.write("jual-tunai")["message"]
    assert "cash book: write" in caplog.text


def test_erased(phone, store):
    phone.write("jual-tunai")
    assert phone.send({"type": "erase", "id": "e"})["ok"]
    assert store.read() is None
    assert phone.book.mode == "choose"
    assert phone.book.view == {}


OLD = b"""Tanggal;Keterangan;Masuk;Keluar
1/11/2026;Saldo awal;500.000;
2/11/2026;Jual nasi;150.000;
2/11/2026;Sumbangan 1;;20.000
3/11/2026;Sumbangan 2;;30.000
3/11/2026;Pinjaman KUR;5.000.000;
"""


def test_what_an_old_list_does_not_say_is_asked(phone, store):
    phone.send({"type": "list", "id": "1"}, OLD)
    found = phone.book.found
    assert (found["good"], found["total"]) == (1, "Rp150.000")
    assert [(one["key"], one["count"], one["total"]) for one in found["asked"]] == [
        ("keluar: sumbangan", 2, "Rp50.000"), ("masuk: saldo awal", 1, "Rp500.000"),
    ]  # fmt: skip
    assert ["setor-modal:", "Setor modal"] in found["asked"][1]["choices"]
    assert "jual-tunai:" not in str(found["asked"][1]["choices"])
    assert found["refused"] == [
        ["Baris 6", "Ini “Pinjaman masuk”, perlu nama orangnya. Catat lewat halaman Catat."]
    ]
    answers = {"keluar: sumbangan": "bayar-beban:lain", "masuk: saldo awal": "jual-tunai:", "x": 3}
    told = phone.send({"type": "accept", "id": "2", "choices": answers})
    # Sales are no choice for a balance that was there before.
    assert told["message"] == "3 catatan masuk ke buku."
    kinds = [(one.kind, one.amount) for one in store.read().transactions]
    assert kinds == [("jual-tunai", 150_000), ("bayar-beban", 20_000), ("bayar-beban", 30_000)]
    # The same list again: only what was left out is asked, and nothing goes in twice.
    phone.send({"type": "list", "id": "3"}, OLD)
    assert (phone.book.found["good"], phone.book.found["there"]) == (0, 3)
    assert [one["key"] for one in phone.book.found["asked"]] == ["masuk: saldo awal"]


def test_whose_list_it_is_is_asked(phone):
    bank = b"Tanggal;Keterangan;Debit;Kredit\n20/11/2026;TARIK TUNAI ATM;100.000;0\n"
    phone.send({"type": "list", "id": "1"}, bank)
    assert phone.book.found == {"side": "Ini buku kas Anda, atau mutasi rekening dari bank?"}
    assert not phone.send({"type": "accept", "id": "2"})["ok"]
    phone.send({"type": "list", "id": "3", "side": "bank"})
    assert phone.book.found["kinds"] == [["Tarik tunai dari bank", "1"]]
