import pytest
from playwright.sync_api import expect
from tests.support.open_workshop import Workshop
from tests.support.patience import PATIENCE_MS
from tests.support.trainee_server import TraineeServer

# A page waits for its kernel, and two cores may be busy with other tests.
expect.set_options(timeout=PATIENCE_MS)


class Phone:
    """A browser of its own at a phone's size, which notes every host it talks to."""

    def __init__(self, chromium, width=360):
        self.context = chromium.new_context(
            viewport={"width": width, "height": 740},
            device_scale_factor=2,
            locale="id-ID",
            has_touch=True,
        )
        self.requested = []
        self.errors = []
        self.context.on("request", lambda request: self.requested.append(request.url))
        self.page = self.new_page()

    def new_page(self):
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("websocket", lambda socket: self.requested.append(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def open_tool(self, url, name, code="srg-siti1", pin="246813"):
        """Log in and tap a tool on Beranda, as a participant does; gives its page."""
        self.page.goto(url)
        self.page.get_by_label("Nomor HP atau kode peserta").fill(code)
        self.page.get_by_label("PIN").fill(pin)
        self.page.get_by_role("button", name="Masuk").click()
        self.page.locator(f'a.kartu[href="/alat/{name}"]').click()
        return self.page

    def outside(self, *hosts):
        allowed = (
            "data:",
            "blob:",
            "about:",
            *(f"{s}://{h}" for h in hosts for s in ("http", "ws")),
        )
        return [url for url in self.requested if not url.startswith(allowed)]


@pytest.fixture
def new_phone(chromium):
    phones = []

    def make(width=360):
        phones.append(Phone(chromium, width))
        return phones[-1]

    yield make
    for phone in phones:
        phone.context.close()


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory):
    """The trainees' server for tests that mind nothing the others leave behind."""
    opened = TraineeServer(tmp_path_factory.mktemp("bersama") / "data").start()
    yield opened
    opened.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The trainees' server, where no trainer's laptop is needed: a workshop costs six times as much to start."""
    opened = TraineeServer(tmp_path_factory.mktemp("server") / "data").start()
    yield opened
    opened.stop()


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    opened = Workshop(tmp_path_factory.mktemp("kelas") / "data").start()
    yield opened
    opened.stop()
