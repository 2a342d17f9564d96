"""Everything is sent in the smallest form a browser takes, streamed pages included.

Browsers offer brotli on https and localhost only: over plain http in a class, gzip is what phones get.
"""

from __future__ import annotations

import gzip
import zlib
from typing import Protocol

import brotli
from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import GZipContentEncoding, OutputTransform

#: The encodings we have, the smallest first.
ENCODINGS = ("br", "gzip")
#: Brotli at 5 costs what gzip at 6 does, and is smaller.
BROTLI_LEVEL, GZIP_LEVEL = 5, 6
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


def _refused(offer: str) -> bool:
    return any(
        name.strip() == "q" and value.strip() in {"0", "0.0", "0.00", "0.000"}
        for name, _, value in (part.partition("=") for part in offer.split(";")[1:])
    )


def best_encoding(accepted: str) -> str | None:
    """The smallest encoding that a browser takes, by its Accept-Encoding."""
    offers = [offer.strip().lower() for offer in accepted.split(",")]
    taken = {offer.split(";")[0].strip() for offer in offers if not _refused(offer)}
    return next((known for known in ENCODINGS if known in taken), None)


def squeeze(content: bytes, encoding: str) -> bytes:
    """Content as small as it gets, for what is sent often; takes its time."""
    if encoding == "br":
        squeezed: bytes = brotli.compress(content, quality=11)
        return squeezed
    return gzip.compress(content, 9, mtime=0)


class _Squeezer(Protocol):
    def add(self, chunk: bytes, *, finishing: bool) -> bytes:
        """The compressed form of what has come so far and was not given yet."""


class _Brotli:
    def __init__(self) -> None:
        self._made = brotli.Compressor(quality=BROTLI_LEVEL)

    def add(self, chunk: bytes, *, finishing: bool) -> bytes:
        start: bytes = self._made.process(chunk)
        end: bytes = self._made.finish() if finishing else self._made.flush()
        return start + end


class _Gzip:
    def __init__(self) -> None:
        self._made = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)

    def add(self, chunk: bytes, *, finishing: bool) -> bytes:
        end = zlib.Z_FINISH if finishing else zlib.Z_SYNC_FLUSH
        return self._made.compress(chunk) + self._made.flush(end)


class SmallestForm(OutputTransform):
    """Compresses an answer of Tornado's piece by piece, as each is flushed."""

    def __init__(self, request: HTTPServerRequest) -> None:
        self._encoding = best_encoding(request.headers.get("Accept-Encoding", ""))
        self._squeezer: _Squeezer | None = None

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Decide, and compress the first piece."""
        headers["Vary"] = ", ".join([*headers.get_list("Vary"), "Accept-Encoding"])
        if self._encoding and self._is_worth_it(headers, chunk, finishing):
            headers["Content-Encoding"] = self._encoding
            self._squeezer = _Brotli() if self._encoding == "br" else _Gzip()
            chunk = self.transform_chunk(chunk, finishing)
            if "Content-Length" in headers:
                headers["Content-Length"] = str(len(chunk))
                if not finishing:
                    del headers["Content-Length"]
        return status_code, headers, chunk

    def transform_chunk(self, chunk: bytes, finishing: bool) -> bytes:
        """Compress a piece."""
        return self._squeezer.add(chunk, finishing=finishing) if self._squeezer else chunk

    def _is_worth_it(self, headers: HTTPHeaders, chunk: bytes, finishing: bool) -> bool:
        kind = headers.get("Content-Type", "").split(";")[0]
        text = kind.startswith("text/") or kind in GZipContentEncoding.CONTENT_TYPES
        small = finishing and len(chunk) < GZipContentEncoding.MIN_LENGTH
        return text and not small and "Content-Encoding" not in headers
