"""Simulasi kasir on two phones: a code on one, typed or scanned on the other; then a fraud's screen."""

import re

import pytest
from playwright.sync_api import expect
from tests.support.accessibility import look
from tests.support.registration import register_participant

from umkm.qris.cashier_game import Kind, Scenario, new_sale
from umkm_records import list_cohorts, open_records
from umkm_records.tools import begin_till_game, end_till_game, next_till_round, till_board

pytestmark = pytest.mark.browser


def enter(phone, url, code, pin):
    page = phone.open_tool(url, "kasir-qris", code, pin)
    expect(page.get_by_role("button", name="Main sendiri")).to_be_visible()
    return page


def tap(page, name):
    page.get_by_role("button", name=name).click()


def wake(*pages):
    """As when a phone's line comes back: the page asks at once, not only after its ten seconds."""
    for page in pages:
        page.evaluate("dispatchEvent(new Event('online'))")


def newcomer(phone, url):
    """Somebody who has just registered, at the game."""
    page = phone.page
    register_participant(page, url)
    page.goto(f"{url}/alat/kasir-qris")
    expect(page.get_by_role("button", name="Main sendiri")).to_be_visible()
    return page


def seed_with_a_fraud(number, place):
    """A seed whose first sale at that till is a screen without money."""
    return next(
        seed for seed in map(str, range(200))
        if new_sale(f"{seed} {number} {place} 1", Kind.MIXED).scene is Scenario.PROOF
        and new_sale(f"{seed} 1 0 0", Kind.HONEST).scene is Scenario.PAID
    )  # fmt: skip


def test_two_phones_play_a_round(new_phone, server):
    one, other = new_phone(), new_phone()
    shop = enter(one, server.url, "srg-siti1", "246813")
    buyer = newcomer(other, server.url)
    with open_records(server.database) as records:
        (cohort,) = list_cohorts(records)
        begin_till_game(records, cohort.id, seed_with_a_fraud(2, 1), Kind.HONEST)
        wake(shop, buyer)
        for page in (shop, buyer):
            page.get_by_role("button", name="Ikut simulasi kelas").click(timeout=40_000)
            expect(page.get_by_text("Ronde 1")).to_be_visible()
        found = honest_round(shop, buyer)
        next_till_round(records, cohort.id, Kind.MIXED)
        wake(shop, buyer)
        found += fraud_round(shop=buyer, buyer=shop)
        board = till_board(records, cohort.id)
        assert (board.players, board.whole.handed, board.whole.caught) == (2, 1, 1)
        end_till_game(records, cohort.id)
        expect(shop.get_by_text("Simulasi kelas sudah ditutup pelatih.")).to_be_visible(
            timeout=40_000
        )
    assert found == [], "\n".join(found)
    host = server.url.removeprefix("http://")
    assert one.outside(host) == other.outside(host) == []
    assert one.errors == other.errors == []


def honest_round(shop, buyer):
    tap(shop, "Buka kasir")
    code = shop.locator(".ks-pendek strong").inner_text()
    found = look(shop, "kasir-buka")
    # Scanned from the other phone's screen, as a photo of it.
    shot = shop.locator(".ks-kode").screenshot()
    buyer.locator("#qr-gambar").set_input_files(
        {"name": "kasir.png", "mimeType": "image/png", "buffer": shot}
    )
    expect(buyer.get_by_text("Anda pembeli jujur.")).to_be_visible()
    expect(buyer.get_by_text("CONTOH")).to_be_visible()
    price = buyer.locator(".ks-barang strong").inner_text()
    if buyer.get_by_label("Jumlah yang Anda bayar").is_visible():
        buyer.get_by_label("Jumlah yang Anda bayar").fill(price)
    found += look(buyer, "kasir-pembeli")
    buyer.reload()
    expect(buyer.get_by_text("Anda pembeli jujur.")).to_be_visible()
    if buyer.get_by_label("Jumlah yang Anda bayar").is_visible():
        buyer.get_by_label("Jumlah yang Anda bayar").fill(price)
    tap(buyer, "Bayar dengan uang mainan")
    expect(shop.get_by_text(f"{price} masuk lewat QRIS.")).to_be_visible()
    found += look(shop, "kasir-putus")
    tap(shop, "Serahkan barang")
    expect(shop.get_by_text("Tepat: barang diserahkan")).to_be_visible()
    expect(buyer.get_by_text("Tepat: barang diserahkan")).to_be_visible()
    assert re.fullmatch(r"[A-Z2-9]{4}", code)
    return found


def fraud_round(shop, buyer):
    shop.get_by_role("button", name="Buka kasir").click(timeout=40_000)
    code = shop.locator(".ks-pendek strong").inner_text()
    expect(buyer.get_by_label("Kode pendek")).to_be_visible(timeout=40_000)
    buyer.get_by_label("Kode pendek").fill("ZZZZ")
    tap(buyer, "Datangi kasir ini")
    expect(buyer.get_by_role("alert")).to_contain_text("Belum ada kasir dengan kode itu")
    buyer.get_by_label("Kode pendek").fill(code.lower())
    tap(buyer, "Datangi kasir ini")
    expect(buyer.get_by_text("Peran rahasia.")).to_be_visible()
    tap(buyer, "Tunjukkan layar palsu")
    expect(shop.get_by_text("Belum ada yang masuk.")).to_be_visible()
    tap(shop, "Tunggu sebentar")
    expect(shop.get_by_text("Masih belum ada yang masuk.")).to_be_visible()
    tap(shop, "Tolak baik-baik")
    expect(shop.get_by_text("Tepat: ditolak")).to_be_visible()
    found = look(shop, "kasir-hasil")
    expect(buyer.get_by_text("Tepat: ditolak")).to_be_visible()
    return found


def test_alone(new_phone, server):
    phone = new_phone()
    page = enter(phone, server.url, "srg-siti1", "246813")
    tap(page, "Main sendiri")
    tap(page, "Mulai")
    for number in range(1, 9):
        expect(page.get_by_text(f"Pembeli {number} dari 8")).to_be_visible()
        tap(page, "Serahkan barang")
        if number < 8:
            tap(page, "Pembeli berikutnya")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # Three paid at once and two late; who hands over to everybody loses the other three.
    expect(page.get_by_text("3 dari 8 keputusan tepat.")).to_be_visible()
    found = look(page, "kasir-selesai")
    assert found == [], "\n".join(found)
    assert phone.errors == []
