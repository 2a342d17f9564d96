# ruff: noqa: E402  # Voila looks for templates when it is imported
"""A tiny Voila on loopback that serves one notebook with the slim template, or the stock one.

    python small_voila.py FOLDER PORT [stock]

Run as a program of its own: Voila wants the main thread. It writes nothing outside FOLDER.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from umkm_apps.runtime.settings import TEMPLATE

FOLDER, PORT, STOCK = Path(sys.argv[1]), int(sys.argv[2]), "stock" in sys.argv
NAME = "lab" if STOCK else "slimtest"

if not STOCK:
    place = FOLDER / "jupyter" / "voila" / "templates" / NAME
    place.mkdir(parents=True, exist_ok=True)
    shutil.copy(TEMPLATE / "index.html.j2", place / "index.html.j2")
    (place / "conf.json").write_text('{"base_template": "base"}')
    # Voila reads it when it is imported.
    os.environ["JUPYTER_PATH"] = str(FOLDER / "jupyter")

import voila.handler
from jupyter_server.base.handlers import JupyterHandler
from tornado import web
from tornado.web import GZipContentEncoding
from traitlets.config import Config
from voila.app import Voila
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from umkm_apps.page_sessions.formulas import FormulaRenderer
from umkm_apps.page_sessions.reconnect import ReconnectingWebSocket
from umkm_apps.page_sessions.renderer import PageRenderer
from umkm_apps.web.base import STUDY_POLICY
from umkm_apps.web.static_files import STATIC_RULES, slim_addresses

if not STOCK:
    # The states of widgets stand in the page, as on the trainees' server.
    voila.handler.NotebookRenderer = PageRenderer


class Page(TornadoVoilaHandler):
    """The notebook, under the strict policy."""

    @property
    def content_security_policy(self):
        return super().content_security_policy if STOCK else STUDY_POLICY


class Closed(JupyterHandler):
    """Ends a kernel behind the page's back."""

    async def post(self, kernel_id):
        self.check_xsrf_cookie = lambda: None
        await self.kernel_manager.shutdown_kernel(kernel_id, now=True)
        self.finish("")

    def check_xsrf_cookie(self):
        """A test is no stranger."""


class SmallVoila(Voila):
    """Voila with what the slim page needs of its server."""

    def init_settings(self):
        settings = super().init_settings()
        if not STOCK:
            settings.update(transforms=[GZipContentEncoding], websocket_compression_options={})
        return settings

    def init_handlers(self):
        rules = [
            (rule[0], ReconnectingWebSocket, *rule[2:])
            if rule[1] is VoilaKernelWebsocketHandler and not STOCK
            else rule
            for rule in super().init_handlers()
        ]
        rules = [
            (rule[0], Page, *rule[2:]) if rule[1] is TornadoVoilaHandler else rule for rule in rules
        ]
        return [
            *((self.base_url + path, handler) for path, handler in STATIC_RULES),
            (self.base_url + r"akhiri/([\w-]+)", Closed),
            (self.base_url + r"kosong", Empty),
            *rules,
        ]


class Empty(web.RequestHandler):
    """A page of this host with nothing on it."""

    def get(self):
        self.finish("<!DOCTYPE html><title>kosong</title>")


def tell(handler, notebook, cwd):
    """What the template is told about a page."""
    notebook.metadata["umkm"] = {"title": "Percobaan", "slim": slim_addresses(handler.base_url)}
    return notebook


def main():
    """Serve until killed."""
    config = Config()
    config.Voila.update(
        config_file_paths=[],
        ip="127.0.0.1",
        port=PORT,
        port_retries=0,
        open_browser=False,
        root_dir=str(FOLDER),
        log_level="ERROR",
    )
    config.VoilaConfiguration.update(
        template=NAME, allow_template_override="NO", prelaunch_hook=tell, show_tracebacks=False
    )
    if not STOCK:
        config.VoilaExporter.markdown_renderer_class = FormulaRenderer
    server = SmallVoila(config=config)
    server.initialize([])
    server.start()


if __name__ == "__main__":
    main()
