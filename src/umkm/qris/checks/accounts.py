"""Where the money goes: domestic acquirers' templates 26-45 and the central repository 51."""

import re
from collections.abc import Iterator
from typing import Final

from umkm.qris.characters import is_digits, shown
from umkm.qris.findings import Breach
from umkm.qris.parsing import Parsed
from umkm.qris.tags import ACCOUNT, REPOSITORY, TagTable

CRITERIA: Final = ("UMI", "UKE", "UME", "UBE", "URE", "PSO", "BLU")
"""Merchant criteria of Table 4.6; a code without one counts as URE."""

REPOSITORY_DOMAINS: Final = ("ID.CO.QRIS.WWW", "ID.OR.GPNQR.WWW")
"""The central repository's reverse domain, now and before."""

NNS_DIGITS: Final = 8
_NMID: Final = re.compile(r"ID[0-9]{11,13}")


def check_accounts(parsed: Parsed) -> Iterator[Breach]:
    """Yield accounts that lack a part or hold one that cannot be (Tables 4.3, 4.5, 4.6)."""
    if not parsed.domestic:
        return
    for object_id in parsed.acquirers:
        yield from _missing(parsed, object_id, ACCOUNT, ("00", "01", "02", "03"))
        pan = parsed.value(object_id, "01")
        if is_digits(pan) and len(pan) < NNS_DIGITS:
            yield Breach("nns", f"{object_id}.01", words={"count": len(pan)})
    if "51" in parsed.root:
        yield from _check_repository(parsed)
    yield from _check_criteria(parsed)


def _check_repository(parsed: Parsed) -> Iterator[Breach]:
    yield from _missing(parsed, "51", REPOSITORY, ("00", "02"))
    domain, nmid = parsed.value("51", "00"), parsed.value("51", "02")
    if domain and domain.upper() not in REPOSITORY_DOMAINS:
        yield Breach("repository-domain", "51.00", words={"value": domain})
    if nmid and not _NMID.fullmatch(nmid):
        yield Breach("nmid-shape", "51.02", words={"value": nmid})


def _check_criteria(parsed: Parsed) -> Iterator[Breach]:
    found = []
    for object_id in (*parsed.acquirers, "51"):
        if criteria := parsed.value(object_id, "03"):
            found.append(criteria)
            if criteria not in CRITERIA:
                words = {"value": shown(criteria)}
                yield Breach("criteria", f"{object_id}.03", words=words)
    if len(set(found)) > 1:
        values = ", ".join(dict.fromkeys(map(shown, found)))
        yield Breach("criteria-differ", "51.03", words={"values": values})


def _missing(
    parsed: Parsed, object_id: str, table: TagTable, wanted: tuple[str, ...]
) -> Iterator[Breach]:
    template = parsed.template(object_id)
    for sub_id in wanted:
        if not template.value(sub_id):
            tag = table[sub_id]
            # Whoever pays is routed by the PAN, and from 51 by the NMID.
            rule = (
                "missing-vital"
                if tag.name in {"Merchant PAN", "National Merchant ID"}
                else "missing"
            )
            yield Breach(rule, f"{object_id}.{sub_id}", tag.clause, {"label": tag.label})
