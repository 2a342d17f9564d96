"""What tests of several folders share: one Chromium and one PostgreSQL for the whole run."""

import logging

import pytest
from playwright.sync_api import sync_playwright
from tests.support.find_browser import find_browser
from tests.support.postgres import Postgres

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """Mark each test by what it starts, so that a lane can leave it to another (see the Makefile)."""
    for item in items:
        if "chromium" in item.fixturenames:
            item.add_marker("browser")
        params = item.callspec.params.values() if hasattr(item, "callspec") else ()
        if "postgres" in item.fixturenames or "postgresql" in {
            each for each in params if isinstance(each, str)
        }:
            item.add_marker("postgres")


@pytest.fixture(autouse=True)
def our_loggers():
    """nbgrader's migrations, run by other tests in this process, disable the loggers that they find."""
    for name, logger in logging.Logger.manager.loggerDict.items():
        if name.startswith("umkm") and isinstance(logger, logging.Logger):
            logger.disabled = False


@pytest.fixture(scope="session")
def chromium():
    path = find_browser()  # before Playwright starts: it may ask Playwright itself
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def postgres():
    """A server of our own, for as long as the run."""
    server = Postgres()
    yield server
    server.close()
