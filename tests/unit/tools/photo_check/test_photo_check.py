"""Photo check without a browser: good and bad uploads."""

import io

import pytest
from PIL import Image
from tests.unit.umkm.marketing import studio

from umkm_tools.photo_check.widget import PhotoCheck

pytestmark = pytest.mark.slow


def saved(picture, kind="JPEG"):
    into = io.BytesIO()
    picture.save(into, kind)
    return into.getvalue()


@pytest.fixture
def tool():
    made = PhotoCheck()
    made.sent = []
    made.send = lambda content, buffers=None: made.sent.append((content, buffers))
    return made


def take(tool, content, **form):
    tool.on_message(
        {"type": "take", "number": 3, "form": {"done": ["square", "light"], **form}}, [content]
    )
    return tool.result


def test_advice_and_the_photo_made_better(tool):
    said = take(tool, saved(studio.dark(studio.product()).crop((0, 0, 1200, 900))))
    first = [line.split()[:2] for line in said["advice"]]
    assert first == [["Foto", "gelap."], ["Sebaiknya", "1.000"], ["Potong", "menjadi"]]
    assert not any("persegi" in line for line in said["left"])
    ((content, (jpeg,)),) = tool.sent
    assert (content["type"], Image.open(io.BytesIO(jpeg)).size) == ("after", (900, 900))
    tool.on_message({"type": "reckon", "number": 4, "form": {"done": []}})
    assert tool.result["left"] == tool.result["advice"] == said["advice"]
    assert Image.open(io.BytesIO(tool.sent[-1][1][0])).size == (1200, 900)


def test_a_photo_the_phone_made_small_is_judged_by_its_own_size(tool):
    small = studio.product().resize((900, 900))
    assert "1.000" in take(tool, saved(small))["advice"][0]
    assert take(tool, saved(small), wide=3000, high=3000)["advice"] == []
    for odd in ({"wide": -1}, {"wide": True}, {"wide": "9" * 400}, {"high": 10**9}):
        assert "1.000" in take(tool, saved(small), **odd)["advice"][0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "kosong"),
        (b"%PDF-1.7", "bukan foto"),
        (saved(studio.product())[:9000], "belum terkirim utuh"),
        (bytes(9 * 1024 * 1024), "terlalu besar"),
    ],
)
def test_what_is_no_photo_is_told_and_the_last_one_stays(tool, content, says):
    take(tool, saved(studio.product()))
    said = take(tool, content)
    assert (said["ok"], says in said["message"]) == (False, True)
    tool.on_message({"type": "reckon", "number": 5, "form": {}})
    assert tool.result["seen"]


def test_without_a_photo_nothing_is_said(tool):
    tool.on_message({"type": "reckon", "number": 1, "form": {"done": "square"}})
    assert (tool.result["seen"], tool.sent) == (False, [])
