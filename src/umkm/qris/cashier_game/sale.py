"""One sale of the cashier game, and the transitions of its state."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Final

from umkm.errors import InputError
from umkm.qris.parsing import parse
from umkm.qris.practice import Order, PracticeShop, build, is_practice

MOST_WAITS: Final = 2
"""After that nothing more will come, and one has to decide."""

SHORT_CODE: Final = 4
LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of a short code: nothing that looks like something else on a small screen."""

_LARGEST: Final = 10_000_000  # what one QRIS payment may be at most, as of the course's facts
_SHORTENED: Final = 10  # a buyer who pays too little leaves out one nought


class Scenario(StrEnum):
    """What the buyer is up to."""

    PAID = "paid"
    """Pays; the notification comes at once."""
    LATE = "late"
    """Pays; the notification takes its time."""
    PROOF = "proof"
    """Does not pay and shows a convincing screen."""
    SHORT = "short"
    """Pays a tenth and shows a screen with the whole."""

    @property
    def honest(self) -> bool:
        """Return whether the buyer means to pay the price."""
        return self in {Scenario.PAID, Scenario.LATE}


class Decision(StrEnum):
    """What a merchant may do with a buyer who says they have paid."""

    HAND_OVER = "serahkan"
    WAIT = "tunggu"
    REFUSE = "tolak"


class Outcome(StrEnum):
    """What the decision turned out to be."""

    HANDED = "handed"
    CAUGHT = "caught"
    LOST = "lost"
    LUCKY = "lucky"
    """Handed over before the money came, which then came."""
    OFFENDED = "offended"
    """Refused, although the buyer had paid."""


@dataclass(frozen=True)
class Sale:
    """One sale. `shown` is what the buyer's screen says, `paid` what arrives sooner or later."""

    code: str
    shop: str
    serial: int
    item: str
    price: int
    dynamic: bool
    scene: Scenario
    arrived: bool = False
    computer: bool = False
    shown: int = 0
    paid: int = 0
    waits: int = 0
    decision: Decision | None = None

    @property
    def notified(self) -> int:
        """Return the Rupiah that the merchant's own application has announced so far."""
        due = self.shown > 0 and (self.scene is not Scenario.LATE or self.waits > 0)
        return self.paid if due else 0

    @property
    def outcome(self) -> Outcome | None:
        """Return what the decision was worth, or None before it."""
        if self.decision is None:
            return None
        if self.decision is Decision.REFUSE:
            return Outcome.OFFENDED if self.paid >= self.price else Outcome.CAUGHT
        if self.notified >= self.price:
            return Outcome.HANDED
        return Outcome.LUCKY if self.paid >= self.price else Outcome.LOST


def payload(sale: Sale) -> str:
    """Return the practice code the till shows; its bill number is the short code."""
    order = Order(amount=sale.price if sale.dynamic else None, additional={"01": sale.code})
    return build(PracticeShop(sale.shop, serial=sale.serial), order)


def code_in(text: object) -> str:
    """Return the short code of what a buyer scanned or typed.

    Raises:
        InputError: it is no code of this game; a real QRIS is told to be one.
    """
    typed = text if isinstance(text, str) else ""
    short = "".join(typed[:40].upper().split())
    if len(short) == SHORT_CODE and set(short) <= set(LETTERS):
        return short
    parsed = parse(typed.strip())
    if not parsed.value("59"):
        raise InputError(
            f"Kode itu belum dikenal. Ketik {SHORT_CODE} huruf di bawah gambar kode kasir.", "code"
        )
    if not is_practice(parsed):
        raise InputError("Itu QRIS sungguhan, bukan kode latihan. Jangan dibayar di sini.", "code")
    bill = parsed.value("62", "01")
    if len(bill) != SHORT_CODE:
        raise InputError("Kode latihan itu bukan dari kasir kelas ini.", "code")
    return bill


def arrive(sale: Sale) -> Sale:
    """Return the sale with a buyer who has read the code.

    Raises:
        InputError: another buyer was first, or the sale is over.
    """
    if sale.decision is not None:
        raise InputError("Jual beli ini sudah selesai. Minta kode baru ke kasirnya.", "code")
    if sale.arrived:
        raise InputError(
            "Kasir ini sedang melayani pembeli lain. Tunggu, atau cari kasir lain.", "code"
        )
    return replace(sale, arrived=True)


def release(sale: Sale) -> Sale:
    """Return the sale open again: the buyer left before paying.

    Raises:
        InputError: there is nobody to leave, or they have paid.
    """
    if not sale.arrived or sale.shown:
        raise InputError("Pembeli ini sudah menunjukkan bukti bayar. Putuskan dulu.")
    return replace(sale, arrived=False)


def pay(sale: Sale, typed: int = 0) -> Sale:
    """Return the sale paid, or as if; `typed` is what buyers type where the code has no amount.

    Raises:
        InputError: nobody is at the till, it was done already, or the amount cannot be paid.
    """
    if not sale.arrived:
        raise InputError("Pindai dulu kode kasirnya.", "code")
    if sale.shown:
        raise InputError("Sudah dibayar. Tunjukkan layar Anda ke kasir.")
    if not sale.scene.honest:
        paid = 0 if sale.scene is Scenario.PROOF else max(1, sale.price // _SHORTENED)
        return replace(sale, shown=sale.price, paid=paid)
    amount = sale.price if sale.dynamic else typed
    if not 1 <= amount <= _LARGEST:
        raise InputError("Ketik jumlahnya, mulai dari Rp1 sampai Rp10.000.000.", "amount")
    return replace(sale, shown=amount, paid=amount)


def by_computer(sale: Sale) -> Sale:
    """Return the sale with the computer as its buyer, where nobody comes.

    Raises:
        InputError: a buyer is there already.
    """
    return pay(replace(arrive(sale), computer=True), sale.price)


def decide(sale: Sale, decision: Decision) -> Sale:
    """Return the sale decided; deciding the same again changes nothing.

    Raises:
        InputError: the buyer has shown nothing yet, it is decided already, or waiting is of no use.
    """
    if sale.decision is not None:
        if sale.decision is decision:
            return sale
        raise InputError("Jual beli ini sudah Anda putuskan.")
    if not sale.shown:
        raise InputError("Pembeli belum menunjukkan apa-apa. Tunggu dulu.")
    if decision is not Decision.WAIT:
        return replace(sale, decision=decision)
    if sale.notified:
        raise InputError("Notifikasinya sudah masuk. Baca jumlahnya, lalu putuskan.")
    if sale.waits >= MOST_WAITS:
        raise InputError("Sudah lama ditunggu, tidak ada yang masuk. Putuskan sekarang.")
    return replace(sale, waits=sale.waits + 1)


def sale_to_plain(sale: Sale) -> dict[str, Any]:
    """Return a sale as JSON-able values."""
    return {name: value for name, value in asdict(sale).items() if value is not None}


def sale_from_plain(data: Mapping[str, Any]) -> Sale:
    """Return the sale that `sale_to_plain` wrote.

    Raises:
        KeyError, ValueError, TypeError: it did not write that.
    """
    decision = data.get("decision")
    return Sale(
        **{
            **data,
            "scene": Scenario(data["scene"]),
            "decision": Decision(decision) if decision else None,
        }
    )
