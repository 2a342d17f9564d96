"""QRIS: read any code, say what is wrong with it, explain it, and build codes to practise with.

Payloads are EMVCo merchant-presented codes as Indonesia's QRIS specification narrows them.
`validate`, `explain` and `summarize` are total: any text gives a result, none raises. `build` and
`draw` make practice codes only; nothing here can make a code that takes real money.

Around the code: `mdr` (what a payment costs), `settlement` (when the money arrives) and
`reconciliation` (the provider's list beside the cash book), all from rates, days and hours that
are passed in.

>>> validate("00020101021126").findings[0].plain
'Kode ini terpotong. Pindai sekali lagi, seluruh gambarnya.'
"""

from umkm.qris.booked_sums import LONGEST_SUM, unclear_days
from umkm.qris.compared import BookEntry, Item, Outcome, Reconciliation, SettlementLine, Terms
from umkm.qris.explanation import Explained, describe_tip, explain, summarize
from umkm.qris.findings import Finding, Level, Strictness
from umkm.qris.mdr import Fee, FeeGroup, FeeRule, Rounding, Step, Tariff, fee_group
from umkm.qris.merchant import Account, Kind, MerchantCode, Tip, read_merchant
from umkm.qris.parsing import Parsed, parse
from umkm.qris.picture import draw
from umkm.qris.practice import Order, OtherLanguage, PracticeShop, build, is_practice
from umkm.qris.reconciliation import reconcile
from umkm.qris.serialization import tariff_from_plain, tariff_to_plain
from umkm.qris.validation import Verdict, validate

__all__ = [
    "LONGEST_SUM",
    "Account",
    "BookEntry",
    "Explained",
    "Fee",
    "FeeGroup",
    "FeeRule",
    "Finding",
    "Item",
    "Kind",
    "Level",
    "MerchantCode",
    "Order",
    "OtherLanguage",
    "Outcome",
    "Parsed",
    "PracticeShop",
    "Reconciliation",
    "Rounding",
    "SettlementLine",
    "Step",
    "Strictness",
    "Tariff",
    "Terms",
    "Tip",
    "Verdict",
    "build",
    "describe_tip",
    "draw",
    "explain",
    "fee_group",
    "is_practice",
    "parse",
    "read_merchant",
    "reconcile",
    "summarize",
    "tariff_from_plain",
    "tariff_to_plain",
    "unclear_days",
    "validate",
]
