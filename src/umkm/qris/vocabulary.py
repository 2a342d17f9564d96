"""What the values of a code stand for, in a shopkeeper's words.

Acquirers' numbers as listed in AstraPay's open-source validator; business kinds by ISO 18245;
currencies by ISO 4217, of the countries whose codes Indonesians meet.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ACQUIRERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "93600002": "BRI",
        "93600008": "Bank Mandiri",
        "93600009": "BNI",
        "93600014": "BCA",
        "93600110": "Bank bjb",
        "93600425": "bjb syariah",
        "93600822": "AstraPay",
        "93600911": "LinkAja",
        "93600912": "OVO",
        "93600914": "GoPay",
        "93600915": "DANA",
        "93600918": "ShopeePay",
        "93600999": "penyelenggara contoh (tidak ada)",
    }
)

CATEGORIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "4814": "pulsa dan telekomunikasi",
        "4829": "transfer uang",
        "5200": "bahan bangunan",
        "5311": "toko serba ada",
        "5411": "toko bahan makanan",
        "5462": "toko roti",
        "5499": "toko makanan lain",
        "5541": "SPBU",
        "5542": "SPBU swalayan",
        "5651": "toko pakaian",
        "5812": "rumah makan",
        "5814": "makanan cepat saji",
        "5912": "apotek",
        "5947": "toko oleh-oleh",
        "7210": "penatu",
        "7230": "salon dan tukang cukur",
        "7538": "bengkel",
        "8211": "sekolah dasar dan menengah",
        "8220": "perguruan tinggi",
        "8398": "lembaga sosial",
        "8661": "lembaga keagamaan",
        "9399": "layanan pemerintah",
    }
)

CRITERIA: Final[Mapping[str, str]] = MappingProxyType(
    {
        "UMI": "usaha mikro",
        "UKE": "usaha kecil",
        "UME": "usaha menengah",
        "UBE": "usaha besar",
        "URE": "usaha reguler",
        "PSO": "layanan umum pemerintah (PSO)",
        "BLU": "badan layanan umum (BLU)",
    }
)

CURRENCIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "156": "Yuan Tiongkok",
        "360": "Rupiah",
        "392": "Yen Jepang",
        "410": "Won Korea",
        "458": "Ringgit Malaysia",
        "702": "Dolar Singapura",
        "764": "Baht Thailand",
    }
)

PURPOSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "BILL": "membayar tagihan",
        "BOOK": "transfer ke bank yang sama",
        "CDPT": "setor tunai",
        "CWDL": "tarik tunai",
        "DMCT": "transfer antarbank",
        "XBCT": "transfer ke luar negeri",
    }
)

CONSUMER_DATA: Final[Mapping[str, str]] = MappingProxyType(
    {"A": "alamat", "M": "nomor HP", "E": "email"}
)
