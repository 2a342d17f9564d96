"""The 67 kelurahan of Kota Serang and the kinds of business the kit knows.

Source: Kepmendagri 300.2.2-2430/2025 (kode wilayah 36.73); postal codes of Kota Serang.
"""

from dataclasses import dataclass
from types import MappingProxyType

from umkm.errors import InputError


@dataclass(frozen=True)
class Kelurahan:
    """One kelurahan: its Kemendagri code, name, kecamatan and postal code."""

    code: str
    name: str
    kecamatan: str
    postal_code: str

    @property
    def label(self) -> str:
        """Return the name with its kecamatan: two kelurahan are called Sukawana."""
        return f"{self.name} (Kec. {self.kecamatan})"


# Kecamatan code and name -> "number name postal code", one line a kelurahan. The numbers
# 02.1005, 03.1005 and 03.1015 do not exist.
_TABLE = {
    ("36.73.01", "Serang"): """
        1001 Serang 42116
        1002 Cipare 42117
        1003 Sumur Pecung 42118
        1004 Kota Baru 42112
        1005 Lopang 42113
        1006 Cimuncang 42111
        1007 Unyur 42111
        1008 Sukawana 42116
        1009 Lontarbaru 42115
        1010 Kaligandu 42116
        1011 Terondol 42119
        1012 Kagungan 42114
    """,
    ("36.73.02", "Kasemen"): """
        1001 Kasemen 42191
        1002 Mesjid Priyayi 42191
        1003 Terumbu 42191
        1004 Warung Jaud 42191
        1006 Bendung 42191
        1007 Banten 42191
        1008 Sawah Luhur 42191
        1009 Kilasah 42191
        1010 Kasunyatan 42191
        1011 Margaluyu 42191
    """,
    ("36.73.03", "Walantaka"): """
        1001 Walantaka 42183
        1002 Cigoong 42183
        1003 Nyapah 42183
        1004 Pangampelan 42183
        1006 Kiara 42183
        1007 Pager Agung 42183
        1008 Kalodran 42183
        1009 Kapuren 42183
        1010 Teritih 42183
        1011 Pabuaran 42183
        1012 Pasuluhan 42183
        1013 Tegalsari 42183
        1014 Pipitan 42183
        1016 Lebakwangi 42183
    """,
    ("36.73.04", "Curug"): """
        1001 Curug 42171
        1002 Tinggar 42171
        1003 Kemanisan 42171
        1004 Cipete 42171
        1005 Cilaku 42171
        1006 Pancalaksana 42171
        1007 Sukawana 42171
        1008 Sukalaksana 42171
        1009 Curug Manis 42171
        1010 Sukajaya 42171
    """,
    ("36.73.05", "Cipocok Jaya"): """
        1001 Cipocok Jaya 42121
        1002 Karundang 42125
        1003 Panancangan 42124
        1004 Banjar Agung 42122
        1005 Banjarsari 42123
        1006 Tembong 42126
        1007 Dalung 42127
        1008 Gelam 42128
    """,
    ("36.73.06", "Taktakan"): """
        1001 Taktakan 42162
        1002 Sayar 42162
        1003 Pancur 42162
        1004 Kuranji 42162
        1005 Kalanganyar 42162
        1006 Cilowong 42162
        1007 Panggungjati 42162
        1008 Drangong 42162
        1009 Umbul Tengah 42162
        1010 Sepang 42162
        1011 Lialang 42162
        1012 Taman Baru 42162
        1013 Cibendung 42162
    """,
}


def _read_table() -> tuple[Kelurahan, ...]:
    found = []
    for (kecamatan_code, kecamatan), lines in _TABLE.items():
        for line in lines.strip().splitlines():
            number, *name, postal_code = line.split()
            found.append(
                Kelurahan(f"{kecamatan_code}.{number}", " ".join(name), kecamatan, postal_code)
            )
    return tuple(found)


KELURAHAN: tuple[Kelurahan, ...] = _read_table()

BUSINESS_KINDS = MappingProxyType(
    {
        "warung": "Warung kelontong atau sembako",
        "kuliner": "Makanan dan minuman siap santap",
        "camilan": "Kue, camilan, dan makanan kemasan",
        "busana": "Pakaian, batik, dan jahit",
        "kerajinan": "Kerajinan tangan",
        "jasa": "Jasa: cukur, cuci, bengkel, dan lainnya",
        "pulsa": "Pulsa, ponsel, dan pembayaran tagihan",
        "tani-ikan": "Hasil tani, ternak, dan ikan",
        "daring": "Jualan lewat internet saja",
        "lain": "Usaha lain",
    }
)

_BY_CODE = {kelurahan.code: kelurahan for kelurahan in KELURAHAN}


def find_kelurahan(code: object) -> Kelurahan | None:
    """Return the kelurahan with this code (`36.73.02.1001`), or None."""
    return _BY_CODE.get(code) if isinstance(code, str) else None


def check_kelurahan(code: object, field: str = "kelurahan") -> str:
    """Return the code of a kelurahan of Kota Serang.

    Raises:
        InputError: nothing chosen, or a code that is not in the list.
    """
    if (kelurahan := find_kelurahan(code)) is None:
        raise InputError("Pilih kelurahan dari daftar.", field)
    return kelurahan.code


def check_business_kind(code: object, field: str = "business_kind") -> str:
    """Return the code of a kind of business.

    Raises:
        InputError: nothing chosen, or a code that is not in the list.
    """
    if not isinstance(code, str) or code not in BUSINESS_KINDS:
        raise InputError("Pilih jenis usaha dari daftar.", field)
    return code
