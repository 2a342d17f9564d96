"""What a code says, as values of their kind: whom it pays, how much, which tip."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from umkm.qris.characters import is_digits
from umkm.qris.checks.accounts import CRITERIA, NNS_DIGITS
from umkm.qris.checks.amounts import FIXED_TIP, PERCENT_TIP, read_amount, read_percent
from umkm.qris.parsing import Parsed


class Kind(StrEnum):
    """What a code is for."""

    PAYMENT = "payment"
    TRANSFER = "transfer"
    CASH = "cash"


@dataclass(frozen=True)
class Account:
    """One acquirer's account of the merchant (26-45); `nns` names the acquirer."""

    tag: str
    domain: str
    pan: str
    merchant_id: str
    criteria: str

    @property
    def nns(self) -> str:
        """Return the National Numbering System's eight digits, or nothing where the PAN is no number."""
        whole = is_digits(self.pan) and len(self.pan) >= NNS_DIGITS
        return self.pan[:NNS_DIGITS] if whole else ""


@dataclass(frozen=True)
class Tip:
    """A tip: asked of the payer, or `fixed` in Rupiah, or `percent` of the amount."""

    fixed: int | None = None
    percent: Fraction | None = None


@dataclass(frozen=True)
class MerchantCode:
    """A merchant-presented code. Texts are as they stand in it; empty where it has none."""

    kind: Kind
    static: bool | None
    name: str
    city: str
    postal_code: str
    country: str
    currency: str
    category: str
    accounts: tuple[Account, ...]
    nmid: str
    criteria: str
    amount: int | None
    amount_text: str
    tip: Tip | None
    additional: Mapping[str, str]
    language: str
    name_in_language: str
    city_in_language: str


def read_merchant(parsed: Parsed) -> MerchantCode:
    """Return what a code says, right or wrong. Total: what is missing is empty or None.

    `amount` and a fixed tip are whole Rupiah; in another currency they are None, as they are
    where the payer types them. `amount_text` is object 54 as it stands.
    """
    accounts = tuple(_read_account(parsed, tag) for tag in parsed.acquirers)
    stated = (parsed.value("51", "03"), *(account.criteria for account in accounts))
    return MerchantCode(
        kind=_kind(parsed),
        static={"11": True, "12": False}.get(parsed.value("01")),
        name=parsed.value("59"),
        city=parsed.value("60"),
        postal_code=parsed.value("61"),
        country=parsed.value("58"),
        currency=parsed.value("53"),
        category=parsed.value("52"),
        accounts=accounts,
        nmid=parsed.value("51", "02") if parsed.domestic else "",
        criteria=next((value for value in stated if value in CRITERIA), "URE"),
        amount=_rupiah(parsed, "54"),
        amount_text=parsed.value("54"),
        tip=_read_tip(parsed),
        additional=MappingProxyType({o.id: o.value for o in parsed.template("62")}),
        language=parsed.value("64", "00"),
        name_in_language=parsed.value("64", "01"),
        city_in_language=parsed.value("64", "02"),
    )


def _kind(parsed: Parsed) -> Kind:
    if parsed.is_transfer:
        return Kind.TRANSFER
    return Kind.CASH if parsed.is_cash else Kind.PAYMENT


def _read_account(parsed: Parsed, tag: str) -> Account:
    sub = parsed.template(tag)
    return Account(tag, sub.value("00"), sub.value("01"), sub.value("02"), sub.value("03"))


def _rupiah(parsed: Parsed, object_id: str) -> int | None:
    amount = read_amount(parsed.value(object_id)) if parsed.in_rupiah else None
    return int(amount) if amount is not None and amount.denominator == 1 else None


def _read_tip(parsed: Parsed) -> Tip | None:
    indicator = parsed.value("55")
    if indicator == FIXED_TIP and (fixed := _rupiah(parsed, "56")):
        return Tip(fixed=fixed)
    if indicator == PERCENT_TIP and (percent := read_percent(parsed.value("57"))):
        return Tip(percent=percent)
    return Tip() if indicator == "01" else None
