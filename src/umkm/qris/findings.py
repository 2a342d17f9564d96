"""Findings: what can be wrong with a code, each with its clause and in two languages.

A shopkeeper reads `plain` (Bahasa Indonesia), a developer `detail` (English).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from types import MappingProxyType
from typing import Final


class Strictness(Enum):
    """By which measure a code is judged."""

    STRICT = "strict"
    """Every breach of the specification counts."""

    LENIENT = "lenient"
    """What a payment app can still read passes with a warning."""


class Level(IntEnum):
    """How much a finding weighs."""

    WARNING = 1
    REFUSAL = 2


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a code; `path` is the object (`26.01`), empty for the whole code."""

    rule: str
    level: Level
    path: str
    clause: str
    plain: str
    detail: str


@dataclass(frozen=True)
class Breach:
    """A rule not kept, before anyone has judged how much that weighs."""

    rule: str
    path: str = ""
    clause: str = ""
    words: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class _Rule:
    clause: str
    strict: Level
    lenient: Level
    plain: str
    detail: str


_W, _R = Level.WARNING, Level.REFUSAL
_ASK_NEW: Final = "Jangan dipakai. Minta kode baru ke penyedia QRIS."

RULES: Final[Mapping[str, _Rule]] = MappingProxyType(
    {
        # What was handed in
        "not-text": _Rule("", _R, _R, "Ini bukan tulisan kode QR.", "payload is {type}, not str"),
        "empty": _Rule("", _R, _R, "Kodenya kosong. Pindai sekali lagi.", "payload is empty"),
        "not-a-code": _Rule(
            "4.6.1.1", _R, _R,
            "Ini bukan kode pembayaran. Mungkin alamat web atau kode barang.",
            "does not begin with a data object",
        ),
        "buyer-code": _Rule(
            "", _R, _R,
            "Ini kode dari HP pembeli (CPM), yang dipindai oleh kasir. Bukan kode toko.",
            "consumer-presented code (base64 BER-TLV 'CPV01'), not a merchant-presented one",
        ),
        "too-long": _Rule(
            "ISO/IEC 18004", _R, _R,
            "Tulisan ini terlalu panjang untuk sebuah kode QR ({count} huruf).",
            "{count} characters; no QR symbol holds more than {most}",
        ),
        "longer-than-advised": _Rule(
            "4.1", _W, _W,
            "Kode ini panjang ({count} huruf), jadi gambarnya rapat dan susah dipindai.",
            "{count} characters; the specification advises at most 512",
        ),
        "surroundings": _Rule(
            "4.6.1.1", _R, _W,
            "Ada spasi atau baris kosong di luar kode. Biasanya karena disalin dari pesan.",
            "{count} characters of white space outside the root objects",
        ),
        # Objects
        "bad-id": _Rule(
            "4.3.1.1", _R, _R, f"Kode ini rusak di tengah. {_ASK_NEW}",
            "no two-digit ID at character {position}",
        ),
        "bad-length": _Rule(
            "4.4.1.2", _R, _R, f"Kode ini rusak di tengah. {_ASK_NEW}",
            "no two-digit length at character {position}",
        ),
        "cut-short": _Rule(
            "4.4.1.1", _R, _R, "Kode ini terpotong. Pindai sekali lagi, seluruh gambarnya.",
            "the object at character {position} runs past the end",
        ),
        "broken-account": _Rule(
            "4.4.1.1", _R, _R,
            f"Bagian yang menentukan uangnya ke mana rusak ({{label}}). {_ASK_NEW}",
            "template cannot be read to its end: {fault} at its character {position}",
        ),
        "broken-template": _Rule(
            "4.4.1.1", _R, _W, "Ada bagian yang tidak terbaca: {label}.",
            "template cannot be read to its end: {fault} at its character {position}",
        ),
        "repeated-id": _Rule(
            "4.3.1.2", _R, _W, "{label} tertulis dua kali, isinya sama.", "ID stands {count} times",
        ),
        "conflicting-id": _Rule(
            "4.3.1.2", _R, _R, f"{{label}} tertulis dua kali dan isinya berbeda. {_ASK_NEW}",
            "ID stands {count} times with different values: applications disagree on which counts",
        ),
        "missing": _Rule("", _R, _W, "{label} tidak ada di kode ini.", "mandatory object missing"),
        "missing-vital": _Rule(
            "", _R, _R, f"{{label}} tidak ada di kode ini. {_ASK_NEW}",
            "mandatory object missing; without it nobody can pay",
        ),
        # Form of a value
        "wrong-length": _Rule(
            "", _R, _W, "{label}: {count} huruf, seharusnya {allowed}.",
            "{count} characters, allowed {allowed}",
        ),
        "not-digits": _Rule(
            "", _R, _W, "{label} seharusnya hanya angka.", "format N holds digits 0-9 only",
        ),
        "not-printable": _Rule(
            "", _R, _W, "{label} memakai huruf yang tidak dikenal semua aplikasi.",
            "format ans holds ASCII 20-7E only",
        ),
        "hidden-characters": _Rule(
            "", _R, _W,
            "{label} mengandung tanda tersembunyi yang dapat mengubah tulisan di layar. "
            "Jangan percaya nama yang tampil sebelum bertanya kepada pemiliknya.",
            "control, direction or unassigned characters: {codes}",
        ),
        "pipe": _Rule("Tabel 3.6", _R, _W, "{label} mengandung tanda |.", "the pipe is excluded"),
        # Root
        "version-not-first": _Rule(
            "4.6.1.1", _R, _W, "Susunan kode ini tidak biasa.", "object 00 is not the first",
        ),
        "version": _Rule(
            "4.7.1.1", _R, _R, "Versi kode ini tidak dikenal.", "value is {value!r}, not '01'",
        ),
        "crc-not-last": _Rule(
            "4.6.1.2", _R, _R, f"Ada isi setelah angka periksa. {_ASK_NEW}",
            "object 63 is not the last: what follows is not protected",
        ),
        "crc": _Rule(
            "4.7.16.1", _R, _R,
            "Kode ini berubah atau rusak: angka periksanya tidak cocok. Pindai sekali lagi; "
            "kalau tetap begini, minta kode baru ke penyedia QRIS.",
            "CRC is {value!r}, computed {computed}",
        ),
        "crc-letters": _Rule(
            "4.7.16.2", _R, _W, "Angka periksa ditulis dengan huruf kecil.",
            "CRC {value!r} is right but not in upper case",
        ),
        "initiation": _Rule(
            "4.7.2.1", _R, _W, "Tidak jelas apakah kode ini tetap atau sekali pakai.",
            "value is {value!r}, neither '11' (static) nor '12' (dynamic)",
        ),
        "no-account": _Rule(
            "4.7.3.1", _R, _R, f"Kode ini tidak menyebut uangnya ke mana. {_ASK_NEW}",
            "none of 02-51 is present",
        ),
        "no-repository": _Rule(
            "4.7.7", _R, _W, "NMID tidak ada, padahal kode tetap seharusnya punya NMID.",
            "object 51 is mandatory where 01 is '11'",
        ),
        "repository-domain": _Rule(
            "Tabel 4.5", _W, _W, "Alamat pusat QRIS di kode ini tidak dikenal.",
            "51.00 is {value!r}, neither ID.CO.QRIS.WWW nor the former ID.OR.GPNQR.WWW",
        ),
        "nmid-shape": _Rule(
            "Tabel 4.5", _W, _W, "NMID ini bentuknya tidak biasa. Cocokkan dengan NMID Anda.",
            "{value!r} is not ID and 11 to 13 digits, as every NMID seen is",
        ),
        "nns": _Rule(
            "4.7.5.5", _R, _W, "Nomor pedagang terlalu pendek untuk memuat kode penyelenggara.",
            "the first eight digits are to be the NNS; {count} are there",
        ),
        "criteria": _Rule(
            "Tabel 4.6", _R, _W, "Golongan usaha {value} tidak dikenal.",
            "{value!r} is none of UMI, UKE, UME, UBE, URE, PSO, BLU",
        ),
        "criteria-differ": _Rule(
            "", _W, _W,
            "Golongan usaha tertulis berbeda di dua tempat ({values}). Tanyakan ke penyedia QRIS, "
            "karena biaya QRIS bergantung pada golongan.",
            "merchant criteria differ: {values}",
        ),
        "currency": _Rule(
            "4.7.7.1", _R, _R, f"Kode Indonesia ini tidak memakai Rupiah. {_ASK_NEW}",
            "currency is {value!r}; 360 is mandatory where 58 is 'ID'",
        ),
        "country": _Rule(
            "4.7.12.1", _R, _W, "Kode negara tidak dikenal.", "{value!r} is no ISO 3166-1 alpha-2 code",
        ),
        "foreign": _Rule(
            "4.7.12.1", _W, _W,
            "Ini kode pembayaran dari negara lain ({value}), bukan QRIS Indonesia.",
            "country is {value!r}: rules of the QRIS specification beyond EMVCo's are not applied",
        ),
        # Amounts and tips
        "amount": _Rule(
            "4.7.8.1", _R, _R, f"{{label}} tidak terbaca: {{shown}}. {_ASK_NEW}",
            "{value!r} is no amount: digits and at most one point, 13 characters",
        ),
        "amount-decimals": _Rule(
            "4.7.8.1", _R, _W, "{label} memakai sen dengan cara yang tidak biasa: {shown}.",
            "{value!r} has not as many decimals as Rupiah have by ISO 4217 (2, or none)",
        ),
        "amount-cents": _Rule(
            "", _W, _W, "{label} memuat sen: {shown}.", "{value!r} is no whole number of Rupiah",
        ),
        "amount-zero": _Rule("4.7.8.1", _R, _W, "{label} nol.", "the value must not be zero"),
        "tip": _Rule(
            "4.7.9.1", _R, _W, "Cara memberi tip tidak dikenal.", "value is {value!r}, not 01, 02 or 03",
        ),
        "tip-missing": _Rule(
            "Tabel 3.6", _R, _W, "Kode menyebut tip, tetapi besarnya tidak ada.",
            "55 is {indicator!r}, which calls for this object",
        ),
        "tip-uncalled": _Rule(
            "Tabel 3.6", _R, _W, "Besar tip tertulis, tetapi caranya tidak disebut.",
            "present although 55 is {indicator!r}",
        ),
        "tip-percent": _Rule(
            "4.7.11.1", _R, _W, "Tip persen seharusnya antara 0,01 dan 99,99.",
            "{value!r} is not between 00.01 and 99.99",
        ),
        # Additional data, other languages, transfers
        "empty-template": _Rule(
            "4.8.1.1", _R, _W, "{label} ada tetapi kosong.", "a template holds at least one object",
        ),
        "consumer-data": _Rule(
            "4.8.1.3", _R, _W, "Data pembeli yang diminta tidak jelas.",
            "{value!r} is not made of A, M and E, each at most once",
        ),
        "proprietary": _Rule(
            "Tabel 4.8", _R, _W, "Penanda data khusus QRIS tidak dikenal.",
            "62.99.00 is {value!r}, not '00'",
        ),
        "language": _Rule(
            "4.9.2.1", _R, _W, "Bahasa nama toko tidak jelas.", "{value!r} is no two-letter ISO 639 code",
        ),
        "transfer-static": _Rule(
            "4.2", _R, _R, f"Kode transfer seharusnya sekali pakai. {_ASK_NEW}",
            "01 is {value!r}; a QRIS transfer is dynamic ('12')",
        ),
        "transfer-category": _Rule(
            "4.2", _R, _R, f"Jenis usaha di kode transfer ini tidak sesuai. {_ASK_NEW}",
            "52 is {value!r}; a QRIS transfer's is 4829",
        ),
    }
)  # fmt: skip


def judge(breach: Breach, strictness: Strictness) -> Finding:
    """Return the finding that a breach is by this measure."""
    rule = RULES[breach.rule]
    return Finding(
        rule=breach.rule,
        level=rule.strict if strictness is Strictness.STRICT else rule.lenient,
        path=breach.path,
        clause=breach.clause or rule.clause,
        plain=rule.plain.format(**breach.words),
        detail=rule.detail.format(**breach.words),
    )
