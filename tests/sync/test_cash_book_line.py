"""Buku kas without a line: what was written is in the book once, whatever breaks meanwhile."""

import random

import pytest
from playwright.sync_api import expect
from tests.support.cash_book_page import begin_own, fill_in, write
from tests.support.phone import Phone
from tests.support.trainee_server import CODE, PIN, TraineeServer
from tests.sync.conftest import STRANGER_PIN

from umkm_records import open_records
from umkm_records.tools import read_book

pytestmark = pytest.mark.browser

ON_PHONE = "Tersimpan di HP ini. Masuk ke buku begitu ada sinyal."


def go_to_book(phone):
    phone.page.goto(f"{phone.url}/alat/buku-kas")
    return phone.page


def begin_anew(phone):
    page = go_to_book(phone)
    page.get_by_role("button", name="Buat buku saya sendiri").click()
    begin_own(page)
    return page


@pytest.fixture
def siti(phone, new_person):
    made = phone()
    made.code = new_person().code
    made.log_in(made.code, STRANGER_PIN)
    begin_anew(made)
    return made


def amounts(server, code):
    with open_records(server.database) as records:
        return [t.amount for t in read_book(records, code).ledger.transactions]


def waits(page, number):
    expect(page.get_by_text(f"{number} catatan menunggu sinyal.")).to_be_visible()


def all_in(page):
    expect(page.get_by_text("menunggu sinyal")).to_have_count(0)


def test_written_while_the_line_is_cut(siti, proxy, server):
    page = siti.page
    write(page, "Jual tunai", "1rb")
    proxy.drop()
    for number, amount in enumerate(("2rb", "3rb"), start=1):
        fill_in(page, "Jual tunai", amount)
        expect(page.get_by_text(ON_PHONE)).to_be_visible()
        waits(page, number)
    assert amounts(server, siti.code) == [1_000]
    proxy.heal()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    all_in(page)
    assert amounts(server, siti.code) == [1_000, 2_000, 3_000]
    assert siti.errors == []


def test_the_tab_is_closed_before_the_line_is_back(siti, proxy, server):
    proxy.drop()
    proxy.drop()
    fill_in(siti.page, "Jual tunai", "5rb")
    waits(siti.page, 1)
    siti.page.close()
    proxy.heal()
    siti.new_page()
    page = go_to_book(siti)
    expect(page.locator(".bk-angka")).to_contain_text("Rp5.000")
    all_in(page)
    page.reload()
    expect(page.locator(".bk-angka")).to_contain_text("Rp5.000")
    assert amounts(server, siti.code) == [5_000]


def test_what_no_longer_fits_comes_back_to_its_writer(siti, phone, proxy, server):
    page = siti.page
    write(page, "Jual bon", "50rb", Siapa_pembelinya="Bu Ani")
    proxy.drop()
    fill_in(page, "Bon dibayar", "50rb", Siapa_yang_membayar="Bu Ani")
    waits(page, 1)
    expect(page.get_by_text(ON_PHONE)).to_be_visible()
    other = phone()
    other.url = server.url  # on a line of its own
    other.log_in(siti.code, STRANGER_PIN)
    write(go_to_book(other), "Bon dibayar", "50rb", Siapa_yang_membayar="Bu Ani")
    proxy.heal()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_text("Bon dibayar 50rb tidak bisa masuk ke buku.")).to_be_visible()
    expect(page.get_by_label("Berapa jumlahnya?")).to_have_value("50rb")
    all_in(page)
    page.get_by_role("button", name="Tidak jadi").click()
    write(page, "Jual tunai", "7rb")
    assert amounts(server, siti.code) == [50_000, 50_000, 7_000]


def test_the_server_is_killed_while_somebody_writes(chromium, tmp_path):
    chance = random.Random(5)
    server = TraineeServer(tmp_path / "data").start()
    phone = Phone(chromium, server.url)
    try:
        page = begin_anew(phone.log_in(CODE, PIN))
        told = []
        struck = chance.randrange(2, 5)
        for number in range(1, 7):
            if number == struck:
                server.kill()
            fill_in(page, "Jual tunai", f"{number}rb")
            if number < struck:
                expect(page.get_by_text("Tersimpan:")).to_be_visible()
                told.append(number * 1_000)
            else:
                waits(page, number - struck + 1)
                expect(page.get_by_text(ON_PHONE)).to_be_visible()
        assert amounts(server, CODE) == told
        server.start()
        page.reload()
        expect(page.locator(".bk-angka")).to_contain_text("Rp21.000")
        all_in(page)
        assert sorted(amounts(server, CODE)) == [n * 1_000 for n in range(1, 7)]
    finally:
        phone.context.close()
        server.stop()
