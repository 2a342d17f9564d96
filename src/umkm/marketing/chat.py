"""Links that open a chat with a text already written, and the few marks WhatsApp makes bold by.

`https://wa.me/<country and number, digits only>?text=<percent-encoded>`: no plus, zero, blank or
dash in the number; number or text may be left out (npm whatsapp-url-builder 0.1.2). Percent
encoding as RFC 3986 has it, over UTF-8: a blank is %20, never a plus.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Final
from urllib.parse import quote

from umkm.identity import parse_phone
from umkm.marketing.errors import MarketingError

# Our own limit, so that a link still fits into a QR code that a cheap phone reads.
LONGEST: Final = 1000

_MARKS: Final = re.compile(r"[*_~`]")


def chat_link(phone: str = "", text: str = "") -> str:
    """Return the address that opens a chat; without a number WhatsApp asks whom to write to.

    Raises:
        InputError: the number is none of an Indonesian mobile phone.
        MarketingError: the text is too long, or there is neither text nor number.
    """
    written = _tidy(text)
    if not phone and not written:
        raise MarketingError("Isi nomor WhatsApp, pesan, atau dua-duanya.", "phone")
    if len(written) > LONGEST:
        raise MarketingError(f"Pesan terlalu panjang. Paling banyak {LONGEST} huruf.", "text")
    number = parse_phone(phone).removeprefix("+") if phone else ""
    question = f"?text={quote(written, safe='')}" if written else ""
    return f"https://wa.me/{number}{question}"


def bold(text: str) -> str:
    """Return a text that WhatsApp shows bold; marks inside would end it early, so they go."""
    bare = _MARKS.sub("", text).strip()
    return f"*{bare}*" if bare else ""


@dataclass(frozen=True)
class Template:
    """A message with gaps, such as `Halo {nama}, pesanan {barang} sudah siap`."""

    text: str

    @property
    def gaps(self) -> tuple[str, ...]:
        """Return the names of the gaps, each once, in their order.

        Raises:
            MarketingError: a bracket is not closed, or holds more than a name.
        """
        try:
            found = [name for _, name, spec, kind in Formatter().parse(self.text) if name is not None
                     and _is_gap(name, spec, kind)]  # fmt: skip
        except ValueError as broken:
            raise MarketingError(
                "Tanda { } harus berpasangan dan berisi satu nama, misalnya {nama}.", "text"
            ) from broken
        return tuple(dict.fromkeys(found))

    def filled(self, words: Mapping[str, str]) -> str:
        """Return the message with its gaps filled; what stands in `words` is never read as a gap.

        Raises:
            MarketingError: a gap has no word.
        """
        for gap in self.gaps:
            if not words.get(gap, "").strip():
                raise MarketingError(f"Bagian {{{gap}}} belum diisi.", gap)
        return _tidy(
            "".join(
                before + (words[gap].strip() if gap is not None else "")
                for before, gap, _, _ in Formatter().parse(self.text)
            )
        )


def _is_gap(name: str, spec: str | None, kind: str | None) -> bool:
    if spec or kind or not name.isidentifier():
        raise ValueError("a gap is a plain name")
    return True


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.replace("\r\n", "\n").split("\n"))
    return "\n".join(lines).strip()
