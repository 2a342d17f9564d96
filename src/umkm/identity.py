"""Phone numbers, PINs, names and codes as people type them: parsed once, at the edge.

>>> parse_phone("0812-3456-7890")
'+6281234567890'
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

import phonenumbers

from umkm.errors import InputError

PARTICIPANT_CODE = re.compile(r"^[a-z0-9][a-z0-9-]{3,31}\Z")

# Without 0/o, 1/i/l: these are read aloud and copied from paper.
_CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_MOBILE = {
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
}


class RandomSource(Protocol):
    """Anything that picks one of several: `random.Random`, `random.SystemRandom`, `secrets`."""

    def choice(self, seq: Sequence[str], /) -> str:
        """Give one element."""
        ...


def parse_phone(text: object, field: str = "phone") -> str:
    """Give an Indonesian mobile number, in any usual way of writing it, as E.164 (`+62812...`).

    Raises:
        InputError: empty, letters in it, not Indonesian, not a mobile number, wrong length.
    """
    typed = _plain(text)
    if not typed:
        raise InputError("Isi nomor HP Anda, misalnya 0812 3456 7890.", field)
    if len(typed) > 30 or not re.fullmatch(r"\+?[\d\s().-]+", typed):
        raise InputError("Nomor HP hanya berisi angka. Contoh: 0812 3456 7890.", field)
    number = _read_phone(typed)
    if number is None or not phonenumbers.is_valid_number(number):
        raise InputError("Nomor HP ini belum benar. Periksa lagi angkanya.", field)
    if number.country_code != 62:
        raise InputError("Pakai nomor HP Indonesia, yang diawali 08 atau +62.", field)
    if phonenumbers.number_type(number) not in _MOBILE:
        raise InputError("Ini nomor telepon rumah. Isi nomor HP, yang diawali 08.", field)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def check_pin(text: object, field: str = "pin") -> str:
    """Give a PIN of six digits that nobody guesses at first try.

    Raises:
        InputError: not six digits, or a pattern such as 123456, 000000, 121212, 123123.
    """
    pin = _plain(text)
    if not re.fullmatch(r"[0-9]{6}", pin):
        raise InputError("PIN harus 6 angka.", field)
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if steps in ({0}, {1}, {9}) or pin[:2] * 3 == pin or pin[:3] * 2 == pin:
        raise InputError("PIN ini mudah ditebak. Pilih 6 angka lain.", field)
    return pin


def check_name(text: object, field: str = "name", label: str = "Nama") -> str:
    """Give a person's or a shop's name, with single spaces between its words.

    Raises:
        InputError: empty, too long, without any letter, or with characters no name has.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split()) if isinstance(text, str) else ""
    if not name:
        raise InputError(f"{label} belum diisi.", field)
    if not 2 <= len(name) <= 80:
        raise InputError(f"{label} harus 2 sampai 80 huruf.", field)
    if any(unicodedata.category(char)[0] == "C" or char in "<>" for char in name):
        raise InputError(f"{label} berisi tanda yang tidak bisa dipakai. Tulis huruf saja.", field)
    if not any(char.isalpha() for char in name):
        raise InputError(f"{label} harus berisi huruf.", field)
    return name


def new_participant_code(random_source: RandomSource) -> str:
    """Give a fresh participant code, such as `srg-7kq3m`, easy to read aloud and to copy."""
    return "srg-" + "".join(random_source.choice(_CODE_LETTERS) for _ in range(5))


def check_identifier(code: object, field: str = "code") -> str:
    """Give back a participant code, cohort id or assignment name that is safe as a file name.

    Raises:
        InputError: anything but 4-32 of a-z, 0-9 and '-', beginning with a letter or digit.
    """
    if not isinstance(code, str) or not PARTICIPANT_CODE.match(code):
        raise InputError(
            "Kode hanya boleh berisi huruf kecil, angka, dan tanda hubung (4 sampai 32).",
            field,
        )
    return code


def _plain(text: object) -> str:
    """Give what was typed with full-width and other digits as 0-9, invisible marks removed."""
    if not isinstance(text, str) or len(text) > 200:
        return ""
    visible = (char for char in text if unicodedata.category(char) != "Cf")
    folded = unicodedata.normalize("NFKC", "".join(visible))
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char for char in folded
    ).strip()


def _read_phone(typed: str) -> phonenumbers.PhoneNumber | None:
    # "+62 (0)812" is how people mix both ways of writing; the zero in brackets is not dialled.
    typed = re.sub(r"^(\+?\s*62[\s.-]*)\(?0\)?", r"\1", typed)
    typed = re.sub(r"^00\s*62", "+62", typed)
    try:
        return phonenumbers.parse(typed, "ID")
    except phonenumbers.NumberParseException:
        return None
