"""Somebody who registers with the sample class's code while a test runs."""

from playwright.sync_api import expect


def register_newcomer(page, url, name="Bu Lastri", number="0812 3333 4455"):
    """Fill in Daftar and land where one's code is shown."""
    page.goto(f"{url}/daftar")
    page.get_by_label("Kode kelas").fill("serang 1")
    page.get_by_label("Nama Anda").fill(name)
    page.get_by_label("Nama usaha").fill("Jahit Lastri")
    page.get_by_label("Jenis usaha").select_option(index=1)
    page.get_by_label("Kelurahan tempat usaha").select_option("36.73.02.1001")
    page.get_by_label("Nomor HP").fill(number)
    page.get_by_label("Buat PIN").fill("482915")
    page.get_by_label("Saya sudah membaca dan setuju").check()
    page.get_by_role("button", name="Daftar").click()
    expect(page.locator("#kode")).to_be_visible()
