"""What a row of an old list was, by its words: a kind for sure, a question, or a matter for the page *Catat*.

Nothing is guessed to be a sale or an expense: money that was borrowed, moved, given back or there before
would make profit and tax wrong for ever. Words are matched whole: "pengajian" holds no "gaji".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from umkm.bookkeeping.kinds import KINDS

Choice = tuple[str, str]
"""A kind and its category; the category may be empty."""


@dataclass(frozen=True)
class Known:
    """The words say what it was."""

    kind: str
    category: str = ""


@dataclass(frozen=True)
class Question:
    """The owner must say what it was; `choices` are the kinds that need no more than the row has."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class ByHand:
    """It needs something a list does not have; `kind` is what to choose on the page *Catat*."""

    kind: str
    lacks: str


Meaning = Known | Question | ByHand

_SALES: Final[tuple[Choice, ...]] = (
    ("jual-tunai", ""),
    ("jual-qris", ""),
    ("jual-marketplace", ""),
)
_CAME_OTHERS: Final[tuple[Choice, ...]] = (
    ("setor-modal", ""), ("dari-bank", ""), ("retur-beli", "barang"),
)  # fmt: skip
_EXPENSES: Final[tuple[Choice, ...]] = tuple(
    ("bayar-beban", name)
    for name in ("gaji", "sewa", "listrik", "transport", "iklan", "pajak", "lain")
)
_WENT_OTHERS: Final[tuple[Choice, ...]] = (
    ("beli-stok", "barang"), ("beli-stok", "kemasan"), ("ongkir-stok", "barang"),
    ("ambil-pribadi", ""), ("ke-bank", ""), ("retur-jual", ""),
)  # fmt: skip
_ANY_CAME: Final = Question((*_SALES, *_CAME_OTHERS))
_ANY_WENT: Final = Question((*_WENT_OTHERS, *_EXPENSES))

_NAME: Final = "nama orangnya"
_TOOLS: Final = (
    "etalase|kulkas|freezer|lemari|rak|meja|kursi|kompor|oven|blender|mixer|mesin|motor|mobil|sepeda|gerobak"
    "|timbangan|laptop|komputer|hp|handphone|kipas|tenda|alat"
)

