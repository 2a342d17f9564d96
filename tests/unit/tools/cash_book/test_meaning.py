"""What words of an old list mean to a shopkeeper: an everyday sale or cost, or something to ask about."""

from datetime import date

import pytest

from umkm_tools.cash_book.importing import read_list

LATER = date(2026, 11, 29)


def taken_for(words, *, came, person=""):
    """What is booked of one row without asking; None where its owner is asked or it is refused."""
    row = f"27/11/2026;{words};{person};{'5.000' if came else ''};{'' if came else '5.000'}"
    found = read_list(f"Tanggal;Keterangan;Nama;Masuk;Keluar\n{row}\n".encode(), LATER)
    kinds = [one.kind for one in found.transactions]
    assert len(found.rows) + len(found.refused) == 1
    return kinds[0] if kinds else None


# What a shopkeeper would never count as a sale of today, or could mean either way.
NO_SALES = {
    "did not happen": (
        "Penjualan dibatalkan", "Pesanan batal", "Jual nasi gak jadi", "Penjualan di-cancel",
        "Penjualan QRIS gagal", "DP batal", "Jual kue, salah catat", "Penjualan diretur",
        "Pembatalan penjualan Shopee", "Koreksi penjualan kemarin", "Jualan tdk jadi",
        "Kue tidak laku", "Jualan dibalikin pembeli", "Jual nasi, pembeli kabur", "Jualan dapat uang palsu",
    ),
    "is not paid, or only in part": (
        "Jualan Bu Emi belum bayar", "Jual nasi blm dibayar", "Jual beras ngutang", "Jual kopi bon",
        "Penjualan kredit", "Penjualan tempo 14 hari", "Jual beras bayar besok", "Jual baju belum lunas",
        "Jual panci dicicil", "Jualan dihutang dulu", "Penjualan nunggak", "Bu Emi belum bayar",
        "Jual beras baru bayar sebagian", "Jualan ngebon", "Penjualan bayar nanti",
        "Jual kopi nanti dibayar", "Jualan uangnya nyusul", "Jual gula kurang 5 ribu", "Penjualan belum masuk",
    ),
    "is aid or another income": (
        "BLT UMKM pendapatan", "Pendapatan BPUM", "BPUM cair", "Bantuan modal usaha", "Hibah modal",
        "Pendapatan bansos", "PKH cair", "Pendapatan hadiah lomba", "Cashback Shopee", "Arisan cair",
        "Narik arisan", "Pendapatan kartu prakerja", "Pendapatan subsidi pemerintah", "Sumbangan pendapatan",
        "Pendapatan sewa kamar", "Pendapatan kontrakan", "Pendapatan lain-lain", "Pendapatan gaji",
        "Pendapatan THR", "Pendapatan dari pemerintah", "Pendapatan dikasih kakak", "Pendapatan BST",
        "Pendapatan bunga bank", "Komisi TikTok affiliate", "Pendapatan ojek",
    ),
    "was the owner's own": (
        "Jual gerobak lama", "Jual HP lama", "Penjualan kulkas", "Jual aset", "Jual emas", "Jual rumah",
        "Jual etalase bekas", "Motor dijual, laku", "Penjualan barang bekas", "Jual tanah warisan",
        "Jual sawah", "Jual kios", "Jual warung", "Jual rumah makan", "Jual gelang emas",
        "Jual perhiasan", "Jual TV", "Jual mesin jahit", "Jual oven second", "Jual Honda Beat",
        "Jual sapi", "Uang jual laptop", "Laku kulkas", "Jual 2 meja", "Jual saham", "Jual kontrakan",
        "Jual motor kredit", "Jual mobil dibayar QRIS", "Jual cincin kawin", "Penjualan inventaris",
        "Jual rongsokan", "Jual besi tua", "Jual peralatan dapur", "Jual kendaraan", "Jual springbed",
        "Jual mebel lama", "DP jual motor", "Jual ruko",
    ),
}  # fmt: skip
SALES = (
    "Penjualan 25 Nov", "Jual nasi uduk", "Jualan hari ini", "Omzet Senin", "Laku 3 kue", "Dagangan pagi",
    "Jual pulsa HP", "Jual nasi box", "Jual kacang tanah", "Jual minyak tanah", "Jual pisang emas",
    "Jual alat tulis", "Jual telur 2 rak", "Jual kue di rumah", "Penjualan toko", "Penjualan warung",
    "Penjualan rumah makan", "Jual nasi ke rumah makan Padang", "Antar jualan ke rumah Bu Ani",
    "Jual sembako", "Jual oli motor", "Pendapatan jasa jahit", "Pendapatan cuci motor", "Jual gas 3 kg",
    "Jual sate kambing", "Jual daging sapi", "Jual kue lebaran", "Jual hasil kebun", "Penjualan tunai",
    "Jual ikan mas", "Jual kopi sudah dibayar", "Jual nasi bayar tunai", "Jual sayur langganan lama",
    "Jual lontong jam 10", "Jual batik", "Jual beras subsidi", "Hasil jualan", "Jual bahan bangunan",
    "Penjualan minggu ini",
)  # fmt: skip


