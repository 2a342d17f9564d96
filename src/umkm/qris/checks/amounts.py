"""The amount and the tip (clauses 4.7.8 to 4.7.11)."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from umkm.qris.characters import shown
from umkm.qris.findings import Breach
from umkm.qris.parsing import Parsed
from umkm.qris.tags import root_tag

FIXED_TIP: Final = "02"
PERCENT_TIP: Final = "03"

_LONGEST: Final = 13  # Table 3.6
_AMOUNT: Final = re.compile(r"[0-9]+(?:\.[0-9]*)?")
_PERCENT: Final = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})?")
_RUPIAH_DECIMALS: Final = 2  # ISO 4217's exponent of IDR, though nobody has had a cent for decades


def read_amount(text: str) -> Fraction | None:
    """Return the amount written in object 54 or 56, or None where it is none."""
    whole = len(text) <= _LONGEST and _AMOUNT.fullmatch(text)
    return Fraction(text.rstrip(".")) if whole else None


def read_percent(text: str) -> Fraction | None:
    """Return the tip written in object 57, in percent, or None where it is none or out of range."""
    if not _PERCENT.fullmatch(text):
        return None
    value = Fraction(text)
    return value if Fraction(1, 100) <= value <= Fraction(9999, 100) else None


def check_amount(parsed: Parsed) -> Iterator[Breach]:
    """Yield an amount (54) that cannot be read, is nothing, or has odd decimals."""
    yield from _check_amount(parsed, "54")


def check_tip(parsed: Parsed) -> Iterator[Breach]:
    """Yield a tip that is announced and missing, or there and not announced."""
    indicator = parsed.value("55")
    if indicator and indicator not in {"01", FIXED_TIP, PERCENT_TIP}:
        yield Breach("tip", "55", words={"value": indicator})
    for object_id, called_by in (("56", FIXED_TIP), ("57", PERCENT_TIP)):
        words = {"indicator": indicator}
        if indicator == called_by and not parsed.value(object_id):
            yield Breach("tip-missing", object_id, words=words)
        elif indicator != called_by and object_id in parsed.root:
            yield Breach("tip-uncalled", object_id, words=words)
    yield from _check_amount(parsed, "56")
    percent = parsed.value("57")
    if percent and read_percent(percent) is None:
        yield Breach("tip-percent", "57", words={"value": percent})


def _check_amount(parsed: Parsed, object_id: str) -> Iterator[Breach]:
    text = parsed.value(object_id)
    if not text:
        return
    words = {"label": root_tag(object_id).label, "value": text, "shown": shown(text)}
    amount = read_amount(text)
    if amount is None:
        yield Breach("amount", object_id, words=words)
        return
    if amount == 0:
        yield Breach("amount-zero", object_id, words=words)
    if parsed.domestic:
        decimals = text.partition(".")[2]
        if len(decimals) not in {0, _RUPIAH_DECIMALS}:
            yield Breach("amount-decimals", object_id, words=words)
        if amount.denominator != 1:
            yield Breach("amount-cents", object_id, words=words)
