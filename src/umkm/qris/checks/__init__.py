"""The rules of the specification, each a function from a parsed code to its breaches."""

from collections.abc import Iterator

from umkm.qris.checks.accounts import check_accounts
from umkm.qris.checks.additional import check_additional, check_language
from umkm.qris.checks.amounts import check_amount, check_tip
from umkm.qris.checks.forms import check_forms
from umkm.qris.checks.root import check_root
from umkm.qris.checks.structure import check_checksum, check_structure
from umkm.qris.checks.transfers import check_transfer
from umkm.qris.findings import Breach
from umkm.qris.parsing import Parsed

__all__ = ["breaches"]

_CHECKS = (
    check_structure,
    check_checksum,
    check_root,
    check_forms,
    check_accounts,
    check_transfer,
    check_amount,
    check_tip,
    check_additional,
    check_language,
)


def breaches(parsed: Parsed) -> Iterator[Breach]:
    """Return everything a code breaks, in the order a reader would want to know it."""
    for check in _CHECKS:
        yield from check(parsed)
