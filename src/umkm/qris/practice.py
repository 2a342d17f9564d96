"""Builds codes to practise with. Nobody can pay with one: no bank and no merchant is behind it.

>>> build(PracticeShop("Warung Bu Siti"))[-8:]
'63049942'
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from umkm.errors import InputError
from umkm.qris.characters import is_hidden, is_printable_ascii
from umkm.qris.checks.accounts import CRITERIA
from umkm.qris.checksum import CRC_HEADER, checksum
from umkm.qris.merchant import Tip
from umkm.qris.objects import DataObject, write_objects
from umkm.qris.parsing import Parsed
from umkm.qris.tags import ADDITIONAL, Tag, is_account, is_acquirer, root_tag

PRACTICE_NNS: Final = "93600999"
"""Eight digits that lead to no acquirer."""

PRACTICE_NMID: Final = "ID10999"
"""How the national merchant ID of every practice shop begins."""

PRACTICE_WORD: Final = "CONTOH"
"""Stands in the name of every practice shop, so that no payer mistakes it."""

_DOMAIN: Final = "ID.CO.CONTOH.WWW"
_LARGEST_AMOUNT: Final = 9_999_999_999_999  # thirteen digits, what object 54 holds
_LARGEST_SERIAL: Final = 99_999_999
_FREE_FIELDS: Final = tuple(f"{number:02}" for number in range(1, 10))


@dataclass(frozen=True)
class PracticeShop:
    """A shop that exists in a lesson only; `serial` tells one from another."""

    name: str
    city: str = "KOTA SERANG"
    postal_code: str = "42111"
    category: str = "5812"
    criteria: str = "UMI"
    serial: int = 17


@dataclass(frozen=True)
class OtherLanguage:
    """The shop's name, and if wanted its city, in another language (ISO 639 code)."""

    language: str
    name: str
    city: str = ""


@dataclass(frozen=True)
class Order:
    """What a code asks for: nothing (static, the payer types the amount) or one payment.

    `additional` holds texts of object 62 by their ID (`01` bill number ... `09`).
    """

    amount: int | None = None
    tip: Tip | None = None
    additional: Mapping[str, str] = field(default_factory=lambda: {"07": "A01"})
    other_language: OtherLanguage | None = None


def build(shop: PracticeShop, order: Order | None = None) -> str:
    """Return the text of a practice code: static without an amount, dynamic with one.

    The acquirer's number and the NMID are always the fictional ones, and CONTOH is put into the
    name where it does not stand there yet.

    Raises:
        InputError: a text too long or with characters a code cannot hold, an amount or tip out
            of range; `field` names which.
    """
    order = order or Order()
    dynamic = order.amount is not None
    objects = [
        DataObject("00", "01"),
        DataObject("01", "12" if dynamic else "11"),
        *_accounts(shop),
        _checked(root_tag("52"), shop.category, "category"),
        DataObject("53", "360"),
        *_money(order),
        DataObject("58", "ID"),
        _checked(root_tag("59"), practice_name(shop.name), "name"),
        _checked(root_tag("60"), shop.city, "city"),
        _checked(root_tag("61"), shop.postal_code, "postal_code"),
        *_additional(order.additional),
        *_other_language(order.other_language),
    ]
    text = f"{write_objects(objects)}{CRC_HEADER}"
    return f"{text}{checksum(text)}"


def practice_name(name: str) -> str:
    """Return a shop's name with CONTOH in it."""
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    return plain if PRACTICE_WORD in plain.upper().split() else f"{PRACTICE_WORD} {plain}".strip()


def is_practice(parsed: Parsed) -> bool:
    """Return whether a code can only be one of ours: every account fictional, CONTOH in the name."""
    accounts = {item.id for item in parsed.root if is_account(item.id)}
    acquirers = accounts - {"51"}
    return (
        bool(acquirers)
        and len(accounts) == sum(is_account(item.id) for item in parsed.root)
        and all(is_acquirer(tag) and _fictional(parsed, tag) for tag in acquirers)
        and ("51" not in accounts or parsed.value("51", "02").startswith(PRACTICE_NMID))
        and PRACTICE_WORD in parsed.value("59").upper().split()
        and not parsed.root.rest
    )


def _fictional(parsed: Parsed, tag: str) -> bool:
    template = parsed.template(tag)
    pans = [item.value for item in template if item.id == "01"]
    return not template.fault and len(pans) == 1 and pans[0].startswith(PRACTICE_NNS)


