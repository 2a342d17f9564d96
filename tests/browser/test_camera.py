"""The live camera in Periksa QR and Simulasi kasir: Chromium films a picture of ours as its camera."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Phone
from tests.conftest import ARGUMENTS
from tests.support.find_browser import find_browser
from tests.support.visitor import Visitor

from umkm.qris import PracticeShop, build, draw
from umkm.qris.cashier_game import Kind
from umkm_records import list_cohorts, open_records
from umkm_records.tools import begin_till_game

pytestmark = pytest.mark.browser

#: Chromium on Linux has no detector of its own; where there is one, ours is to be tried all the same.
NOTE_CAMERAS = """
  delete window.BarcodeDetector;
  window.filmed = [];
  const media = navigator.mediaDevices, ask = media && media.getUserMedia.bind(media);
  if (media) media.getUserMedia = async (wish) => {
    const stream = await ask(wish);
    filmed.push(...stream.getTracks());
    return stream;
  };
"""
WAIT_FOR_DARK = """
  async (count) => {
    const states = () => filmed.map((track) => track.readyState);
    for (let i = 0; i < 100 && (filmed.length < count || states().includes("live")); i += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    return states();
  }
"""
EMPTY = "<p>Meja kosong</p>"


class Camera:
    """What phones with a camera film, and those phones."""

    def __init__(self, chromium, film):
        self.film = film
        film.write_bytes(b"")
        self.browser = chromium.browser_type.launch(
            executable_path=find_browser(),
            args=[
                *ARGUMENTS,
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={film}",
                "--host-resolver-rules=MAP kelas.lan 127.0.0.1",
            ],
        )

    def see(self, html):
        """Lay something before the lens; whoever opens the camera next sees it."""
        page = self.browser.new_page(viewport={"width": 640, "height": 480})
        page.set_content(f'<body style="margin:0;background:#a98">{html}</body>')
        self.film.write_bytes(page.screenshot(type="jpeg", quality=90))
        page.close()

    def phone(self, visitor):
        """A phone on which this visitor has logged in."""
        phone = Phone(self.browser)
        phone.context.add_init_script(NOTE_CAMERAS)
        phone.context.add_cookies(cookies_of(visitor))
        return phone


@pytest.fixture(scope="module")
def camera(chromium, tmp_path_factory):
    made = Camera(chromium, tmp_path_factory.mktemp("kamera") / "meja.mjpeg")
    yield made
    made.browser.close()


@pytest.fixture(scope="module")
def siti(shared_server):
    visitor = Visitor(shared_server.url)
    visitor.log_in("srg-siti1", "246813")
    return visitor


def cookies_of(visitor, url=""):
    return [
        {"name": cookie.name, "value": cookie.value, "url": url or visitor.url}
        for cookie in visitor.session.cookies
    ]


def tap(page, name):
    page.get_by_role("button", name=name).click()


def expect_dark(page, opened):
    """Every camera that was opened is off again."""
    assert page.evaluate(WAIT_FOR_DARK, opened) == ["ended"] * opened


def test_a_sticker_before_the_camera(camera, shared_server, siti):
    phone = camera.phone(siti)
    page = phone.page
    camera.see(
        f'<div style="width:300px;margin:30px 150px">{draw(build(PracticeShop("Warung Bu Siti")))}</div>'
    )
    page.goto(f"{shared_server.url}/alat/periksa-qr")
    tap(page, "Buka kamera")
    expect(page.get_by_text("CONTOH Warung Bu Siti").first).to_be_visible()
    expect_dark(page, opened=1)
    expect(page.get_by_label("Gambar kamera")).to_be_hidden()
    assert any("/reader-" in url for url in phone.requested)

    camera.see(EMPTY)
    tap(page, "Buka kamera")
    expect(page.get_by_text("Arahkan kamera ke kode QR.")).to_be_visible()
    tap(page, "Tutup kamera")
    expect(page.get_by_text("Kamera ditutup.")).to_be_visible()
    expect_dark(page, opened=2)
    # Two quick taps: asked for, and no longer wanted.
    page.get_by_role("button", name="Buka kamera").evaluate("(it) => { it.click(); it.click(); }")
    expect_dark(page, opened=3)
    tap(page, "Buka kamera")
    expect(page.get_by_text("Arahkan kamera ke kode QR.")).to_be_visible()
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })")
    expect_dark(page, opened=4)
    assert phone.errors == []


def test_the_till_of_another_phone_before_the_camera(camera, shared_server, siti, new_phone):
    form = {
        "join_code": "serang 1", "name": "Bu Lastri", "business_name": "Jahit Lastri", "business_kind": "jasa",
        "kelurahan": "36.73.02.1001", "phone": "0812 3333 4455", "pin": "482915", "consent_given": "ya",
    }  # fmt: skip
    lastri = Visitor(shared_server.url)
    assert lastri.post("/daftar", form).status_code == 200
    merchant, buyer = new_phone(), camera.phone(lastri)
    merchant.context.add_cookies(cookies_of(siti))
    with open_records(shared_server.database) as records:
        (cohort,) = list_cohorts(records)
        begin_till_game(records, cohort.id, "kamera", Kind.HONEST)
    for phone in (merchant, buyer):
        phone.page.goto(f"{shared_server.url}/alat/kasir-qris")
        tap(phone.page, "Ikut simulasi kelas")
    tap(merchant.page, "Buka kasir")
    shown = merchant.page.locator(".ks-kode").get_attribute("src")
    camera.see(f'<img style="height:460px;margin:10px 90px" src="{shown}">')
    tap(buyer.page, "Buka kamera")
    expect(buyer.page.get_by_text("Anda pembeli jujur.")).to_be_visible()
    expect_dark(buyer.page, opened=1)
    assert merchant.errors == buyer.errors == []


def test_where_no_camera_can_be_had(camera, shared_server, siti, new_phone):
    # Over a class's plain http browsers give no page a camera; the phone's own takes the picture.
    phone = camera.phone(siti)
    lan = shared_server.url.replace("127.0.0.1", "kelas.lan")
    phone.context.add_cookies(cookies_of(siti, lan))
    phone.page.goto(f"{lan}/alat/periksa-qr")
    expect(phone.page.get_by_text("Belum ada kode.")).to_be_visible()
    assert phone.page.evaluate("isSecureContext") is False
    expect(phone.page.get_by_role("button", name="Buka kamera")).to_have_count(0)
    expect(phone.page.get_by_text("Foto kodenya")).to_be_visible()
    assert phone.page.locator("#qr-foto").get_attribute("capture") == "environment"

    refused = new_phone()
    refused.context.add_cookies(cookies_of(siti))
    refused.page.goto(f"{shared_server.url}/alat/periksa-qr")
    tap(refused.page, "Buka kamera")
    expect(refused.page.get_by_role("status").filter(has_text="Kamera")).to_contain_text(
        "oto kodenya"
    )
    assert refused.errors == phone.errors == []
