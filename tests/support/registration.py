"""Registration of a new participant in the sample class, through the page."""

from playwright.sync_api import expect


def register_participant(page, url, name="Bu Lastri", number="0812 3333 4455"):
    """Fill in the registration form (*Daftar*) and wait for the page with the participant's code."""
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
