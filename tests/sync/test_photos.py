"""Photos as a phone sends them, and as nobody's phone would."""

import io
import struct
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from PIL import Image
from tests.support.patience import PATIENCE
from tests.support.trainee_server import CODE
from tests.sync.conftest import STRANGER_PIN

from umkm_records import open_records
from umkm_records.photos import list_photos


def picture(kind="JPEG", size=(900, 700), **how):
    into = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(into, kind, **how)
    return into.getvalue()


def bomb(side=30_000):
    """A PNG of a few bytes that claims `side` x `side` pixels."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))  # fmt: skip

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


class Sender:
    """Somebody logged in who sends photos by hand."""

    def __init__(self, visitor, code):
        self.visitor, self.code, self.count = visitor, code, 0

    def ask(self, name):
        return self.visitor.get(f"/foto/kirim/{name}")

    def piece(self, name, start, content, total, **more):
        token = more.pop("token", None) or self.ask(name).json()["token"]
        params = {"peserta": self.code, "mulai": start, "ukuran": total} | more
        return self.visitor.session.post(
            f"{self.visitor.url}/foto/kirim/{name}", data=content, params=params, timeout=PATIENCE,
            headers={"X-XSRFToken": token, "Content-Type": "application/octet-stream"},
        )  # fmt: skip

    def send(self, content, step=100_000):
        self.count += 1
        name = f"{self.count:016}"
        for start in range(0, len(content), step):
            told = self.piece(name, start, content[start : start + step], len(content))
            if told.status_code != 200:
                break
        return told


@pytest.fixture
def sender(visit, new_person):
    person = new_person()
    return Sender(visit(person.code, STRANGER_PIN), person.code)


def test_a_photo_comes_back_as_one_of_ours(sender):
    exif = Image.Exif()
    exif[0x010F] = "HP Bu Peserta"
    exif.get_ifd(0x8825)[1] = "S"
    sent = picture(size=(2400, 1800), exif=exif)
    told = sender.send(sent).json()["photo"]
    assert (told["width"], told["height"]) == (1600, 1200)
    found = sender.visitor.get(told["url"])
    assert found.headers["Content-Type"] == "image/jpeg"
    assert "no-store" not in found.headers["Cache-Control"]
    assert found.headers["Cache-Control"].startswith("private")
    kept = Image.open(io.BytesIO(found.content))
    assert (kept.size, dict(kept.getexif())) == ((1600, 1200), {})
    assert b"Peserta" not in found.content
    # The answer was lost on the way: asked again, it says the same.
    assert sender.ask(f"{sender.count:016}").json()["photo"] == told


def test_it_goes_on_where_it_broke_off(sender):
    sent = picture()
    sender.piece("p" * 16, 0, sent[:9_000], len(sent))
    assert sender.ask("p" * 16).json()["received"] == 9_000
    # Doubled, and one that has overtaken another.
    assert sender.piece("p" * 16, 0, sent[:9_000], len(sent)).json()["received"] == 9_000
    assert sender.piece("p" * 16, 20_000, sent[20_000:30_000], len(sent)).json() | {} == {
        "now": pytest.approx(0, abs=1e14), "received": 9_000,
    }  # fmt: skip
    rest = sender.piece("p" * 16, 9_000, sent[9_000 : 9_000 + 120_000], len(sent)).json()
    while "photo" not in rest:
        start = rest["received"]
        rest = sender.piece("p" * 16, start, sent[start : start + 120_000], len(sent)).json()
    assert sender.visitor.get(rest["photo"]["url"]).status_code == 200


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "bukan foto"),
        (b"%PDF-1.7\n" + bytes(900), "bukan foto"),
        (b"GIF89a" + bytes(900), "bukan foto"),
        (bomb(), "terlalu lebar"),
        (bomb(8_000), "terlalu lebar"),
        (picture()[:20_000], "belum terkirim utuh"),
        (picture(size=(60, 600)), "terlalu kecil"),
    ],
    ids=["svg", "pdf", "gif", "bomb", "64-megapixel-png", "cut", "small"],
)
def test_what_is_no_photo_is_refused_in_words_and_leaves_nothing(server, sender, sent, says):
    good = sender.send(picture("PNG")).json()["photo"]
    told = sender.send(sent)
    assert told.status_code == 422
    assert says in told.json()["message"]
    assert sender.ask(f"{sender.count:016}").json()["received"] == 0
    assert sender.visitor.get(good["url"]).status_code == 200
    with open_records(server.database) as records:
        assert [photo.name for photo in list_photos(records, sender.code)] == [good["name"]]


def test_nobody_gets_at_anothers_photo(visit, sender):
    told = sender.send(picture()).json()["photo"]
    half = picture()
    sender.piece("h" * 16, 0, half[:5_000], len(half))
    other = Sender(visit(), CODE)
    assert other.visitor.get(told["url"]).status_code == 404
    assert other.ask("h" * 16).json()["received"] == 0
    assert "photo" not in other.ask(f"{sender.count:016}").json()
    # A page left open, after somebody else has logged in.
    assert other.piece("h" * 16, 0, b"x", 9, peserta=sender.code).status_code == 409
    assert sender.ask("h" * 16).json()["received"] == 5_000


def test_forged_and_oversized_requests_are_refused(visit, sender):
    assert sender.piece("x" * 16, 0, b"x", 9, token="forged").status_code == 403
    assert sender.piece("x" * 16, 0, bytes(140_000), 2_000_000).status_code == 413
    assert sender.piece("x" * 16, 0, b"x", 16 * 1024 * 1024).status_code == 413
    for start, total in (("-1", 9), (0, "banyak"), (9, 9), (0, 0)):
        assert sender.piece("x" * 16, start, b"x", total).status_code == 400
    assert sender.ask("../x").status_code == 404
    assert sender.ask("x" * 16).json()["received"] == 0
    sender.visitor.session.cookies.clear()
    assert sender.visitor.get(f"/foto/kirim/{'x' * 16}").status_code == 401
    assert sender.visitor.get(f"/foto/{'0' * 64}.jpg", allow_redirects=False).status_code in {302, 403}  # fmt: skip


# 50 megapixels in a few hundred kilobytes; by a process of its own, whose memory ends with it.
LARGE = """
import sys
from PIL import Image
Image.new("RGBA", (7000, 7000), (120, 90, 60, 200)).save(sys.argv[2], sys.argv[1], quality=10, method=0)
"""


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_large_photo_costs_the_server_no_memory(server, sender, tmp_path, kind):
    subprocess.run([sys.executable, "-c", LARGE, kind, tmp_path / "foto"], check=True)
    sent = (tmp_path / "foto").read_bytes()
    assert len(sent) < 1_000_000
    assert sender.send(picture()).status_code == 200
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    told = sender.send(sent)
    assert process.memory_info().rss - before < 60_000_000
    if told.status_code != 200:
        assert (told.status_code, "Foto terlalu besar." in told.text) == (422, True)
    assert sender.send(picture(size=(800, 800))).status_code == 200


def test_many_photos_of_one_person_wait_and_others_do_not(sender, visit, new_person):
    """The process that opens a photo takes a second or more; one person has two in the line."""
    others = new_person()
    other = Sender(visit(others.code, STRANGER_PIN), others.code)
    sent = picture(size=(640, 480), quality=30)
    assert len(sent) < 100_000  # in one piece
    token = sender.ask("0" * 16).json()["token"]

    def flood(number):
        return sender.piece(f"{number:016}", 0, sent, len(sent), token=token)

    with ThreadPoolExecutor(12) as pool:
        coming = [pool.submit(flood, number) for number in range(12)]
        assert other.send(picture()).status_code == 200
        told = [one.result() for one in coming]
    refused = [one for one in told if one.status_code == 503]
    assert refused
    assert {one.status_code for one in told} <= {200, 422, 503}
    assert all(one.headers["Retry-After"] == "5" for one in refused)
    # It comes through when it is asked again, as the page does.
    assert sender.send(picture(size=(800, 600))).status_code == 200