# The first that fits counts: what would do most harm as a sale or an expense stands first.
_CAME: Final[Sequence[tuple[str, Meaning]]] = (
    (r"(saldo|kas|stok) awal|saldo|pindahan|sisa (kas|uang|laci)|kas (bulan|minggu) lalu",
     Question((("setor-modal", ""),))),
    (r"dp|uang muka|panjar|tanda jadi", ByHand("terima-dp", _NAME)),
    (r"(ke)?pinjam(an|i)?|kur|hutang|utang dari|kredit|leasing|koperasi|talangan",
     ByHand("pinjaman-masuk", _NAME)),
    (r"(kas)?bon|piutang|utang|pelunasan|melunasi|lunas(i|in)?|nyicil|cicil(an)?|angsuran",
     ByHand("terima-bon", _NAME)),
    (r"qris cair|pencairan qris|cair qris", ByHand("qris-cair", "potongannya")),
    (r"cair|pencairan|penarikan saldo", Question(())),
    (r"tarik|narik|penarikan|ambil (uang )?(dari|di) (bank|atm)|atm", Known("dari-bank")),
    (r"retur|dikembalikan|pengembalian|refund|uang kembali", Question((("retur-beli", "barang"),))),
    (r"setor modal|modal( awal| usaha| tambahan)?", Known("setor-modal")),
    ((r"transfer|trsf|tf|kiriman|suami|istri|ibu|bapak|anak|pribadi|arisan|hibah|bantuan|bansos|bunga|hadiah"
     r"|pinjem|titip(an)?|komisi|jual (motor|mobil|kulkas|alat|etalase|tanah)"), _ANY_CAME),
    (r"qris", Known("jual-qris")),
    (r"shopee|tokopedia|marketplace|tiktok|lazada|bukalapak", Known("jual-marketplace")),
    (r"(pen)?jual(an)?|jualan|terjual|laku|dagang(an)?|omzet|omset|pendapatan", Known("jual-tunai")),
)  # fmt: skip
_WENT: Final[Sequence[tuple[str, Meaning]]] = (
    (r"saldo|pindahan", Question(())),
    (r"angsuran|cicil(an)?|nyicil|kur|pinjaman|kredit|leasing|koperasi", ByHand("angsuran", "bunganya")),
    (r"utang|hutang|bon|kasbon|lunas(i|in)?|pelunasan", ByHand("bayar-utang", _NAME)),
    ((r"(setor|simpan|masuk(kan)?|nabung|tabung(an)?)( uang| tunai)?( ke)? (bank|bri|bca|bni|bjb|mandiri|rekening)"
     r"|nabung|tabungan|setor tunai"), Known("ke-bank")),
    (r"pajak|pph|pbb|stnk|retribusi",
     Question((("bayar-beban", "pajak"), ("bayar-beban", "lain"), ("ambil-pribadi", "")))),
    (r"retur|dikembalikan|pengembalian|refund|uang kembali", Question((("retur-jual", ""),))),
    ((r"transfer|trsf|tf|tarik|kirim(an)?|titip(an)?|sumbangan|sedekah|infak|zakat|kondangan|hajatan|arisan"
     r"|asuransi|denda|modal|dapur|makan"), _ANY_WENT),
    (rf"(beli|belanja|bayar|tambah|ganti) .*\b({_TOOLS})", ByHand("beli-alat", "berapa bulan dipakai")),
    (r"ongkos|ongkir|angkut|kuli", Question((("ongkir-stok", "barang"), ("bayar-beban", "transport")))),
    (r"gaji|upah|honor|thr", Known("bayar-beban", "gaji")),
    (r"sewa|kontrak(an)?", Known("bayar-beban", "sewa")),
    (r"listrik|token|pln|pdam|internet|wifi|kuota|pulsa|(bayar|tagihan|rekening) air",
     Known("bayar-beban", "listrik")),
    (r"bensin|pertalite|solar|transport(asi)?|parkir|ojek|tol|gojek|grab", Known("bayar-beban", "transport")),
    (r"iklan|spanduk|brosur|banner|promosi", Known("bayar-beban", "iklan")),
    (r"pribadi|sekolah|jajan( anak)?|(belanja|keperluan|kebutuhan|uang) rumah( tangga)?|rumah tangga",
     Known("ambil-pribadi")),
    (r"kemasan|plastik|kardus|kresek|styrofoam|mika", Known("beli-stok", "kemasan")),
    (rf".*\b({_TOOLS})", _ANY_WENT),
    (r"beli|belanja|kulak(an)?|stok|stock|restok|bahan( baku)?", Known("beli-stok", "barang")),
)  # fmt: skip
# Of a bank's own list, in which money that leaves the account is taken out of it.
_BANK_CAME: Final[Sequence[tuple[str, Meaning]]] = ((r"setor( tunai)?|setoran", Known("ke-bank")),)
_BANK_WENT: Final[Sequence[tuple[str, Meaning]]] = (
    (r"tarik|penarikan|atm", Known("dari-bank")),
    (r"biaya adm(in|inistrasi)?|adm(in)?", Known("bayar-beban", "lain")),
)


def meaning(words: str, person: str, *, came: bool, bank: bool) -> Meaning:
    """Return what a row was: money that `came` or went, in a list of a `bank` or of the owner."""
    plain = " ".join(re.sub(r"[^\w]+", " ", words.casefold()).split())
    rules = (*((_BANK_CAME if came else _BANK_WENT) if bank else ()), *(_CAME if came else _WENT))
    found: Meaning | None = next((said for pattern, said in rules if _stands(pattern, plain)), None)
    if found is None:
        return _ANY_CAME if came else _ANY_WENT
    if isinstance(found, ByHand) and found.lacks == _NAME and person:
        return Known(found.kind)
    return found


def label_of(choice: Choice) -> str:
    """Return a choice in the owner's words: `Bayar biaya usaha: Sewa tempat`."""
    kind = KINDS[choice[0]]
    named = (kind.categories or {}).get(choice[1], ("", ""))[1]
    return f"{kind.label}: {named}" if named else kind.label


def _stands(pattern: str, text: str) -> bool:
    # Rules are ours and few; texts are 200 letters at the most.
    return re.search(rf"\b(?:{pattern})\b", text) is not None