@pytest.mark.parametrize("words", [words for some in NO_SALES.values() for words in some])
def test_what_is_no_sale_is_never_booked_as_one(words):
    assert taken_for(words, came=True) is None


@pytest.mark.parametrize("words", SALES)
def test_an_everyday_sale_needs_no_question(words):
    assert taken_for(words, came=True) == "jual-tunai"


@pytest.mark.parametrize(
    ("words", "came", "kind"),
    [
        ("Jualan belum bayar", True, "jual-bon"),
        ("Jual beras ngutang", True, "jual-bon"),
        ("Bayar hutang", True, "terima-bon"),
        ("Bon jualan kemarin dibayar", True, "terima-bon"),
        ("Gadai emas", True, "pinjaman-masuk"),
        ("Beli gula belum bayar", False, "beli-stok-utang"),
        ("Belanja tepung ngutang dulu", False, "beli-stok-utang"),
        ("Bayar utang", False, "bayar-utang"),
    ],
)
def test_what_is_owed_needs_a_name(words, came, kind):
    assert taken_for(words, came=came) is None
    assert taken_for(words, came=came, person="Bu Emi") == kind


# For the house or its people: taken out for oneself, or asked about.
@pytest.mark.parametrize(
    "words",
    [
        "Beli token listrik rumah", "Beli beras buat rumah", "Bayar listrik rumah", "Beli gas buat rumah",
        "Wifi rumah", "PDAM rumah", "Sewa rumah", "Bayar kontrakan", "Gaji istri", "Gaji saya",
        "Bensin antar anak sekolah", "Beli susu anak", "Pulsa anak", "Kuota adik", "Beli obat",
        "Beli lauk untuk makan keluarga", "Beli beras untuk dimakan sendiri", "Beli baju lebaran",
        "Belanja kebutuhan rumah tangga", "Beli sabun keperluan rumah", "Beli kulkas rumah", "Beli emas",
        "Beli TV", "Beli tanah", "Tabungan anak", "Cicilan rumah", "Bayar KPR", "PBB rumah", "Pulsa ibu",
        "Beli seragam sekolah", "Bayar SPP", "Beli kado nikahan", "Beli rokok bapak", "Gaji pembantu",
        "Bensin mudik", "Beli lauk sendiri", "Beli perhiasan", "Beli beras bt rmh", "Beli susu bayi",
        "Beli sepatu", "Ongkos kuliah adik",
    ],
)  # fmt: skip
def test_things_for_the_house_are_no_costs_of_the_shop(words):
    assert taken_for(words, came=False) in {None, "ambil-pribadi"}


@pytest.mark.parametrize(
    "words",
    [
        "Beli gula batal", "Gaji Ujang belum dibayar", "Listrik belum bayar", "Beli kompor ngutang",
        "Pesanan plastik dibatalkan", "Beli plastik pakai uang pribadi",
    ],
)  # fmt: skip
def test_what_was_not_paid_or_not_done_is_no_cost_yet(words):
    assert taken_for(words, came=False) is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Beli gula", "beli-stok"), ("Kulakan", "beli-stok"), ("Belanja pasar", "beli-stok"),
        ("Beli kacang tanah", "beli-stok"), ("Beli minyak tanah", "beli-stok"),
        ("Beli telur 2 rak", "beli-stok"), ("Beli plastik", "beli-stok"),
        ("Listrik toko", "bayar-beban"), ("Bayar listrik warung", "bayar-beban"),
        ("Sewa kios", "bayar-beban"), ("Sewa kantin sekolah", "bayar-beban"),
        ("Gaji anak buah", "bayar-beban"), ("THR lebaran karyawan", "bayar-beban"),
        ("Bensin antar ke rumah pembeli", "bayar-beban"), ("Belanja rumah", "ambil-pribadi"),
        ("Uang sekolah anak", "ambil-pribadi"),
    ],
)  # fmt: skip
def test_everyday_costs_need_no_question(words, kind):
    assert taken_for(words, came=False) == kind
