import pytest
from playwright.sync_api import expect
from tests.support.patience import PATIENCE_MS
from tests.support.phone import Phone
from tests.support.proxy import Proxy
from tests.support.trainee_server import CODE, PIN, TraineeServer
from tests.support.visitor import Visitor

from umkm_records import Registration, open_records, register

STRANGER_PIN = "739152"

# A page waits for its kernel, and two cores may be busy with other tests.
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    opened = TraineeServer(tmp_path_factory.mktemp("outbox") / "data").start()
    yield opened
    opened.stop()


@pytest.fixture
def new_person(server):
    """Registers somebody new, so that no test meets another's answers."""
    made = 0

    def make():
        nonlocal made
        made += 1
        new_person.count += 1
        number = new_person.count
        form = Registration(
            join_code="SERANG-1", name=f"Bu Peserta {number}", business_name="Warung", business_kind="warung",
            kelurahan="36.73.02.1001", phone=f"08139{number:07d}", consent_version="2026-11",
            consent_given=True, pin=STRANGER_PIN,
        )  # fmt: skip
        with open_records(server.database) as records:
            return register(records, form)

    return make


new_person.count = 0


@pytest.fixture
def visit(server):
    def log_in(code=CODE, pin=PIN):
        visitor = Visitor(server.url)
        assert visitor.log_in(code, pin).status_code == 303
        return visitor

    return log_in


@pytest.fixture
def proxy(server):
    """The network between phones and the server, which can be cut."""
    made = Proxy(server.port)
    yield made
    made.close()


@pytest.fixture
def phone(chromium, proxy):
    """Gives phones that reach the server through the proxy."""
    phones = []

    def make():
        phones.append(Phone(chromium, f"http://127.0.0.1:{proxy.port}"))
        return phones[-1]

    yield make
    for made in phones:
        made.context.close()
