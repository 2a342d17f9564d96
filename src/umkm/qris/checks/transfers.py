"""QRIS transfers: money to a person's account, object 40 (clause 4.2, Tables 3.20 and 3.23)."""

from collections.abc import Iterator

from umkm.qris.findings import Breach
from umkm.qris.parsing import Parsed
from umkm.qris.tags import ADDITIONAL, TRANSFER

_TRANSFER_CATEGORY = "4829"


def check_transfer(parsed: Parsed) -> Iterator[Breach]:
    """Yield what a transfer lacks; nothing where the code is no transfer."""
    if not (parsed.domestic and parsed.is_transfer):
        return
    for sub_id in ("00", "01", "02"):
        if not parsed.value("40", sub_id):
            tag = TRANSFER[sub_id]
            rule = "missing-vital" if sub_id == "01" else "missing"
            yield Breach(rule, f"40.{sub_id}", tag.clause, {"label": tag.label})
    if (method := parsed.value("01")) != "12":
        yield Breach("transfer-static", "01", words={"value": method})
    if (category := parsed.value("52")) and category != _TRANSFER_CATEGORY:
        yield Breach("transfer-category", "52", words={"value": category})
    if not parsed.value("62", "99"):
        tag = ADDITIONAL["99"]
        yield Breach("missing", "62.99", "4.2", {"label": tag.label})
