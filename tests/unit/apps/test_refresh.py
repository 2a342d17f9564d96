"""A kept page comes with what its kernel's widgets hold, and without it where that would be too much to read."""

import pytest
from jupyter_client.manager import start_new_async_kernel
from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.page_sessions import refresh
from umkm_apps.page_sessions.refresh import MOST_STATES, refreshed

pytestmark = pytest.mark.slow

PAGE = '<p>Soal</p><script type="application/json" data-slim-states="0">{}</script>'


async def page_of(value):
    """What a reader gets of a page whose kernel holds one field with a value."""
    manager, client = await start_new_async_kernel()
    try:
        # What the page of a notebook does: a widget that is shown, and stays.
        made = f"import ipywidgets\nfield = ipywidgets.Text({value})"
        assert (await client.execute_interactive(made))["content"]["status"] == "ok"
        return await refreshed(PAGE, manager)
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A kernel of these tests is on a busy machine."""
    monkeypatch.setattr(refresh, "PATIENCE", 10.0)
    refresh._context.cache_clear()
    yield
    refresh._context.cache_clear()


def test_a_reader_gets_the_states_of_now():
    html = run_by_itself(page_of("'Rp12.500'"))
    assert html is not None
    assert "Rp12.500" in html
    assert html.startswith("<p>Soal</p>")


def test_more_states_than_the_server_wants_to_read_are_left_out(monkeypatch):
    monkeypatch.setattr(refresh, "PATIENCE", 2.0)
    assert run_by_itself(page_of(f"'x' * {MOST_STATES + 1}")) is None


def test_a_page_without_widgets_asks_nobody():
    assert run_by_itself(refreshed("<p>Soal</p>", None)) is None
