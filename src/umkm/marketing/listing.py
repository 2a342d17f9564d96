"""Advice on a product's title, description and labels before it is put on sale.

A finding is advice ("saran") or, where a law stands behind it, a matter to put right; never a
verdict on the goods. Limits of platforms come in as data. Sources: titles, everpro.id and paxel.co;
what a label must say, UU 8/1999 article 8 (1) e-j (scribd 447745087) and BPOM 31/2018
(prolegal.id); the form of a P-IRT number, BPOM 22/2018 (tempo.co 462572, sukabumiupdate.com),
which BPOM 4/2024 replaced; chilled or frozen goods of animals, BPOM MD (CNN Indonesia, 21 October
2021).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from umkm.errors import InputError
from umkm.identity import parse_phone
from umkm.marketing.claims import CLAIMS, COSMETICS, LAW, NOTIFIED
from umkm.money import NotAnAmount, parse_rupiah


class Weight(Enum):
    """How much a finding matters."""

    ADVICE = "saran"
    """Sells better so."""
    DUTY = "wajib"
    """A law or the platform asks for it."""


@dataclass(frozen=True)
class Advice:
    """One finding: what was seen and what to do; `field` is the box it belongs to."""

    field: str
    weight: Weight
    message: str


@dataclass(frozen=True)
class Limits:
    """What a platform accepts: characters of a title; `max_description` where it has one."""

    platform: str
    min_title: int = 0
    max_title: int = 255
    max_description: int | None = None
    source: str = ""


@dataclass(frozen=True)
class Listing:
    """What a shop would put on sale; `food` asks for the labels of food."""

    title: str
    description: str
    price: str
    category: str = ""
    food: bool = False
    p_irt: str = ""


@dataclass(frozen=True)
class PirtNumber:
    """A P-IRT number taken apart: its packaging, region code and the year it ends (two digits)."""

    digits: str

    @property
    def packaging(self) -> str:
        """Return the material of the packaging in words."""
        return _PACKAGING.get(self.digits[0], "tidak dikenal")

    @property
    def region(self) -> str:
        """Return the code of province and city; Kota Serang is 3673."""
        return self.digits[3:7]

    @property
    def ends(self) -> int:
        """Return the year it ends."""
        return 2000 + int(self.digits[13:15])

    @property
    def written(self) -> str:
        """Return it as it stands on a label."""
        return f"P-IRT No. {self.digits[:13]}-{self.digits[13:]}"


_PACKAGING: Final = {
    "1": "gelas", "2": "plastik", "3": "karton atau kertas", "4": "kaleng",
    "5": "aluminium foil", "6": "lain-lain", "7": "komposit", "8": "ganda",
}  # fmt: skip

_SHORT_FORMS: Final = re.compile(
    r"\b(yg|dgn|utk|bgt|tdk|dr|krn|jg|sdh|blm|grtis|ori|ready)\b", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"\+?\d[\d\s().-]{7,}\d")

_FOOD_LABELS: Final = (
    ("bahan atau komposisi", r"\bbahan\b|komposisi|terbuat dari|dibuat dari"),
    ("berat atau isi bersih", r"\d\s*(?:g|gr|gram|kg|ml|l|liter|pcs|buah|biji|bungkus)\b|netto"),
    ("tanggal kedaluwarsa atau tahan berapa lama", r"ke?da?luwarsa|\bexp\b|tahan|baik digunakan"),
    ("cara menyimpan", r"simpan|kulkas|suhu ruang|tempat sejuk"),
    ("nama dan alamat pembuat", r"diproduksi|produksi oleh|dibuat oleh|alamat|produsen"),
)


def check_listing(listing: Listing, limits: Limits, this_year: int) -> list[Advice]:
    """Return all advice on a listing, duties first; empty where nothing is to be bettered.

    `this_year` tells whether a P-IRT number has ended.
    """
    found = [
        *_title(listing.title, limits),
        *_description(listing, limits),
        *_price(listing.price),
        *_claims(listing),
        *_cosmetics(listing),
        *(_food(listing, this_year) if listing.food else ()),
    ]
    return sorted(found, key=lambda one: one.weight is not Weight.DUTY)


def read_pirt(text: str) -> PirtNumber | None:
    """Return the P-IRT number in a text of any usual spelling, or None."""
    digits = re.sub(r"\D", "", re.sub(r"(?i)p\.?-?\s*irt\.?|no\.?|:", "", text))
    if len(digits) != 15 or digits[0] not in _PACKAGING:
        return None
    return PirtNumber(digits)


def count_characters(text: str) -> int:
    """Return how many characters a reader would count: an emoji with its skin colour is one."""
    folded = unicodedata.normalize("NFC", text)
    joined = re.sub(r"\u200d.", "", folded)
    return sum(1 for char in joined if unicodedata.category(char) not in {"Mn", "Me", "Cf", "Sk"})


def _title(title: str, limits: Limits) -> Iterator[Advice]:
    length = count_characters(title.strip())
    if length == 0:
        yield Advice("title", Weight.DUTY, "Judul belum diisi. Tulis nama barangnya.")
        return
    if length > limits.max_title:
        yield Advice(
            "title",
            Weight.DUTY,
            f"Judul {length} huruf. {limits.platform} menerima paling banyak {limits.max_title}.",
        )
    if length < limits.min_title:
        yield Advice(
            "title",
            Weight.ADVICE,
            f"Judul baru {length} huruf. Di {limits.platform} sebaiknya {limits.min_title} atau "
            "lebih: jenis barang, merek, lalu ukuran atau rasa.",
        )
    if len(title.split()) >= 3 and title.isupper():
        yield Advice("title", Weight.ADVICE, "Jangan huruf besar semua. Sulit dibaca.")
    if (short := _SHORT_FORMS.search(title)) is not None:
        yield Advice(
            "title", Weight.ADVICE, f"Tulis «{short[0]}» lengkap. Pembeli mencari kata yang utuh."
        )
    if repeated := _repeated(title):
        yield Advice("title", Weight.ADVICE, f"Kata «{repeated}» terlalu sering. Cukup sekali.")


def _description(listing: Listing, limits: Limits) -> Iterator[Advice]:
    text = listing.description.strip()
    length = count_characters(text)
    if length == 0:
        yield Advice("description", Weight.DUTY, "Penjelasan belum diisi.")
        return
    if limits.max_description is not None and length > limits.max_description:
        yield Advice(
            "description",
            Weight.DUTY,
            f"Penjelasan {length} huruf. {limits.platform} menerima paling banyak "
            f"{limits.max_description}.",
        )
    if len(text.split()) < 15:
        yield Advice(
            "description",
            Weight.ADVICE,
            "Penjelasan masih pendek. Tambahkan ukuran, bahan, cara pakai, dan cara kirim.",
        )
    if _holds_a_phone(f"{listing.title} {text}"):
        yield Advice(
            "description",
            Weight.ADVICE,
            "Ada nomor HP di dalam tulisan. Banyak marketplace menolaknya. Taruh di profil toko.",
        )


def _price(price: str) -> Iterator[Advice]:
    read = parse_rupiah(price)
    if isinstance(read, NotAnAmount):
        yield Advice("price", Weight.DUTY, read.message)


def _claims(listing: Listing) -> Iterator[Advice]:
    for field, text in (("title", listing.title), ("description", listing.description)):
        for pattern, promise, instead in CLAIMS:
            found = {one[0].lower(): one[0] for one in re.finditer(pattern, text, re.IGNORECASE)}
            if found:
                # Each of them: who takes out the one that was named would think the rest is fine.
                quoted = ", ".join(f"«{one}»" for one in found.values())
                yield Advice(field, Weight.DUTY, f"{quoted}: {promise}. {instead} {LAW}")


def _cosmetics(listing: Listing) -> Iterator[Advice]:
    text = f"{listing.title}\n{listing.description}"
    if not listing.food and COSMETICS.search(text) and not NOTIFIED.search(text):
        yield Advice(
            "description",
            Weight.DUTY,
            "Kosmetik perlu nomor notifikasi BPOM, misalnya NA18201234567. Tulis nomornya. "
            "Belum punya? Jangan dijual dulu.",
        )


def _food(listing: Listing, this_year: int) -> Iterator[Advice]:
    text = f"{listing.title}\n{listing.description}"
    missing = [
        label
        for label, pattern in _FOOD_LABELS
        if not re.search(pattern, text, re.IGNORECASE)
    ]  # fmt: skip
    if missing:
        yield Advice("description", Weight.DUTY, f"Belum tertulis: {_listed(missing)}.")
    if re.search(r"\bhalal\b", text, re.IGNORECASE) and not re.search(r"ID\d{8,}", text):
        yield Advice(
            "description",
            Weight.DUTY,
            "Anda menulis «halal». Sertakan nomor sertifikatnya, atau hapus kata itu.",
        )
    if not listing.p_irt.strip():
        yield Advice(
            "p_irt",
            Weight.ADVICE,
            "Makanan kemasan yang tahan lebih dari 7 hari perlu nomor P-IRT. Ikan atau daging yang "
            "dijual dingin atau beku perlu izin BPOM MD. Makanan siap santap tidak.",
        )
    elif (number := read_pirt(listing.p_irt)) is None:
        yield Advice(
            "p_irt", Weight.DUTY, "Nomor P-IRT berisi 15 angka, misalnya 2063673010001-31."
        )
    elif number.ends < this_year:
        yield Advice(
            "p_irt", Weight.DUTY, f"P-IRT ini berakhir tahun {number.ends}. Perpanjang dulu."
        )


def _holds_a_phone(text: str) -> bool:
    return any(_is_phone(found) for found in _NUMBER.findall(text))


def _is_phone(text: str) -> bool:
    try:
        parse_phone(text)
    except InputError:
        return False
    return True


def _repeated(title: str) -> str:
    words = re.findall(r"[^\W\d]{3,}", title.lower())
    return next((word for word in words if words.count(word) > 2), "")


def _listed(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} dan {last}" if others else last


def duties(found: Iterable[Advice]) -> list[Advice]:
    """Return only what must be put right before the goods are sold."""
    return [one for one in found if one.weight is Weight.DUTY]
