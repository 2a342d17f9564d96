"""What to mind before paying a code that breaks no rule: where the money goes, and how much of it.

No part of the specification: a code may add a tip, pay a person, or ask for more than anybody can pay,
and still be whole.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from umkm.money import format_rupiah
from umkm.qris.characters import shown
from umkm.qris.explanation import describe_tip
from umkm.qris.merchant import Kind, MerchantCode, read_merchant
from umkm.qris.parsing import Parsed
from umkm.qris.vocabulary import ACQUIRERS

LARGEST_PAYMENT: Final = 10_000_000
"""Rupiah a payment, since 1 March 2022: fact `qris-batas-sekali-bayar` of the course."""

# Who writes which domain into 26-45, as in published codes of theirs.
_DOMAINS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "COM.GO-JEK.WWW": "93600914",
        "ID.CO.BCA.WWW": "93600014",
        "ID.CO.BRI.WWW": "93600002",
        "ID.CO.SHOPEE.WWW": "93600918",
    }
)
_WALLETS: Final = ("qr.dana.id", "link.dana.id", "gopay.co.id", "app.gopay.co.id", "ovo.id")


def cautions(parsed: Parsed) -> tuple[str, ...]:
    """Return sentences for a shopkeeper, the gravest first; empty where there is nothing to mind."""
    return tuple(_find(read_merchant(parsed)))


def payer_sends(code: MerchantCode) -> int | None:
    """Return whole Rupiah that paying a code sends, tip included; None where the payer types them.

    A tip in percent is rounded down, as nobody says how each application rounds.
    """
    if code.amount is None:
        return None
    tip = code.tip
    if tip is None:
        return code.amount
    return code.amount + (tip.fixed or int(code.amount * (tip.percent or 0) / 100))


def of_no_code(text: str) -> str:
    """Return what a text that is no payment code is, where it can be told; else nothing."""
    bare = text.strip()
    host = bare.partition("://")[2].partition("/")[0].lower() if "://" in bare else ""
    if host in _WALLETS:
        return (
            "Ini tautan transfer ke dompet seseorang, bukan QRIS toko. Uang yang dikirim ke sana "
            "masuk ke orang itu."
        )
    if bare.startswith("0002") and unquote(bare) != bare:
        return "Kode ini disalin dari tautan, jadi hurufnya berubah. Tempel kode aslinya, atau pindai gambarnya."
    return ""


def _find(code: MerchantCode) -> Iterator[str]:
    if code.kind is Kind.TRANSFER:
        yield "Uang dari kode ini pergi ke rekening orang, bukan ke toko."
    total, extra = payer_sends(code), describe_tip(code.tip)
    if extra:
        message = f"Kode ini menambah tip {extra}."
        over = code.tip is not None and code.amount and (code.tip.fixed or 0) > code.amount
        message += " Tipnya lebih besar daripada harganya." if over else ""
        yield f"{message} Jangan bayar kalau Anda tidak diberi tahu."
    if total is not None and total > LARGEST_PAYMENT:
        yield (
            f"Jumlahnya lebih dari {format_rupiah(LARGEST_PAYMENT)}, batas sekali bayar QRIS. "
            "Tidak ada aplikasi yang bisa membayarnya."
        )
    for account in code.accounts:
        named = _DOMAINS.get(account.domain.upper(), "")
        if named and account.nns in ACQUIRERS and account.nns != named:
            yield (
                f"Kode ini menyebut dua penyedia: {ACQUIRERS[named]} dan {ACQUIRERS[account.nns]}. "
                f"Tanyakan dulu ke pemiliknya ({shown(code.name)})."
            )
