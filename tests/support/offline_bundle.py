"""Offline bundles as a phone makes them: a file, QR codes, photos of QR codes."""

from __future__ import annotations

import base64
import io
import json
import time
import zlib

import segno
from PIL import Image

from umkm_apps.offline_transfer import make_page_token

SHEET = "pembukuan-dua-laci"
PLAN_TEXT = "Dua kaleng 🙂. " * 30


def now():
    return round(time.time() * 1000)


def bundle(secret, code, send=None, **changed):
    stamp = {"writer": "hp-1", "acted": now() - 60_000}
    changes = [
        {"question": "laba-bengkel", "answer": "350rb", "seq": 3, **stamp},
        {"question": "rencana-dua-laci", "answer": PLAN_TEXT, "seq": 4, **stamp},
    ]
    content = {
        "umkm": 1, "participant": code, "sheet": SHEET, "ticket": make_page_token(secret, code, SHEET),
        "clock": now(), "changes": changes, "send": send,
    }  # fmt: skip
    return json.dumps(content | changed).encode()


def letters(content):
    return base64.b32encode(content).decode().rstrip("=")


def codes(content, size=230, packing=b"Z"):
    """The codes as the page's script makes them, written after the description in `parcels`."""
    packed = packing + (zlib.compress(content) if packing == b"Z" else content)
    whole = letters(zlib.crc32(packed).to_bytes(4, "big"))
    text = letters(packed)
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    heads = [f"UMKM1:{whole}:{n}:{len(pieces)}:{piece}" for n, piece in enumerate(pieces, 1)]
    return [f"{head}:{letters(zlib.crc32(head.encode()).to_bytes(4, 'big'))}" for head in heads]


def photo(text, turned=0, size=900):
    """A QR code as a picture on a larger, grey one, turned a little."""
    drawn = io.BytesIO()
    segno.make(text, error="m", boost_error=False).save(drawn, kind="png", scale=6, border=4)
    code = Image.open(drawn).convert("L").rotate(turned, expand=True, fillcolor=200)
    sheet = Image.new("L", (size, size), 200)
    sheet.paste(code, ((size - code.width) // 2, (size - code.height) // 2))
    saved = io.BytesIO()
    sheet.save(saved, "JPEG", quality=60)
    return saved.getvalue()
