"""Terima jawaban and Pantau kelas, as a trainer uses them: in JupyterLab, with real files and people."""

import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.support import offline_bundle
from tests.support.accessibility import violations
from tests.support.offline_bundle import PLAN_TEXT, SHEET
from tests.support.visitor import Visitor

from umkm_apps.auth.page_token import page_token_secret
from umkm_records import (
    CohortForm,
    Registration,
    create_cohort,
    latest_submission,
    load_drafts,
    open_records,
    register,
)

DESK, MONITOR = "Terima jawaban.ipynb", "Pantau kelas.ipynb"
SITI = "srg-siti1"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def secret(workshop):
    return page_token_secret(workshop.data_dir)


@pytest.fixture(scope="module")
def records(workshop):
    with open_records(workshop.database) as opened:
        yield opened


class Trainer:
    """One of the trainer's pages, open in a tab of its own."""

    def __init__(self, page, workshop, notebook):
        self.page = page
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(workshop.page_url(notebook))
        expect(page.locator(".jp-OutputArea .widget-vbox").first).to_be_visible(timeout=180_000)

    def button(self, name):
        return self.page.locator(".jp-OutputArea button").filter(has_text=name)

    @property
    def told(self):
        return self.page.locator(".jp-OutputArea .widget-html-content").last

    def hand(self, *files, text=""):
        """Choose files, paste text, and press Periksa."""
        if files:
            chosen = [{"name": n, "mimeType": "", "buffer": content} for n, content in files]
            with self.page.expect_file_chooser() as asked:
                self.button("Pilih berkas atau foto").click()
            asked.value.set_files(chosen)
            expect(self.button("Pilih berkas atau foto")).to_contain_text(f"({len(files)})")
        if text:
            self.page.locator(".jp-OutputArea textarea").fill(text)
            self.page.locator(".jp-OutputArea textarea").blur()
        self.button("Periksa").click()

    def look(self, name):
        """Our part of JupyterLab's page is for everyone; keep a picture where `UMKM_PICTURES` says."""
        assert violations(self.page, within=".jp-OutputArea") == []
        if folder := os.environ.get("UMKM_PICTURES"):
            self.page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.fixture
def trainer(new_phone, workshop):
    return Trainer(new_phone().page, workshop, DESK)


def test_files_codes_and_text_are_taken_in_jupyterlab(trainer, records, secret):
    # A file, with a wish to send.
    content = offline_bundle.bundle(secret, SITI, send="kunci-0001")
    trainer.hand(("jawaban-srg-siti1.json", content))
    expect(trainer.told).to_contain_text("Siti Rohmah (srg-siti1): 2 jawaban untuk Tugas: Dua Laci")
    trainer.look("desk-file")
    assert load_drafts(records, SITI, SHEET) == {}
    trainer.button("Masukkan").click()
    expect(trainer.told).to_contain_text("2 jawaban masuk.")
    receipt = latest_submission(records, SITI, SHEET)
    expect(trainer.told).to_contain_text(f"Tanda terima {receipt.code}")
    trainer.look("desk-taken")
    # The same once more: nothing doubles.
    trainer.hand(("jawaban-srg-siti1.json", content))
    trainer.button("Masukkan").click()
    expect(trainer.told).to_contain_text(f"Tanda terima {receipt.code}")
    assert latest_submission(records, SITI, SHEET).attempt == 1
    # Photos of codes, one of them missing at first.
    newer = offline_bundle.bundle(
        secret, SITI, changes=[change("rencana-dua-laci", PLAN_TEXT + "Dan satu lagi.")]
    )
    first, *others = [
        (f"foto{n}.jpg", offline_bundle.photo(code))
        for n, code in enumerate(offline_bundle.codes(newer, 100))
    ]
    trainer.hand(*others)
    expect(trainer.told).to_contain_text("yang belum ada: kode 1.")
    trainer.look("desk-missing")
    trainer.hand(first)
    expect(trainer.told).to_contain_text("1 jawaban untuk")
    trainer.button("Masukkan").click()
    expect(trainer.told).to_contain_text("1 jawaban masuk.")
    assert load_drafts(records, SITI, SHEET)["rencana-dua-laci"].endswith("Dan satu lagi.")
    # The text of the codes, as a chat app carries it.
    latest = offline_bundle.bundle(secret, SITI, changes=[change("laba-bengkel", "400rb")])
    trainer.hand(text="Kode dari Bu Siti:\n" + "\n".join(offline_bundle.codes(latest)))
    trainer.button("Masukkan").click()
    expect(trainer.told).to_contain_text("1 jawaban masuk.")
    assert load_drafts(records, SITI, SHEET)["laba-bengkel"] == "400rb"


