"""Classify a row of an imported list by its words: a kind, a question, or an entry by hand.

Nothing is guessed to be a sale or an expense: money that was borrowed, moved, given back, given as aid or
there before, things that were the owner's own and things for the house would make profit and tax wrong for
ever. Words are matched whole: "pengajian" holds no "gaji".
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
    """The words determine the kind."""

    kind: str
    category: str = ""


@dataclass(frozen=True)
class Question:
    """The owner must choose; `choices` are the kinds for which the row has all data."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class ByHand:
    """It needs data that a list does not have; `kind` is to be chosen on the page *Catat*."""

    kind: str
    lacks: str


Meaning = Known | Question | ByHand
_Rules = Sequence[tuple[re.Pattern[str], Meaning]]

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


def _rules(*pairs: tuple[str, Meaning]) -> _Rules:
    # Rules are ours and few; texts are 200 letters at the most.
    return tuple((re.compile(rf"\b(?:{pattern})\b"), meant) for pattern, meant in pairs)


def _both(one: str, other: str, but_not: str = "") -> str:
    """Return a pattern for texts that hold both, in any order, and nothing of `but_not`."""
    barred = rf"(?!.*\b(?:{but_not})\b)" if but_not else ""
    return rf"\A{barred}(?=.*\b(?:{one})\b).*\b(?:{other})"


def _not_after(before: str, words: str) -> str:
    """Return a pattern for `words` where the word before them is none of `before`."""
    return rf"(?:\A|\b(?!(?:{before})\b)\w+ )(?:{words})"


_SOLD: Final = "(pen|ter|di|men)?jual(an)?|jualan|laku|dagang(an)?|omzet|omset|pendapatan"
_BOUGHT: Final = "beli|belanja|kulak(an)?|stok|stock|restok"
_NOT: Final = "(belum|blm|belom|blom|tidak|tdk|ga|gak|gk|nggak|ngga|enggak|tak)"
# What did not happen after all, or was written down wrongly.
_CANCELLED: Final = (
    r"batal|(di|mem|pem)batal(kan|an)|cancel(ed|led)?|dicancel|void|gagal|urung|ditolak|hangus|fiktif"
    rf"|{_NOT} (jadi|laku|terjual)|salah (catat|input|tulis|hitung|ketik)|koreksi|ralat"
    "|kabur|ditipu|penipuan|palsu|dicuri"
)
_RETURNED: Final = (
    "(di)?retur|(di)?(kembalikan|kembaliin|balikin|pulangin)|pengembalian|refund|uang kembali"
)
_PARTLY: Final = (
    rf"{_NOT} (di)?lunas|lunas|sebagian|separuh|dicicil|bayar setengah|setengah bayar|kurang"
    rf"|{_NOT} ((di)?(cair|setor)(kan)?|masuk|ada)"
)
_UNPAID: Final = (
    rf"{_NOT} (di|ke|ter)?(bayar|transfer|tf|trf|terima)(kan|an|i)?"
    "|(nanti|ntar|besok|lusa) (baru )?(di)?bayar|(me)?nyusul"
    "|bayar(nya)? (nanti|ntar|besok|besuk|lusa|belakangan|mundur|tempo|minggu depan|bulan depan|akhir bulan|gajian"
    "|(habis|abis|setelah) (panen|gajian))|tempo|(me)?nunggak|tunggakan"
)
_ON_CREDIT: Final = "(nge|di)?bon|kasbon|kas bon|(di|ber)?h?utang|ngutang|piutang"
_PAID: Final = "(di|ter|mem)?bayar(an)?|pembayaran|(di|me)?lunas(i|in)?|pelunasan|cicil(an)?|nyicil|angsuran|setor(an)?"

