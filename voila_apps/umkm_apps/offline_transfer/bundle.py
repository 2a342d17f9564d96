"""The format of offline bundles: the JSON of a file, or the texts of QR codes.

A code reads `UMKM1:<whole>:<number>:<of>:<piece>:<check>`. The pieces in order are base32 of one
letter (Z: zlib, P: plain) and the JSON; `whole` is the CRC-32 of that, `check` the CRC-32 of the
code up to there. Made in voila_apps/frontend/src/outbox/parcel.js.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .errors import Incomplete, Unreadable

#: More than the largest sheet's answers can be; a zip bomb ends here.
LARGEST = 400_000
MOST_CODES = 400

_CODE = re.compile(r"(UMKM1:([A-Z2-7]{7}):(\d{1,3}):(\d{1,3}):([A-Z2-7]{1,400})):([A-Z2-7]{7})")
MARK = "UMKM1"
NOT_OURS = "Ini bukan berkas atau kode jawaban dari halaman peserta."
_DAMAGED = "Isi jawaban ini rusak. Minta peserta menampilkan kodenya lagi."


@dataclass(frozen=True)
class Bundle:
    """A bundle whose form is right; nothing else of it is verified yet."""

    participant: str
    sheet: str
    ticket: str
    #: `clock` and `changes` as `umkm_apps.answers.batch.read_changes` takes them.
    content: Mapping[str, Any]
    #: The key of a wish to send, if its owner had pressed Kirim.
    send: str | None


def read_file(content: bytes) -> Bundle:
    """Read a saved file.

    Raises:
        Unreadable: it is none of ours.
    """
    if len(content) > LARGEST:
        raise Unreadable(NOT_OURS)
    try:
        sent = json.loads(content)
        texts = [sent[name] for name in ("participant", "sheet", "ticket")]
        send = sent["send"]
        is_ours = sent["umkm"] == 1 and isinstance(sent["changes"], list)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unreadable(NOT_OURS) from None
    if not is_ours or not all(isinstance(text, str) and text.isprintable() for text in texts):
        raise Unreadable(NOT_OURS)
    if send is not None and not (isinstance(send, str) and send.isascii() and 8 <= len(send) <= 64):
        raise Unreadable(NOT_OURS)
    participant, sheet, ticket = texts
    return Bundle(participant, sheet, ticket, content=sent, send=send)


def read_codes(texts: Iterable[str]) -> list[Bundle]:
    """Read the texts of codes, in any order, doubled, of several people at once, with other text.

    Raises:
        Unreadable: there is no code of ours, or the whole does not fit together.
        Incomplete: a sequence lacks codes; says which.
    """
    pieces: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    # Apps that scan, and people who paste, put line ends where they like.
    plain = "".join("".join(texts).split()).upper()
    for head, whole, number, count, piece, check in _CODE.findall(plain):
        if _checksum(head.encode()) == check and 1 <= int(number) <= int(count) <= MOST_CODES:
            pieces[whole, int(count)][int(number)] = piece
    if not pieces:
        raise Unreadable(
            "Tidak ada kode jawaban yang utuh di sini. Foto kodenya lagi, satu kode satu foto."
            if is_code(plain)
            else NOT_OURS
        )
    missing = [_missing(found, count) for (_, count), found in pieces.items() if len(found) < count]
    if missing:
        raise Incomplete(" ".join(missing))
    return [
        _unpack(whole, "".join(found[number] for number in sorted(found)))
        for (whole, _), found in pieces.items()
    ]


def is_code(text: str) -> bool:
    """Return whether a text may hold codes of ours, whole or not."""
    return MARK in text.upper()


def _missing(found: Iterable[int], count: int) -> str:
    lacking = sorted(set(range(1, count + 1)) - set(found))
    shown = ", ".join(map(str, lacking[:12])) + (" …" if len(lacking) > 12 else "")
    return f"Dari {count} kode, yang belum ada: kode {shown}. Foto kode itu, lalu tambahkan."


def _unpack(whole: str, text: str) -> Bundle:
    try:
        packed = base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error:
        raise Unreadable(_DAMAGED) from None
    if _checksum(packed) != whole:
        raise Unreadable(_DAMAGED)
    if packed[:1] == b"P":
        return read_file(packed[1:])
    try:
        # No more than this, however much it says it holds.
        return read_file(zlib.decompressobj().decompress(packed[1:], LARGEST + 1))
    except zlib.error:
        raise Unreadable(_DAMAGED) from None


def _checksum(content: bytes) -> str:
    return base64.b32encode(zlib.crc32(content).to_bytes(4, "big")).decode("ascii").rstrip("=")
