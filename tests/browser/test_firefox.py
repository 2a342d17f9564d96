"""The page works in Firefox too: an answer is given, kept, and there again after a reload."""

import pytest
from tests.support.find_browser import find_firefox
from tests.support.firefox import Firefox

pytestmark = pytest.mark.browser

SAVED = "selector => document.querySelector(selector)?.dataset.save === 'saved'"
CHOICE, AMOUNT = (
    f".umkm-question:has({kind})" for kind in ("input[type=radio]", "input[inputmode]")
)


@pytest.fixture
def firefox(tmp_path):
    path = find_firefox()
    assert path, "run `make .cache/browser`, or set UMKM_FIREFOX"
    opened = Firefox(path, tmp_path)
    yield opened
    opened.close()


def test_an_answer_is_kept_and_comes_back(shared_server, firefox):
    firefox.go(shared_server.url)
    firefox.tap("input[name=nomor]")
    firefox.write("srg-siti1")
    firefox.tap("input[name=pin]")
    firefox.write("246813")
    firefox.tap("form .tombol")
    firefox.wait("() => document.querySelector('.kartu') !== null")

    firefox.go(f"{shared_server.url}/tugas/pembukuan-dua-laci#soal-semua")
    firefox.tap(f"{CHOICE} .umkm-option:nth-of-type(2)")
    firefox.wait(SAVED, CHOICE)
    firefox.tap(f"{AMOUNT} input")
    firefox.write("350rb")
    firefox.wait(SAVED, AMOUNT)
    firefox.wait(
        "selector => document.querySelector(selector + ' .umkm-echo').textContent"
        ".includes('tiga ratus lima puluh ribu')",
        AMOUNT,
    )

    firefox.reload()
    value = "selector => document.querySelector(selector)?.value"
    assert firefox.wait(value, f"{AMOUNT} input") == "350rb"
    firefox.wait("selector => document.querySelector(selector).checked",
                 f"{CHOICE} .umkm-option:nth-of-type(2) input")  # fmt: skip
    assert firefox.errors == []
    assert [url for url in firefox.requested if not url.startswith((shared_server.url, "blob:", "data:",
            shared_server.url.replace("http", "ws")))] == []  # fmt: skip
