"""What is sent is small, whole at each flush, and for whoever takes it."""

import gzip
import zlib

import pytest
from tests.unit.apps.coroutines import run_by_itself
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, GZipContentEncoding, RequestHandler

from umkm_apps.runtime.bundle import SLIM, slim_manifest
from umkm_apps.runtime.settings import TEMPLATE
from umkm_apps.web.base import asset_address
from umkm_apps.web.static_files import STATIC_RULES, takes_gzip

PIECES = ["<p>Laci usaha</p>" * 90, "<p>Laci rumah</p>" * 90, "selesai"]


class Streamed(RequestHandler):
    async def get(self):
        for piece in PIECES:
            self.write(piece)
            await self.flush()


class Whole(RequestHandler):
    def get(self, kind):
        self.set_header("Content-Type", kind)
        self.finish("".join(PIECES))


class Short(RequestHandler):
    def get(self):
        self.finish("pendek")


async def ask(path, accepted):
    sockets = bind_sockets(0, "127.0.0.1")
    rules = [
        *((f"/{path}", handler) for path, handler in STATIC_RULES),
        ("/streamed", Streamed),
        ("/whole/(.*)", Whole),
        ("/short", Short),
    ]
    server = HTTPServer(Application(rules, transforms=[GZipContentEncoding]))
    server.add_sockets(sockets)
    pieces = []
    answer = await AsyncHTTPClient().fetch(
        f"http://127.0.0.1:{sockets[0].getsockname()[1]}{path}",
        headers={"Accept-Encoding": accepted},
        decompress_response=False,
        streaming_callback=pieces.append,
    )
    server.stop()
    return answer.headers, pieces


@pytest.mark.parametrize(
    ("accepted", "found"),
    [
        ("gzip, deflate", True),
        ("gzip, deflate, br, zstd", True),
        ("br, GZIP;q=0.8", True),
        ("gzip;q=0, br", False),
        ("gzip; q=0.000", False),
        ("br", False),
        ("identity", False),
        ("", False),
    ],
)
def test_gzip_where_a_browser_takes_it(accepted, found):
    assert takes_gzip(accepted) is found


def test_each_flush_gives_a_browser_what_was_written():
    headers, pieces = run_by_itself(ask("/streamed", "gzip"))
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Vary"] == "Accept-Encoding"
    assert "Content-Length" not in headers
    read = zlib.decompressobj(31).decompress
    read_so_far = [read(piece).decode() for piece in pieces]
    assert read_so_far[0].startswith(PIECES[0])
    assert "".join(read_so_far) == "".join(PIECES)
    assert sum(map(len, pieces)) < len("".join(PIECES)) / 5


@pytest.mark.parametrize(
    ("path", "accepted", "found"),
    [
        ("/whole/text/css", "gzip", "gzip"),
        ("/whole/application/json", "gzip", "gzip"),
        ("/whole/text/html", "br", None),
        ("/whole/image/png", "gzip, br", None),
        ("/whole/text/html", "identity", None),
        ("/short", "gzip, br", None),
    ],
)
def test_what_is_worth_it_is_compressed(path, accepted, found):
    headers, pieces = run_by_itself(ask(path, accepted))
    assert headers.get("Content-Encoding") == found
    assert int(headers["Content-Length"]) == sum(map(len, pieces))


@pytest.mark.parametrize("accepted", ["gzip", "br"])
@pytest.mark.parametrize("name", ["umkm.css", slim_manifest()["steps"]])
def test_an_asset_is_kept_for_a_year(name, accepted):
    is_shell = name == "umkm.css"
    path = asset_address("/", name) if is_shell else f"/aset/slim/{name}"
    headers, pieces = run_by_itself(ask(path, accepted))
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers.get("Content-Encoding") == ("gzip" if accepted == "gzip" else None)
    sent = b"".join(pieces)
    content = gzip.decompress(sent) if accepted == "gzip" else sent
    folder = TEMPLATE / "static" if is_shell else SLIM
    assert content == (folder / name).read_bytes()