def change(question, answer):
    return {
        "question": question,
        "answer": answer,
        "writer": "hp-9",
        "seq": 1,
        "acted": offline_bundle.now(),
    }


def somebody_of_another_class(records):
    form = CohortForm(
        "kasemen-2026-11", "Kasemen", "KASEMEN-1", "Aula", date(2026, 11, 2), ("pembukuan",)
    )
    create_cohort(records, form)
    return register(records, Registration(
        join_code="KASEMEN-1", name="Budi", business_name="Warung", business_kind="warung",
        kelurahan="36.73.02.1001", phone="081255556666", consent_version="uji", consent_given=True, pin="739152",
    ))  # fmt: skip


def test_what_cannot_be_taken_is_told_in_words(trainer, records, secret):
    trainer.button("Periksa").click()
    expect(trainer.told).to_contain_text("Belum ada yang dipilih.")
    before = load_drafts(records, SITI, SHEET)
    # Another laptop's, another person's, cut off, and something else altogether.
    elsewhere = offline_bundle.bundle(b"laptop lain", SITI)
    taken_over = offline_bundle.bundle(secret, SITI, participant="srg-jaya1")
    good = offline_bundle.bundle(secret, SITI)
    trainer.hand(
        ("laptop-lain.json", elsewhere),
        ("orang-lain.json", taken_over),
        ("terpotong.json", good[: len(good) // 2]),
        ("liburan.jpg", offline_bundle.photo("https-bukan-kode")),
    )
    for words in ("laptop-lain.json", "orang-lain.json"):
        expect(trainer.told).to_contain_text(f"{words}: Tanda pengenal jawaban ini tidak cocok")
    expect(trainer.told).to_contain_text("terpotong.json: Ini bukan berkas atau kode jawaban")
    expect(trainer.told).to_contain_text("liburan.jpg: Ini bukan berkas atau kode jawaban")
    expect(trainer.button("Masukkan")).to_be_disabled()
    trainer.look("desk-refused")
    trainer.button("Mulai lagi").click()
    # Somebody of another class of this laptop: said, and taken to that class.
    budi = somebody_of_another_class(records)
    trainer.hand(("jawaban-budi.json", offline_bundle.bundle(secret, budi.code)))
    expect(trainer.told).to_contain_text("Peserta ini dari kelas lain, Kasemen.")
    trainer.button("Masukkan").click()
    expect(trainer.told).to_contain_text("Budi: 2 jawaban masuk.")
    assert load_drafts(records, SITI, SHEET) == before
    assert load_drafts(records, budi.code, SHEET)["laba-bengkel"] == "350rb"


def test_the_monitor_tells_who_is_there_and_how_the_laptop_fares(new_phone, workshop):
    reader = Visitor(workshop.url)
    assert reader.log_in(SITI, "246813").status_code == 303
    line = reader.websocket(reader.open_page(f"/tugas/{SHEET}"))
    trainer = Trainer(new_phone().page, workshop, MONITOR)
    health, table = trainer.page.locator(".umkm-sehat"), trainer.page.locator(".umkm-pantau")
    expect(health).to_contain_text("Peserta yang membuka halaman")
    expect(health).to_contain_text("1 orang")
    expect(health).to_contain_text("tidak ada")  # nobody waits
    expect(table.locator("tr").filter(has_text=SITI)).to_contain_text("Tugas: Dua Laci")
    trainer.look("monitor")
    line.close()
