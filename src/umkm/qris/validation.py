"""Validates a code: what it contains, and every breach of the specification."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from umkm.qris.checks import breaches
from umkm.qris.findings import Breach, Finding, Level, Strictness, judge
from umkm.qris.merchant import MerchantCode, read_merchant
from umkm.qris.parsing import MOST_CHARACTERS, Parsed, parse

# Base64 of 85 05 "CPV01", with which a consumer-presented code begins, as far as what follows
# does not change it.
_BUYER_CODE: Final = "hQVDUFYwM"


@dataclass(frozen=True)
class Verdict:
    """What a code says and what is wrong with it."""

    parsed: Parsed
    findings: tuple[Finding, ...]

    @property
    def accepted(self) -> bool:
        """Return whether nothing found is a refusal; warnings may remain."""
        return all(finding.level < Level.REFUSAL for finding in self.findings)

    @property
    def code(self) -> MerchantCode | None:
        """Return what the code says, or None where it is refused."""
        return read_merchant(self.parsed) if self.accepted else None


def validate(payload: object, strictness: Strictness = Strictness.STRICT) -> Verdict:
    """Check any text as a code. Never raises: everything wrong is a finding, worst first.

    `STRICT` refuses every breach of the specification. `LENIENT` refuses what nobody could pay
    safely (damaged, ambiguous, no receiver) and warns of the rest. No public document says what
    each payment app lets pass: the line between the two is ours, kept in `findings.RULES`.
    """
    parsed = parse(payload)
    found = [judge(breach, strictness) for breach in _find(payload, parsed)]
    return Verdict(parsed, tuple(sorted(found, key=lambda finding: -finding.level)))


def _find(payload: object, parsed: Parsed) -> Iterator[Breach]:
    if not isinstance(payload, str):
        yield Breach("not-text", words={"type": type(payload).__name__})
    elif parsed.too_long:
        yield Breach("too-long", words={"count": len(payload), "most": MOST_CHARACTERS})
    elif not payload.strip():
        yield Breach("empty")
    elif payload.strip().startswith(_BUYER_CODE):
        yield Breach("buyer-code")
    elif not parsed.root.items:
        yield Breach("not-a-code")
    else:
        yield from breaches(parsed)