# Eggs are counted by the "rak", which else is a shelf.
_MACHINES: Final = (
    r"etalase|kulkas|freezer|lemari|(?<!\d )(?<!satu )(?<!dua )rak|meja|kursi|kompor|oven|blender|mixer|mesin"
    "|motor|mobil|sepeda|gerobak|timbangan|laptop|komputer|hp|handphone|kipas|tenda"
)
_TOOLS: Final = f"{_MACHINES}|alat"
_BELONGINGS: Final = (
    "hape|ponsel|smartphone|iphone|tv|televisi|kamera|printer|ac|genset|pompa|dispenser|magic ?com|rice cooker|setrika"
    "|kasur|ranjang|tempat tidur|sofa|perabot(an)?|showcase|panci|wajan|dandang|tabung|peralatan|perlengkapan"
    "|inventaris|as+et|aktiva|perhiasan|emas|logam mulia|antam|cincin|kalung|gelang|anting|berlian|jam tangan|saham"
    "|kendaraan|mebel|furniture?|spring ?bed"
    "|reksa ?dana|deposito|kripto|crypto|dolar|dollar|valas|becak|bajaj|angkot|truk|pick ?up|perahu|traktor"
    "|honda|yamaha|suzuki|vario|beat|mio|supra|scoopy|nmax|avanza|xenia"
)
_LAND: Final = (
    "rumah(?! makan)|tanah(?! liat)|sawah|kebun|ladang|lahan|kavling|ruko|apartemen|empang|tambak"
    "|kontrakan|gudang|vila|villa|bangunan|properti|harta"
)
# Where the word before says that the thing itself was not meant: pulsa hp, pisang emas, di rumah.
_ABOUT_IT: Final = (
    "pulsa|kuota|paket|kartu|casing|case|charger|aksesoris|baterai|headset|voucher|antigores|oli|ban|sparepart|onderdil"
    "|busi|helm|jas|sarung|cover|jok|cuci|servis|service|reparasi|tambal|parkir|bengkel|jasa|tiket"
    "|pisang|nanas|mangga|kue|kacang|minyak|di|ke|dari|dr|depan|samping|belakang|dekat|hasil|panen|antar|bahan|material"
)
_OWN: Final = (
    rf"{_not_after(_ABOUT_IT, f'{_MACHINES}|{_BELONGINGS}|{_LAND}')}|alat(?! (tulis|sekolah|jahit|pancing|listrik))"
    r"|bekas|second|seken|rongsok(an)?|loakan|besi tua|jelantah|(tak|tidak) terpakai|nganggur"
    rf"|{_not_after('pelanggan|langganan|harga|stok|stock|resep', 'lama')}"
    "|jual (usaha|toko|kios|warung|lapak|kedai|depot|restoran|kantin|rumah makan)"
    "|(toko|kios|lapak|warung|usaha) (di|ter)jual"
    r"|jual (\d+ )?(ekor )?(sapi|kambing|kerbau|domba|kuda|ternak|pohon)"
)
_AID: Final = (
    "blt|bpum|bansos|banpres|bantuan|hibah|pkh|bpnt|blsm|bsu|baznas|csr|prakerja|stimulus|donasi|sumbangan|santunan"
    "|sedekah|infak|zakat|beasiswa|sponsor(ship)?|hadiah|undian|doorprize|lomba|juara|angpao|cashback|bonus|paylater"
    "|pemerintah|kemensos|dinsos|bst|pip|kip|pemberian|dikasih|diberi"
    rf"|{_not_after('gas|lpg|elpiji|minyak|beras|pupuk|solar|bbm', 'subsidi')}"
)
_OTHER_INCOME: Final = (
    "arisan|bunga|dividen|royalti|komisi|affiliate|afiliasi|adsense|endorse|sewa|rental|kontrakan|kos|kost"
    "|gaji|upah|honor|thr|pensiun(an)?|pesangon|insentif|lembur|warisan|lain lain|lainnya|pendapatan lain"
    "|(non|luar|bukan) usaha|(balik|kembali) modal|modal (kembali|teman|kawan|investor|patungan)|patungan|investor"
    "|ojek|ojol|angkot|becak|taksi"
)
_WALLETS: Final = "go ?food|grab ?food|grab|gojek|maxim|ovo|gopay|dana|linkaja|shopeefood|shopeepay|spay|debit|edc"

