"""Explains a code, object by object, to the person whose sticker it is on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from umkm.money import format_rupiah
from umkm.qris.characters import shown
from umkm.qris.checks.accounts import NNS_DIGITS
from umkm.qris.checks.amounts import read_amount, read_percent
from umkm.qris.checks.forms import sub_tags
from umkm.qris.merchant import Kind, MerchantCode, Tip, read_merchant
from umkm.qris.objects import read_objects
from umkm.qris.parsing import Parsed, parse
from umkm.qris.tags import PROPRIETARY, TagTable, root_tag
from umkm.qris.vocabulary import (
    ACQUIRERS,
    CATEGORIES,
    CONSUMER_DATA,
    CRITERIA,
    CURRENCIES,
    PURPOSES,
)

_MOST_SHOWN: Final = 99
_ASKED: Final = "***"  # the payer's application asks for it (4.8.1.2)


@dataclass(frozen=True)
class Explained:
    """One object: its `path` (`26.01`), its label, what stands there, and what that means.

    `value` is fit for a screen: hidden characters are shown by their number; it is empty for a
    template, whose parts follow. `meaning` is empty where the value speaks for itself.
    """

    path: str
    label: str
    value: str
    meaning: str = ""


def explain(payload: object) -> tuple[Explained, ...]:
    """Return an explanation of every object of a code, in the order it stands there. Never raises.

    Damaged codes are explained as far as they can be read; templates come before their parts.
    """
    return tuple(_explain(payload if isinstance(payload, Parsed) else parse(payload)))


def summarize(payload: object) -> str:
    """Return one sentence a shopkeeper can check at a glance: whose code, static or not, how much."""
    code = read_merchant(payload if isinstance(payload, Parsed) else parse(payload))
    return f"{_whose(code)} {_how_much(code)}".strip() if code.name else ""


def describe_tip(tip: Tip | None) -> str:
    """Return the tip a code adds to what the payer pays; empty where it adds none by itself."""
    if tip and tip.fixed:
        return format_rupiah(tip.fixed)
    return _percent_words(tip.percent) if tip and tip.percent else ""


def _explain(parsed: Parsed) -> Iterator[Explained]:
    for item in parsed.root:
        tag = root_tag(item.id)
        table = sub_tags(parsed, item.id)
        if table is None:
            money = item.id in {"54", "56"} and not parsed.in_rupiah
            meaning = "" if money else _meaning(item.id, item.value)
            yield Explained(item.id, tag.label, shown(item.value), meaning)
            continue
        whole = not read_objects(item.value).fault
        yield Explained(item.id, tag.label, "" if whole else shown(item.value))
        yield from _explain_template(item.value, table, item.id)
        if item.id == "62" and (inner := parsed.value("62", "99")):
            yield from _explain_template(inner, PROPRIETARY, "62.99")
    if rest := parsed.root.rest.strip():
        yield Explained("", "Tidak terbaca", shown(rest[:_MOST_SHOWN]))


def _explain_template(value: str, table: TagTable, path: str) -> Iterator[Explained]:
    for item in read_objects(value):
        tag = table.get(item.id)
        label = tag.label if tag else f"Bagian {item.id}"
        # Numbers mean the same in every acquirer's template.
        key = f"26.{item.id}" if path.isdigit() and "26" <= path <= "45" else f"{path}.{item.id}"
        yield Explained(f"{path}.{item.id}", label, shown(item.value), _meaning(key, item.value))


def _meaning(key: str, value: str) -> str:
    if value == _ASKED:
        return "aplikasi pembeli menanyakannya"
    choices = _CHOICES.get(key)
    if choices is not None:
        return choices.get(value, "")
    reader = _READERS.get(key)
    return reader(value) if reader else ""


def _read_money(value: str) -> str:
    amount = read_amount(value)
    return format_rupiah(int(amount)) if amount is not None and amount.denominator == 1 else ""


def _read_percent(value: str) -> str:
    percent = read_percent(value)
    return _percent_words(percent) if percent else ""


def _percent_words(percent: Fraction) -> str:
    return f"{float(percent):g}".replace(".", ",") + "% dari jumlah bayar"


def _read_acquirer(value: str) -> str:
    name = ACQUIRERS.get(value[:NNS_DIGITS])
    return f"dari {name}" if name else ""


def _read_country(value: str) -> str:
    if value == "ID":
        return "Indonesia"
    # Babel's tables are large, and most codes are Indonesian.
    from babel import Locale  # noqa: PLC0415

    return str(Locale.parse("id").territories.get(value, ""))


def _read_consumer_data(value: str) -> str:
    return ", ".join(CONSUMER_DATA[letter] for letter in value if letter in CONSUMER_DATA)


_CHOICES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "01": {
            "11": "kode tetap: dipakai berkali-kali",
            "12": "sekali pakai: untuk satu pembayaran",
        },
        "26.03": CRITERIA,
        "51.03": CRITERIA,
        "52": CATEGORIES,
        "53": CURRENCIES,
        "55": {
            "01": "pembeli boleh mengisi tip",
            "02": "tip tetap, ditambahkan sendiri",
            "03": "tip persen, ditambahkan sendiri",
        },
        "62.08": PURPOSES,
    }
)

_READERS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "26.01": _read_acquirer,
        "54": _read_money,
        "56": _read_money,
        "57": _read_percent,
        "58": _read_country,
        "62.09": _read_consumer_data,
    }
)


def _whose(code: MerchantCode) -> str:
    place = f", {shown(code.city)}" if code.city else ""
    kinds = {Kind.TRANSFER: "Kode transfer ke", Kind.CASH: "Kode setor atau tarik tunai"}
    lead = {True: "QRIS tetap milik", False: "QRIS sekali pakai milik", None: "QRIS milik"}
    begin = kinds.get(code.kind, lead[code.static])
    if code.country.upper() not in {"", "ID"}:
        begin = "Kode pembayaran luar negeri milik"
    return f"{begin} {shown(code.name)}{place}."


def _how_much(code: MerchantCode) -> str:
    if code.country.upper() not in {"", "ID"}:
        return ""
    amount = (
        f"sudah terisi: {format_rupiah(code.amount)}" if code.amount else "diketik oleh pembeli"
    )
    extra = describe_tip(code.tip)
    return f"Jumlahnya {amount}, ditambah tip {extra}." if extra else f"Jumlahnya {amount}."
