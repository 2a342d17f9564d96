"""Every data object of the QRIS specification: its name, form and length.

Tables 3.6 (root), 4.3 (accounts 26-45), 4.5 (51), 3.7 (62), 4.8 (62.99), 3.8 (64) and 3.20
(transfer, 40) as quoted in AstraPay's open-source validator; primitive accounts 02-25 as
EMVCo allots them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Form(StrEnum):
    """Which characters a value may hold."""

    DIGITS = "N"
    PRINTABLE = "ans"  # ASCII from space to tilde
    TEXT = "S"  # any printable character


@dataclass(frozen=True, slots=True)
class Tag:
    """One data object: `label` for shopkeepers, `name` as the specification has it."""

    id: str
    label: str
    name: str
    form: Form
    shortest: int
    longest: int
    clause: str
    no_pipe: bool = False


TagTable = Mapping[str, Tag]


def _table(clause: str, rows: str) -> TagTable:
    """Read `id form length label | name` lines; a clause of a tag's own follows its name."""
    found = {}
    for line in rows.strip().splitlines():
        head, _, tail = line.strip().partition(" | ")
        object_id, form, length, label = head.split(maxsplit=3)
        name, _, own_clause = tail.partition(" @ ")
        shortest, _, longest = length.rstrip("!").rpartition("-")
        found[object_id] = Tag(
            id=object_id,
            label=label,
            name=name,
            form=Form(form),
            shortest=int(shortest or longest),
            longest=int(longest),
            clause=own_clause or clause,
            no_pipe=length.endswith("!"),
        )
    return MappingProxyType(found)


ROOT: Final = _table(
    "Tabel 3.6",
    """
    00 N 2 Versi kode | Payload Format Indicator @ 4.7.1.1
    01 N 2 Sekali pakai atau tetap | Point of Initiation Method @ 4.7.2.1
    51 ans 1-99 Data pusat QRIS | Merchant Account Information Domestic Central Repository @ 4.7.7
    52 N 4 Jenis usaha | Merchant Category Code @ 4.7.6.1
    53 N 3 Mata uang | Transaction Currency @ 4.7.7.1
    54 ans 1-13 Jumlah bayar | Transaction Amount @ 4.7.8.1
    55 N 2 Cara memberi tip | Tip Indicator @ 4.7.9.1
    56 ans 1-13 Tip tetap | Tip Value of Fixed
    57 ans 1-5 Tip persen | Tip Value of Percentage @ 4.7.11.1
    58 ans 2! Negara | Country Code @ 4.7.12.1
    59 ans 1-25! Nama toko | Merchant Name @ 4.7.13.1
    60 ans 1-15! Kota | Merchant City @ 4.7.14.1
    61 ans 1-10! Kode pos | Postal Code @ 4.7.15
    62 S 1-99 Data tambahan | Additional Data Field Template @ 4.8
    63 ans 4 Angka periksa | CRC @ 4.7.16.2
    64 S 1-99 Nama dalam bahasa lain | Merchant Information-Language Template @ 4.9
    """,
)

ACCOUNT: Final = _table(
    "Tabel 4.3",
    """
    00 ans 1-32 Alamat penyelenggara | Globally Unique Identifier @ 4.7.5.3
    01 N 1-19 Nomor pedagang | Merchant PAN @ 4.7.5.4
    02 ans 1-15! Kode pedagang di penyelenggara | Merchant ID
    03 ans 3! Golongan usaha | Merchant Criteria @ Tabel 4.6
    """,
)

REPOSITORY: Final = _table(
    "Tabel 4.5",
    """
    00 ans 1-32 Alamat pusat QRIS | Globally Unique Identifier
    02 ans 1-15 NMID | National Merchant ID
    03 ans 3 Golongan usaha | Merchant Criteria @ Tabel 4.6
    """,
)

TRANSFER: Final = _table(
    "Tabel 3.20",
    """
    00 ans 1-32 Alamat penyelenggara | Reverse Domain
    01 N 16-19 Nomor penerima | Customer PAN
    02 ans 1-15 Kode penerima | Beneficiary ID
    04 ans 8-11 Kode bank | Bank Identifier Code
    """,
)

ADDITIONAL: Final = _table(
    "Tabel 3.7",
    """
    01 ans 1-25 Nomor tagihan | Bill Number
    02 ans 1-25 Nomor HP | Mobile Number
    03 ans 1-25 Nama cabang | Store Label
    04 ans 1-25 Nomor anggota | Loyalty Number
    05 ans 1-25 Nomor rujukan | Reference Label
    06 ans 1-25 Nama pelanggan | Customer Label
    07 ans 1-25 Kode kasir | Terminal Label
    08 ans 1-25 Keperluan | Purpose of Transaction
    09 ans 1-3 Data pembeli yang diminta | Additional Consumer Data Request @ 4.8.1.3
    10 ans 1-20 NPWP pedagang | Merchant Tax ID @ EMVCo 1.1
    11 ans 3 Cara kode ditampilkan | Merchant Channel @ EMVCo 1.1
    99 ans 1-95 Data khusus QRIS | Proprietary Data @ 4.8.1.4
    """,
)

PROPRIETARY: Final = _table(
    "Tabel 4.8",
    """
    00 ans 2 Penanda data khusus | Default Value
    01 ans 1-81 Isi data khusus | Unique Data
    """,
)

LANGUAGE: Final = _table(
    "Tabel 3.8",
    """
    00 ans 2 Bahasa | Language Preference @ 4.9.2.1
    01 S 1-25 Nama toko dalam bahasa itu | Merchant Name-Alternate Language @ 4.9.3.1
    02 S 1-15 Kota dalam bahasa itu | Merchant City-Alternate Language
    """,
)

_NETWORKS: Final = {
    **dict.fromkeys(("02", "03"), "Visa"),
    **dict.fromkeys(("04", "05"), "Mastercard"),
    **dict.fromkeys(("09", "10"), "Discover"),
    **dict.fromkeys(("11", "12"), "American Express"),
    **dict.fromkeys(("13", "14"), "JCB"),
    **dict.fromkeys(("15", "16"), "UnionPay"),
}


def is_account(object_id: str) -> bool:
    """Return whether this root object tells where the money goes (02-51)."""
    return "02" <= object_id <= "51"


def is_acquirer(object_id: str) -> bool:
    """Return whether this root object is a domestic acquirer's template (26-45)."""
    return "26" <= object_id <= "45"


def root_tag(object_id: str) -> Tag:
    """Return the tag of a root object; every two digits have one."""
    if known := ROOT.get(object_id):
        return known
    form, label, name, clause = Form.TEXT, "Data lain", "Unreserved Template", "Tabel 3.6"
    if is_acquirer(object_id):
        form, label, name, clause = Form.PRINTABLE, "Penyelenggara", "Domestic Acquirer", "4.7.5.1"
    elif "46" <= object_id <= "50":
        form, label, name = Form.PRINTABLE, "Rekening lain", "Merchant Account Information Template"
    elif "02" <= object_id <= "25":
        network = _NETWORKS.get(object_id, "jaringan kartu")
        form, label, name = Form.PRINTABLE, f"Rekening {network}", "Merchant Account Information"
    elif "65" <= object_id <= "79":
        name = "RFU for EMVCo"
    return Tag(object_id, label, name, form, 1, 99, clause)