# The first that fits counts: what would do most harm as a sale or an expense stands first.
_CAME: Final = _rules(
    (_CANCELLED, _ANY_CAME),
    (_both(_SOLD, _OWN), _ANY_CAME),
    (_both(_UNPAID, f"sudah|udah|{_PARTLY}"), _ANY_CAME),
    (_both(_SOLD, _UNPAID), ByHand("jual-bon", _NAME)),
    (_both(_SOLD, f"{_ON_CREDIT}|kredit", _PAID), ByHand("jual-bon", _NAME)),
    (rf"{_both(_SOLD, _PARTLY, _ON_CREDIT)}|{_both(_SOLD, 'kredit')}", _ANY_CAME),
    (rf"{_UNPAID}|{_NOT} (di)?lunas", _ANY_CAME),
    (r"(saldo|kas|stok) awal|saldo|pindahan|sisa (kas|uang|laci)|kas (bulan|minggu) lalu",
     Question((("setor-modal", ""),))),
    (r"dp|uang muka|panjar|tanda jadi", ByHand("terima-dp", _NAME)),
    (_both(_PAID, "hutang|kredit", "dari|kur|bank|bri|koperasi|leasing|pinjam(an)?"), ByHand("terima-bon", _NAME)),
    (r"(ke)?pinjam(an|i)?|kur|hutang|utang dari|kredit|leasing|koperasi|talangan|gadai(an|kan)?|pegadaian|menggadaikan",
     ByHand("pinjaman-masuk", _NAME)),
    (r"(kas)?bon|piutang|utang|pelunasan|melunasi|lunas(i|in)?|nyicil|cicil(an)?|angsuran",
     ByHand("terima-bon", _NAME)),
    (rf"{_AID}|{_OTHER_INCOME}", _ANY_CAME),
    (r"qris cair|pencairan qris|cair qris", ByHand("qris-cair", "potongannya")),
    (r"cair|pencairan|penarikan saldo", Question(())),
    (r"tarik|narik|penarikan|ambil (uang )?(dari|di) (bank|atm)|atm", Known("dari-bank")),
    (_RETURNED, Question((("retur-beli", "barang"),))),
    (r"setor modal|modal( awal| usaha| tambahan)?", Known("setor-modal")),
    ((r"transfer|trsf|tf|kiriman|suami|istri|ibu|bapak|anak|pribadi|pinjem|(di|ni)?titip(an|kan)?|konsinyasi"
     r"|pre ?order|po|inden|booking"), _ANY_CAME),
    (r"qris", Known("jual-qris")),
    (r"shopee|tokopedia|marketplace|tiktok|lazada|bukalapak", Known("jual-marketplace")),
    (_WALLETS, _ANY_CAME),
    (r"(pen)?jual(an)?|jualan|terjual|laku|dagang(an)?|omzet|omset|pendapatan", Known("jual-tunai")),
)  # fmt: skip
_WAGES: Final = "gaji|upah|honor|thr"
_RENT: Final = "sewa|kontrak(an)?"
_POWER: Final = "listrik|token|pln|pdam|internet|wifi|kuota|pulsa|(bayar|tagihan|rekening) air"
_TRAVEL: Final = "bensin|pertalite|solar|transport(asi)?|parkir|ojek|tol|gojek|grab"
_ADS: Final = "iklan|spanduk|brosur|banner|promosi"
_DEBTS: Final = "angsuran|cicil(an)?|nyicil|kur|pinjaman|kredit|leasing|koperasi"
_NO_STOCK: Final = (
    f"{_WAGES}|{_RENT}|{_POWER}|{_TRAVEL}|{_ADS}|{_TOOLS}|{_BELONGINGS}|pajak|ongkos|ongkir|gas"
)
_FOR: Final = "(buat|untuk|utk|bwt|bt|tuk|keperluan|kebutuhan)"
_PRIVATE: Final = (
    r"prive|\Apribadi|(belanja|ambil( uang)?|pengeluaran|biaya|keperluan|kebutuhan|buat|untuk|utk) pribadi"
    r"|(belanja|keperluan|kebutuhan|uang|biaya|nafkah) rumah( tangga|(?= (?!\D)|\Z))|\Arumah tangga"
    r"|jajan (anak|adik|adek|cucu|sekolah)|uang jajan(?! (karyawan|pegawai|anak buah))|\Ajajan(?! pasar)"
    "|(bayar|uang|biaya)( saku)?( anak)? sekolah|spp|uang saku"
    # What a house and a shop in it share is asked.
    rf"|\A(?!.*\b(?:{_NO_STOCK})\b).*\b{_FOR} (orang )?"
    r"((rumah|rmh)( tangga| sendiri)?|keluarga|makan (sendiri|keluarga)|di(makan|pakai) sendiri)\Z"
)
_HOUSE: Final = (
    "(rumah|rmh)(?! (pembeli|pelanggan|pemesan|konsumen))|pribadi|keluarga|suami|istri|bini|anak(?! buah)"
    r"|ortu|orang tua|mertua|kakak|adik|adek|cucu|nenek|kakek|(ibu|bapak|mama|papa|emak|ayah)\Z|sendiri"
    rf"|saya|aku|pemilik|owner|bos|pembantu|pengasuh|jajan|{_not_after('kantin|depan|dekat|koperasi|ke|di', 'sekolah')}"
    "|kuliah|kampus|mudik|liburan|rekreasi|piknik|ulang tahun|nikah(an)?|pernikahan|sunatan|khitan(an)?|selamatan"
    f"|syukuran|tahlil(an)?|[kq]urban|aqiqah|haji|umr(oh|ah)|kado|hadiah|{_not_after('kue|thr|parcel', 'lebaran')}"
    "|bayi|baju|celana|sepatu|sandal|tas(?! (plastik|kresek))|kerudung|jilbab|mukena|kosmetik"
    "|obat|dokter|berobat|puskesmas|bpjs|skincare|kontrakan|kost?|kpr"
)
_WENT: Final = _rules(
    (_CANCELLED, _ANY_WENT),
    (_both(_UNPAID, f"{_NO_STOCK}|rumah"), _ANY_WENT),
    (_both(_BOUGHT, _UNPAID), ByHand("beli-stok-utang", _NAME)),
    (_both(_BOUGHT, _ON_CREDIT, f"{_PAID}|{_NO_STOCK}|rumah"), ByHand("beli-stok-utang", _NAME)),
    (_UNPAID, _ANY_WENT),
    (_both(f"{_DEBTS}|h?utang", "rumah|kpr|pribadi|suami|istri|anak|sekolah|kuliah"), _ANY_WENT),
    (r"saldo|pindahan", Question(())),
    (rf"{_DEBTS}|gadai(an)?|pegadaian", ByHand("angsuran", "bunganya")),
    (r"utang|hutang|bon|kasbon|lunas(i|in)?|pelunasan", ByHand("bayar-utang", _NAME)),
    (_PRIVATE, Known("ambil-pribadi")),
    (_HOUSE, _ANY_WENT),
    ((r"(setor|simpan|masuk(kan)?|nabung|tabung(an)?)( uang| tunai)?( ke)? (bank|bri|bca|bni|bjb|mandiri|rekening)"
     r"|nabung|tabungan|setor tunai"), Known("ke-bank")),
    (r"pajak|pph|pbb|stnk|retribusi",
     Question((("bayar-beban", "pajak"), ("bayar-beban", "lain"), ("ambil-pribadi", "")))),
    (_RETURNED, Question((("retur-jual", ""),))),
    ((r"transfer|trsf|tf|tarik|kirim(an)?|titip(an)?|sumbangan|sedekah|infak|zakat|kondangan|hajatan|arisan"
     r"|asuransi|denda|modal|dapur|makan"), _ANY_WENT),
    (rf"(beli|belanja|bayar|tambah|ganti) .*\b({_TOOLS})", ByHand("beli-alat", "berapa bulan dipakai")),
    (r"ongkos|ongkir|angkut|kuli", Question((("ongkir-stok", "barang"), ("bayar-beban", "transport")))),
    (_WAGES, Known("bayar-beban", "gaji")),
    (_RENT, Known("bayar-beban", "sewa")),
    (_POWER, Known("bayar-beban", "listrik")),
    (_TRAVEL, Known("bayar-beban", "transport")),
    (_ADS, Known("bayar-beban", "iklan")),
    (r"kemasan|plastik|kardus|kresek|styrofoam|mika", Known("beli-stok", "kemasan")),
    (rf"{_TOOLS}|{_not_after(_ABOUT_IT, f'{_BELONGINGS}|{_LAND}')}", _ANY_WENT),
    (r"beli|belanja|kulak(an)?|stok|stock|restok|bahan( baku)?", Known("beli-stok", "barang")),
)  # fmt: skip
# Of a bank's own list, in which money that leaves the account is taken out of it.
_BANK_CAME: Final = _rules((r"setor( tunai)?|setoran", Known("ke-bank")))
_BANK_WENT: Final = _rules(
    (r"tarik|penarikan|atm", Known("dari-bank")),
    (r"biaya adm(in|inistrasi)?|adm(in)?", Known("bayar-beban", "lain")),
)


def meaning(words: str, person: str, *, came: bool, bank: bool) -> Meaning:
    """Return what a row was: money that `came` or went, in a list of a `bank` or of the owner."""
    plain = " ".join(re.sub(r"[^\w]+", " ", words.casefold()).split())
    rules = (*((_BANK_CAME if came else _BANK_WENT) if bank else ()), *(_CAME if came else _WENT))
    found: Meaning | None = next((meant for pattern, meant in rules if pattern.search(plain)), None)
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
