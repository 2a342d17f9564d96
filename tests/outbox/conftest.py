import pytest
from tests.browser.visitor import Visitor
from tests.outbox.trainee_server import CODE, PIN, TraineeServer

from umkm_records import Registration, open_records, register

STRANGER_PIN = "739152"


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
