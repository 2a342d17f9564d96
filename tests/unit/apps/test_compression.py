"""What is sent is small, whole at each flush, and for whoever takes it."""

import gzip
import zlib

import brotli
import pytest
from tests.unit.apps.coroutines import run_by_itself
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from umkm_apps.web.compression import SmallestForm, best_encoding, squeeze

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
    rules = [("/streamed", Streamed), ("/whole/(.*)", Whole), ("/short", Short)]
    server = HTTPServer(Application(rules, transforms=[SmallestForm]))
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
        ("gzip, deflate", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
def test_smallest_form_a_browser_takes(accepted, found):
    assert best_encoding(accepted) == found


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_each_flush_gives_a_browser_what_was_written(encoding):
    headers, pieces = run_by_itself(ask("/streamed", encoding))
    assert headers["Content-Encoding"] == encoding
    assert headers["Vary"] == "Accept-Encoding"
    assert "Content-Length" not in headers
    reader = brotli.Decompressor() if encoding == "br" else zlib.decompressobj(31)
    read = getattr(reader, "process", None) or reader.decompress
    read_so_far = [read(piece).decode() for piece in pieces]
    assert read_so_far[0].startswith(PIECES[0])
    assert "".join(read_so_far) == "".join(PIECES)
    assert sum(map(len, pieces)) < len("".join(PIECES)) / 5


@pytest.mark.parametrize(
    ("path", "accepted", "found"),
    [
        ("/whole/text/css", "gzip", "gzip"),
        ("/whole/application/json", "br", "br"),
        ("/whole/image/png", "gzip, br", None),
        ("/whole/text/html", "identity", None),
        ("/short", "gzip, br", None),
    ],
)
def test_what_is_worth_it_is_compressed(path, accepted, found):
    headers, pieces = run_by_itself(ask(path, accepted))
    assert headers.get("Content-Encoding") == found
    assert int(headers["Content-Length"]) == sum(map(len, pieces))


def test_squeezed_content_is_the_same():
    content = "".join(PIECES).encode()
    assert gzip.decompress(squeeze(content, "gzip")) == content
    assert brotli.decompress(squeeze(content, "br")) == content
