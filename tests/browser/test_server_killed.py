"""The trainees' server is killed while answers stream in: what showed Tersimpan is there."""

import random
import time

import pytest
from playwright.sync_api import expect
from tests.support.open_workshop import Workshop, server_of
from tests.support.patience import PATIENCE_MS

from umkm_records import load_drafts, open_records

# Watches the text field from inside the page, so that nothing is missed between two looks.
WATCH = """
() => {
  const card = document.querySelector('.umkm-question:has(textarea)');
  const area = card.querySelector('textarea');
  window.acknowledged = [];
  new MutationObserver(() => {
    if (card.dataset.save === 'saved') window.acknowledged.push(area.value);
  }).observe(card, {attributes: true, attributeFilter: ['data-save'], subtree: true});
}
"""
WRITE = """
(text) => {
  const area = document.querySelector('.umkm-question textarea');
  area.value = text;
  area.dispatchEvent(new Event('input', {bubbles: true}));
  area.dispatchEvent(new Event('blur', {bubbles: true}));
}
"""


@pytest.mark.parametrize("seed", [1])
def test_each_answer_that_showed_tersimpan_survives_sigkill(tmp_path, new_phone, seed):
    chance = random.Random(seed)
    workshop = Workshop(tmp_path / "data").start()
    try:
        page = new_phone().page
        page.goto(workshop.url)
        page.get_by_label("Nomor HP atau kode peserta").fill("srg-siti1")
        page.get_by_label("PIN").fill("246813")
        page.get_by_role("button", name="Masuk").click()
        page.goto(f"{workshop.url}/tugas/pembukuan-dua-laci#soal-3")
        expect(page.locator("textarea")).to_be_visible()
        page.evaluate(WATCH)
        struck = chance.randrange(8, 22)
        for number in range(25):
            page.evaluate(WRITE, f"jawaban {number}")
            if number == struck:
                server = server_of(workshop)
                for process in [*server.children(recursive=True), server]:
                    process.kill()
            time.sleep(chance.random() / 6)
        acknowledged = page.evaluate("window.acknowledged")
        assert acknowledged
        last = int(acknowledged[-1].removeprefix("jawaban "))
        records = open_records(workshop.database)
        drafts = load_drafts(records, "srg-siti1", "pembukuan-dua-laci")
        assert int(drafts["rencana-dua-laci"].removeprefix("jawaban ")) >= last
        # The workshop starts the server again, and the page hands in what it held.
        card = page.locator(".umkm-question:has(textarea)")
        expect(card).to_have_attribute("data-save", "saved", timeout=PATIENCE_MS)
        drafts = load_drafts(records, "srg-siti1", "pembukuan-dua-laci")
        assert drafts["rencana-dua-laci"] == "jawaban 24"
    finally:
        workshop.stop()


def test_a_page_says_that_the_server_went_and_comes_back_whole(tmp_path, new_phone):
    workshop = Workshop(tmp_path / "data").start()
    try:
        page = new_phone().page
        page.goto(workshop.url)
        page.get_by_label("Nomor HP atau kode peserta").fill("srg-siti1")
        page.get_by_label("PIN").fill("246813")
        page.get_by_role("button", name="Masuk").click()
        page.goto(f"{workshop.url}/tugas/pembukuan-dua-laci#soal-3")
        area = page.locator(".umkm-question textarea")
        area.fill("Kaleng merah dan kaleng biru.")
        expect(page.locator(".umkm-question:has(textarea)")).to_have_attribute("data-save", "saved")
        kernel = page.locator("#slim-config").get_attribute("data-kernel-id")
        server = server_of(workshop)
        for process in [*server.children(recursive=True), server]:
            process.kill()
        banner = page.locator("#sambungan")
        expect(banner).to_contain_text("Sambungan terputus")
        # The workshop starts the server again; it knows nothing of the old page.
        expect(banner).to_contain_text("Halaman ini sudah ditutup", timeout=PATIENCE_MS)
        banner.get_by_role("link", name="Muat ulang").click()
        expect(area).to_have_value("Kaleng merah dan kaleng biru.")
        assert page.locator("#slim-config").get_attribute("data-kernel-id") != kernel
    finally:
        workshop.stop()
