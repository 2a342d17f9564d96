"""Phone numbers, PINs, names and codes as people type them: parsed once, at the edge.

>>> parse_phone("0812-3456-7890")
'+6281234567890'
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol

import phonenumbers

from umkm.errors import InputError
from umkm.weak_pins import weakness

#: Letters that show nothing, though Unicode counts them as letters (Hangul fillers).
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
#: The sign of arithmetic; phones and word processors put it, and other dashes, between digits.
_MINUS = "\u2212"
#: Characters of a name that are looked at: nobody types more, and a program could send megabytes.
_LONGEST_TYPED = 1_000
#: Joins two pictures into one, as in a family or a cook.
_JOINER = "\u200d"
#: Where Unicode adds its new pictures: a phone may know one that our Python does not.
_PICTURES = range(0x1F000, 0x1FB00)

PARTICIPANT_CODE = re.compile(r"^[a-z0-9][a-z0-9-]{3,31}\Z")

# Without 0/o, 1/i/l: these are read aloud and copied from paper.
_CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_MOBILE = {
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
}
_DECIMALS = re.compile(r"([^.]*)\.(0+)")
_CHAT_LINK = re.compile(
    r"^(https?://)?(www\.)?(wa\.me/|api\.whatsapp\.com/send/?\?phone=)\+?(?=62)", re.IGNORECASE
)


class RandomSource(Protocol):
    """Anything that picks one of several: `random.Random`, `random.SystemRandom`, `secrets`."""

    def choice(self, seq: Sequence[str], /) -> str:
        """Return one element."""
        ...


def parse_phone(text: object, field: str = "phone") -> str:
    """Return an Indonesian mobile number, in any usual way of writing it, as E.164 (`+62812...`).

    Raises:
        InputError: empty, letters in it, not Indonesian, not a mobile number, wrong length.
    """
    typed = _CHAT_LINK.sub("+", _plain(text))
    if not typed:
        raise InputError("Isi nomor HP Anda, misalnya 0812 3456 7890.", field)
    if len(typed) > 30 or not re.fullmatch(r"\+?[\d\s().-]+", typed):
        raise InputError("Nomor HP hanya berisi angka. Contoh: 0812 3456 7890.", field)
    if (cut := _DECIMALS.fullmatch(typed)) is not None:
        # "81200000201.0": a program took the number for an amount. More noughts may be part of it.
        if len(cut[2]) > 1:
            raise InputError("Nomor HP ini belum jelas. Tulis tanpa titik.", field)
        typed = cut[1]
    number = _read_phone(typed)
    if number is None or not phonenumbers.is_valid_number(number):
        raise InputError("Nomor HP ini belum benar. Periksa lagi angkanya.", field)
    if number.country_code != 62:
        raise InputError("Pakai nomor HP Indonesia, yang diawali 08 atau +62.", field)
    if phonenumbers.number_type(number) not in _MOBILE:
        raise InputError("Ini nomor telepon rumah. Isi nomor HP, yang diawali 08.", field)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def check_pin(text: object, field: str = "pin") -> str:
    """Return a PIN of six digits that nobody guesses at first try.

    Raises:
        InputError: not six digits, or one that is guessed first: a pattern such as 123456, 112233,
            159357, or a date (umkm.weak_pins).
    """
    pin = _plain(text)
    if not re.fullmatch(r"[0-9]{6}", pin):
        raise InputError("PIN harus 6 angka.", field)
    kind = weakness(pin)
    if kind == "date":
        raise InputError("PIN ini mirip tanggal, jadi mudah ditebak. Pilih 6 angka lain.", field)
    if kind is not None:
        raise InputError("PIN ini mudah ditebak. Pilih 6 angka lain.", field)
    return pin


def check_name(text: object, field: str = "name", label: str = "Nama") -> str:
    """Return a person's or a shop's name, with single spaces between its words.

    Marks that show nothing (zero-width blanks, marks of writing direction) are left out, so that two
    names that look alike are alike; the joiner between two pictures stays.

    Raises:
        InputError: empty, too long, without any letter, or with characters no name has.
    """
    typed = text[:_LONGEST_TYPED] if isinstance(text, str) else ""
    name = " ".join(_without_invisible(unicodedata.normalize("NFC", typed)).split())
    if not name:
        raise InputError(f"{label} belum diisi.", field)
    if len(name) > 80:
        raise InputError(f"{label} paling panjang 80 huruf.", field)
    if any(_is_no_letter(char) for char in name):
        raise InputError(f"{label} berisi tanda yang tidak bisa dipakai. Tulis huruf saja.", field)
    if not any(char.isalpha() for char in name):
        raise InputError(f"{label} harus berisi huruf.", field)
    return name


def _without_invisible(text: str) -> str:
    kept: list[str] = []
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        joins = char == _JOINER and _is_picture(before) and _is_picture(after)
        shows = unicodedata.category(char) != "Cf" and char not in _BLANK_LETTERS
        if joins or shows:
            kept.append(char)
    return "".join(kept)


def _is_picture(char: str) -> bool:
    # So: a picture; Sk: a skin tone; U+FE0F: "draw the sign before as a picture".
    return unicodedata.category(char) in {"So", "Sk"} or char == "\ufe0f" or ord(char) in _PICTURES


def _is_no_letter(char: str) -> bool:
    if char in "<>":
        return True
    if char == _JOINER:
        return False
    return unicodedata.category(char)[0] == "C" and ord(char) not in _PICTURES


def new_participant_code(random_source: RandomSource) -> str:
    """Return a fresh participant code, such as `srg-7kq3m`, easy to read aloud and to copy."""
    return "srg-" + "".join(random_source.choice(_CODE_LETTERS) for _ in range(5))


def check_identifier(code: object, field: str = "code") -> str:
    """Return a participant code, cohort id or assignment name that is safe as a file name.

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
    """Return what was typed with full-width and other digits as 0-9, any dash as '-', invisible marks removed."""
    if not isinstance(text, str) or len(text) > 200:
        return ""
    visible = (
        "-" if unicodedata.category(char) == "Pd" or char == _MINUS else char
        for char in text
        if unicodedata.category(char) != "Cf"
    )
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
