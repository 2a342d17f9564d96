"""Numbers as Indonesians write them in digits and in words."""

import re
import unicodedata
from fractions import Fraction
from typing import Final

SCALES: Final = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}

_DIGITS: Final = {
    "nol": 0,
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
}
_TENS: Final = {"puluh": 10, "ratus": 100}
_PREFIXED: Final = re.compile(r"\bse(puluh|belas|ratus|ribu|juta|miliar|triliun)\b")
_GROUPED: Final = {
    mark: re.compile(rf"[1-9]\d{{0,2}}(?:{mark}\d{{3}})+") for mark in (r"\.", ",", "[ ']")
}


def fold_digits(text: str) -> str:
    """Return lower-case text with 0-9 for digits of every width and script."""
    seen = []
    for char in text:
        category = unicodedata.category(char)
        if category == "Cf":  # direction marks that come along when pasting from a chat
            continue
        # NFKC would make "15²" into 152 and "½" into 1/2.
        seen.append("?" if category == "No" else char)
    folded = unicodedata.normalize("NFKC", "".join(seen)).lower()
    digits = (str(unicodedata.decimal(char)) if char.isdecimal() else char for char in folded)
    return " ".join("".join(digits).replace("\N{MINUS SIGN}", "-").replace("’", "'").split())


def read_numeral(numeral: str, scaled: bool) -> list[Fraction]:
    """Return every value a numeral may have: `1.500` with a unit after it (`scaled`) has two.

    An empty list means that its dots and commas make no sense.
    """
    if " " in numeral or "'" in numeral:
        return _read_spaced(numeral)
    marks = [char for char in numeral if char in ".,"]
    if not marks:
        return _read_digits(numeral)
    if len(set(marks)) == 2:
        return _read_mixed(numeral)
    if len(marks) > 1:
        return _read_grouped(numeral, marks[0])
    head, tail = numeral.split(marks[0])
    return _read_single_mark(head, tail, scaled)


def in_words(value: int) -> str:
    """Return a whole number as it is said: `seribu lima ratus`, `minus dua puluh`."""
    # num2words loads some sixty languages: only a page that says a number pays for it.
    from num2words import num2words  # noqa: PLC0415

    spelled = str(num2words(abs(value), lang="id"))
    # num2words says "satu juta satu ribu"; people say "satu juta seribu".
    spelled = re.sub(r"\b(juta|miliar|triliun|kuadriliun) satu ribu\b", r"\1 seribu", spelled)
    return f"minus {spelled}" if value < 0 else spelled


def from_words(text: str) -> int | None:
    """Return the number that is said (`lima belas ribu`, `satu setengah juta`), or None."""
    words = _PREFIXED.sub(r"satu \1", text).replace("milyar", "miliar").split()
    if not words or not set(words) <= _VOCABULARY:
        return None
    if len(words) >= 2 and words[-2] == "setengah" and words[-1] in SCALES:
        count = _add_up(words[:-2]) if len(words) > 2 else 0
        return None if count is None else (2 * count + 1) * SCALES[words[-1]] // 2
    return _add_up(words)


_VOCABULARY: Final = {*_DIGITS, *_TENS, "belas", "setengah", *SCALES}


def _add_up(words: list[str]) -> int | None:
    total = group = digit = 0
    for word in words:
        if word in _DIGITS:
            group, digit = group + digit, _DIGITS[word]
        elif word in _TENS:
            group, digit = group + digit * _TENS[word], 0
        elif word == "belas":
            group, digit = group + 10 + digit, 0
        elif word in SCALES:
            total, group, digit = total + (group + digit) * SCALES[word], 0, 0
        else:
            return None
    value = total + group + digit
    # Adding up is forgiving ("dua tiga ribu"); saying the sum again tells whether it was right.
    spelled = _PREFIXED.sub(r"satu \1", in_words(value)).split()
    return value if spelled == words else None


def _read_digits(numeral: str) -> list[Fraction]:
    # "0815..." is somebody's phone number.
    return [] if len(numeral) > 1 and numeral[0] == "0" else [Fraction(int(numeral))]


def _read_spaced(numeral: str) -> list[Fraction]:
    whole, _, decimals = numeral.partition(",")
    if not _GROUPED["[ ']"].fullmatch(whole) or (decimals and not decimals.isdecimal()):
        return []
    return _decimal(re.sub(r"[ ']", "", whole), decimals)


def _read_mixed(numeral: str) -> list[Fraction]:
    """Read `1.500,75` and, since nothing else is possible, `1,500.75`."""
    at = max(numeral.rfind("."), numeral.rfind(","))
    head, tail = numeral[:at], numeral[at + 1 :]
    grouping = r"\." if numeral[at] == "," else ","
    if not tail or not _GROUPED[grouping].fullmatch(head):
        return []
    return _decimal(re.sub(r"\D", "", head), tail)


def _read_grouped(numeral: str, mark: str) -> list[Fraction]:
    grouped = _GROUPED[r"\." if mark == "." else ","]
    return [Fraction(int(numeral.replace(mark, "")))] if grouped.fullmatch(numeral) else []


def _read_single_mark(head: str, tail: str, scaled: bool) -> list[Fraction]:
    if not head or not tail or (len(head) > 1 and head[0] == "0"):
        return []
    as_decimal = _decimal(head, tail)
    if len(tail) != 3:
        return as_decimal if scaled or len(tail) < 3 else []
    joined = [Fraction(int(head + tail))]
    if head == "0":
        return as_decimal
    if scaled:
        return as_decimal + joined
    if len(head) <= 3:
        return joined
    # "1500.000": a dot forgotten in 1.500.000, or three decimals of nothing.
    return as_decimal + joined if tail == "000" else []


def _decimal(head: str, tail: str) -> list[Fraction]:
    return [Fraction(int(head + tail), 10 ** len(tail))]