def _accounts(shop: PracticeShop) -> tuple[DataObject, DataObject]:
    if shop.criteria not in CRITERIA:
        raise InputError(f"Golongan usaha: pilih {', '.join(CRITERIA)}.", "criteria")
    if not 1 <= shop.serial <= _LARGEST_SERIAL:
        raise InputError("Nomor toko contoh antara 1 dan 99999999.", "serial")
    pan = f"{PRACTICE_NNS}{shop.serial:010}"
    acquirer = (
        ("00", _DOMAIN),
        ("01", pan),
        ("02", f"CONTOH{shop.serial:08}"),
        ("03", shop.criteria),
    )
    repository = (
        ("00", "ID.CO.QRIS.WWW"),
        ("02", f"{PRACTICE_NMID}{shop.serial:08}"),
        ("03", shop.criteria),
    )
    return _template("26", acquirer), _template("51", repository)


def _template(object_id: str, parts: tuple[tuple[str, str], ...]) -> DataObject:
    return DataObject(
        object_id, write_objects(DataObject(sub_id, value) for sub_id, value in parts)
    )


def _money(order: Order) -> list[DataObject]:
    found = []
    if order.amount is not None:
        found.append(DataObject("54", _rupiah(order.amount, "amount")))
    if order.tip is None:
        return found
    if order.tip.fixed is not None:
        return [*found, DataObject("55", "02"), DataObject("56", _rupiah(order.tip.fixed, "tip"))]
    if order.tip.percent is not None:
        return [*found, DataObject("55", "03"), DataObject("57", _percent(order.tip.percent))]
    return [*found, DataObject("55", "01")]


def _rupiah(amount: int, name: str) -> str:
    if not 1 <= amount <= _LARGEST_AMOUNT:
        raise InputError("Isi jumlah mulai dari Rp1, paling banyak 13 angka.", name)
    return str(amount)


def _percent(percent: Fraction) -> str:
    hundredths = percent * 100
    if hundredths.denominator != 1 or not 1 <= hundredths <= 9999:
        raise InputError("Tip antara 0,01 dan 99,99 persen.", "tip")
    return f"{int(hundredths) // 100:02}.{int(hundredths) % 100:02}"


def _additional(fields: Mapping[str, str]) -> list[DataObject]:
    if not fields:
        return []
    if unknown := sorted(set(fields) - set(_FREE_FIELDS)):
        raise InputError(f"Data tambahan {', '.join(unknown)} tidak ada.", "additional")
    parts = [_checked(ADDITIONAL[i], value, "additional") for i, value in sorted(fields.items())]
    asked = fields.get("09", "A")
    if set(asked) - set("AME") or len(set(asked)) < len(asked):
        raise InputError("Data pembeli: A (alamat), M (nomor HP), E (email).", "additional")
    return [_fitting("62", write_objects(parts), "additional")]


def _other_language(other: OtherLanguage | None) -> list[DataObject]:
    if other is None:
        return []
    code = other.language
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise InputError("Bahasa ditulis dengan dua huruf, misalnya EN.", "language")
    name, city = practice_name(other.name), other.city
    if any(map(is_hidden, name + city)) or len(name) > 25 or len(city) > 15:
        raise InputError("Nama paling banyak 25 huruf dan kota 15 huruf.", "language")
    parts = [DataObject("00", code), DataObject("01", name)]
    if city:
        parts.append(DataObject("02", city))
    return [_fitting("64", write_objects(parts), "language")]


def _fitting(object_id: str, value: str, name: str) -> DataObject:
    if len(value) > 99:
        raise InputError(f"{root_tag(object_id).label} terlalu panjang. Singkat isinya.", name)
    return DataObject(object_id, value)


def _checked(tag: Tag, value: str, name: str) -> DataObject:
    if not tag.shortest <= len(value) <= tag.longest:
        raise InputError(_length_message(tag, len(value)), name)
    digits = value.isdigit() or tag.id != "52"
    if not is_printable_ascii(value) or not digits or (tag.no_pipe and "|" in value):
        raise InputError(f"{tag.label}: pakai huruf dan angka biasa saja.", name)
    return DataObject(tag.id, value)


def _length_message(tag: Tag, count: int) -> str:
    if count < tag.shortest:
        return f"{tag.label} belum diisi." if not count else f"{tag.label} terlalu pendek."
    return (
        f"{tag.label} paling banyak {tag.longest} huruf, termasuk kata CONTOH."
        if tag.id == "59"
        else (f"{tag.label} paling banyak {tag.longest} huruf.")
    )
