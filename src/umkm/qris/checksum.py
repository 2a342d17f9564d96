"""The checksum (CRC-16) at the end of a code."""

import binascii
from typing import Final

CRC_HEADER: Final = "6304"
"""ID and length of the checksum itself; they are part of what is summed (clause 4.7.16.1)."""


def checksum(text: str) -> str:
    """Return CRC-16 with polynomial 1021 and initial value FFFF over the UTF-8 bytes of `text`.

    Four upper-case hexadecimal digits, as clauses 4.7.16.1 and 4.7.16.2 (ISO/IEC 13239) have it.
    Lengths in a code count characters; only this sum counts bytes.

    >>> checksum("123456789")
    '29B1'
    """
    return f"{binascii.crc_hqx(text.encode('utf-8', 'surrogatepass'), 0xFFFF):04X}"
