"""A tool that is one folder: on Beranda, on its page, in the gallery; and every tool's page, on a phone."""

import re
import shutil

import pytest
from playwright.sync_api import expect
from tests.support.accessibility import look
from tests.support.open_workshop import ROOT, Workshop

from umkm_tools.registry import tools

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    """A class on a laptop where `UMKM_TOOLS` names the folder of the sample tool, and nothing else does."""
    opened = Workshop(
        tmp_path_factory.mktemp("stoples") / "data",
        extra={"UMKM_TOOLS": str(ROOT / "tests" / "sample_tool")},
    )
    yield opened.start()
    opened.stop()


def add_up(page):
    """Type what is in two jars; 15.000 and 2.500 are 17.500."""
    page.get_by_label("Stoples pertama").fill("15rb")
    page.get_by_label("Stoples kedua").fill("Rp2.500")
    expect(page.get_by_text("Rp17.500")).to_be_visible()


def test_a_folder_is_a_tool_on_the_phone(new_phone, workshop):
    phone = new_phone(360)
    page = phone.page
    page.goto(workshop.url)
    page.get_by_label("Nomor HP atau kode peserta").fill("srg-siti1")
    page.get_by_label("PIN").fill("246813")
    page.get_by_role("button", name="Masuk").click()
    cards = page.locator('a.kartu[href^="/alat/"]')
    expect(cards).to_have_count(len(tools()) + 1)
    expect(cards.last).to_have_text(re.compile(r"Stoples\s*Hitung uang di dua stoples\."))
    found = look(page, "beranda-stoples", None)
    cards.last.click()
    expect(page).to_have_url(f"{workshop.url}/alat/stoples")
    expect(page.get_by_role("heading", name="Stoples")).to_be_visible()
    add_up(page)
    found += look(page, "stoples", None)
    # What is half filled in is kept on this phone.
    page.reload()
    expect(page.get_by_label("Stoples pertama")).to_have_value("15rb")
    expect(page.get_by_text("Rp17.500")).to_be_visible()
    page.get_by_label("Stoples kedua").fill("banyak")
    expect(page.locator("[data-error=two]")).not_to_be_empty()
    assert found == [], "\n".join(found)
    assert phone.outside(workshop.url.removeprefix("http://")) == []
    assert phone.errors == []


def test_every_tool_is_read_and_used_by_everyone(new_phone, workshop):
    phone = new_phone(360)
    page = phone.open_tool(workshop.url, "stoples")
    found = []
    for name in [*tools(), "stoples"]:
        page.goto(f"{workshop.url}/alat/{name}")
        expect(page.locator(".umkm-buku").first).to_be_visible()
        found += look(page, name, None)
    assert found == [], "\n".join(found)
    assert phone.errors == []


def test_the_gallery_shows_it_too(new_phone, workshop):
    shutil.copy(ROOT / "widgets" / "gallery.ipynb", workshop.lab_folder / "Galeri.ipynb")
    phone = new_phone(360)
    page = phone.page
    page.goto(workshop.page_url("Galeri.ipynb"))
    # The kernel draws all questions and all tools first.
    expect(page.get_by_role("heading", name="Stoples").first).to_be_visible(timeout=180_000)
    add_up(page)
    assert phone.errors == []
