"""Actions on the page of the cash book (*Buku kas*)."""

from playwright.sync_api import expect


def begin_own(page):
    agree = page.get_by_role("button", name="Setuju, buat buku saya")
    expect(agree).to_be_disabled()
    page.get_by_label("Dagang").check()
    agree.click()
    expect(page.get_by_text("Belum ada catatan.")).to_be_visible()


def fill_in(page, kind, amount, **fields):
    page.get_by_role("button", name=kind, exact=True).first.click()
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " ")).fill(value)
    page.get_by_label("Berapa jumlahnya?").fill(amount)
    page.get_by_role("button", name="Simpan").click()


def write(page, kind, amount, **fields):
    fill_in(page, kind, amount, **fields)
    expect(page.get_by_text("Tersimpan:")).to_be_visible()
