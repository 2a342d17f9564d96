"""A photo is opened in a process of its own: what it costs, and what is told when it costs too much."""

import io
import subprocess
import sys

import pytest
from PIL import Image
from tests.unit.umkm.marketing import studio

from umkm.images import ImageError
from umkm_widgets import photo_process
from umkm_widgets.photo_process import codes_in, develop, open_small

pytestmark = pytest.mark.slow

# 50 megapixels in a few hundred kilobytes, as a phone never sends and somebody else may.
LARGE = """
import sys
from PIL import Image
kind, path = sys.argv[1:]
Image.new("RGBA", (7000, 7000), (120, 90, 60, 200)).save(path, kind, quality=10, method=0)
"""


def saved(picture, kind="JPEG"):
    into = io.BytesIO()
    picture.save(into, kind)
    return into.getvalue()


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Makes large pictures, in processes of their own: the tests' own memory is measured."""

    def make(kind):
        path = tmp_path_factory.mktemp("besar") / kind
        subprocess.run([sys.executable, "-c", LARGE, kind, path], check=True)
        return path

    return make


def test_a_photo_and_its_pixels_come_back():
    sent = saved(studio.product(side=900))
    photo = develop(sent, 400)
    assert (photo.width, photo.height) == (400, 400)
    assert Image.open(io.BytesIO(photo.jpeg)).size == (400, 400)
    small = open_small(sent, 300)
    assert (small.size, small.mode) == ((300, 300), "RGB")
    red, green, blue = small.getpixel((150, 75))
    assert (abs(red - 150) < 25, abs(green - 60) < 25, abs(blue - 40) < 25) == (True, True, True)
    assert codes_in(sent) == []


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_the_memory_of_a_large_photo_is_the_child_s(large, kind):
    path = large(kind)
    assert path.stat().st_size < 1_000_000
    code = """
import resource, sys
from pathlib import Path
from umkm.errors import InputError
from umkm_widgets.photo_process import develop
sent = Path(sys.argv[1]).read_bytes()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    said = "ready" if develop(sent).width == 1600 else ""
except InputError as error:
    said = error.message
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, most, said)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, path], check=True, capture_output=True, text=True
    )
    grown, most, said = done.stdout.split(maxsplit=2)
    assert int(grown) < 20_000, done.stdout  # kilobytes
    assert int(most) < 750_000, done.stdout
    assert said.strip() == "ready" or said.startswith("Foto terlalu besar.")


def test_too_little_memory_is_told_as_a_photo_that_is_too_large(large, monkeypatch):
    monkeypatch.setattr(photo_process, "MOST_MEMORY", 120 * 1024 * 1024)
    with pytest.raises(ImageError, match=r"Foto terlalu besar\. Kecilkan dulu"):
        develop(large("PNG").read_bytes())
    # The next one is none the worse for it.
    assert develop(saved(studio.product(side=400))).width == 400


def test_what_is_no_photo_is_told_as_before():
    for sent, says in (
        (b"%PDF-1.7", "bukan foto"),
        (b"", "bukan foto"),
        (bytes(16 << 20), "15 MB"),
    ):
        with pytest.raises(ImageError, match=says):
            develop(sent)
    with pytest.raises(ImageError, match="belum terkirim utuh"):
        develop(saved(studio.product(side=400))[:9000])


HOLDER = """
import sys
from umkm_widgets import photo_process
with photo_process._turn():
    print("holds", flush=True)
    sys.stdin.read()
"""


def test_one_page_s_photo_is_opened_at_a_time_and_the_server_s_beside_it(monkeypatch):
    """Each child may take 600 MB; a person has three pages, and a phone any number of persons."""
    monkeypatch.setattr(photo_process, "MOST_WAIT", 0.2)
    sent = saved(studio.product(side=500))
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", HOLDER], stdin=pipe, stdout=pipe) as holder:
        assert holder.stdout.readline() == b"holds\n"
        for opened in (
            lambda: open_small(sent, 300),
            lambda: develop(sent),
            lambda: codes_in(sent),
        ):
            with pytest.raises(ImageError, match="Sedang banyak foto"):
                opened()
        assert develop(sent, 300, in_turn=False).width == 300
        # However the holder ends, its place is free again.
        holder.kill()
    assert open_small(sent, 300).size == (300, 300)
