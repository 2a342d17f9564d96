"""One question of each kind with its key, as an author of a bookkeeping course would write it."""

from umkm.exercise import (
    Key,
    fill_statement,
    long_text,
    match_pairs,
    number,
    photo,
    put_in_order,
    rupiah,
    several_choices,
    short_text,
    single_choice,
    sort_into_bins,
    spot_it,
    table_entry,
)

TABLE = {
    "omzet-bukan-laba": "Omzet adalah semua hasil jual. Kurangi dulu biayanya.",
    "prive-bukan-biaya": "Uang untuk rumah bukan biaya usaha.",
    "margin-bukan-markup": "Bagi dengan harga jual, bukan dengan modal.",
}

SINGLE = single_choice("Laci mana?", {"usaha": "Laci usaha", "rumah": "Laci rumah"})
SEVERAL = several_choices(
    "Mana yang biaya usaha?",
    {"plastik": "Kantong plastik", "sewa": "Sewa kios", "arisan": "Arisan", "spp": "SPP anak"},
)
AMOUNT = rupiah("Berapa labanya?")
NUMBER = number("Berapa persen marginnya?", "%", maximum=100, decimals=True)
SHORT = short_text("Apa nama uang usaha yang dipakai pemilik?")
LONG = long_text("Apa rencana Anda?", rubric={"Dua wadah": 1, "Jatah": 2})
PHOTO = photo("Foto barang Anda.", most=2, rubric={"Terang": 1, "Tajam": 2})
MATCH = match_pairs(
    "Masuk akun mana?",
    {"beras": "Beli beras untuk dijual", "bon": "Bu Ani bon sabun", "dapur": "Uang dapur"},
    {"stok": "Persediaan", "piutang": "Piutang", "prive": "Prive"},
)
ORDER = put_in_order(
    "Urutkan tutup warung.",
    {"cocok": "Cocokkan", "hitung": "Hitung uang", "tulis": "Tulis", "kunci": "Kunci laci"},
)
BINS = sort_into_bins(
    "Laci mana?",
    {"plastik": "Plastik", "listrik": "Token rumah", "beras": "Beras dagangan", "spp": "SPP"},
    {"usaha": "Laci usaha", "rumah": "Laci rumah"},
)
CASH_BOOK = table_entry(
    "Catat dua kejadian hari ini.",
    {
        "untuk": ("Keterangan", "text"),
        "arah": ("Masuk atau keluar", {"masuk": "Masuk", "keluar": "Keluar"}),
        "jumlah": ("Jumlah", "rupiah"),
    },
)
STATEMENT = fill_statement(
    "Lengkapi laba rugi.",
    {
        "jual": "Penjualan",
        "hpp": "Harga pokok",
        "laba-kotor": "Laba kotor",
        "biaya": "Biaya usaha",
        "laba": "Laba bersih",
    },
    {"jual": 900_000, "hpp": 600_000, "biaya": 100_000},
)
SPOT = spot_it(
    "Mana yang salah di nota ini?",
    "nota",
    {"toko": "Warung Bu Siti", "gula": "2 × Gula 15.000 = 30.000", "total": "Total 35.000"},
)
SPOT_TWO = spot_it(
    "Dua hal yang janggal?",
    "bukti",
    {"jam": "Jam 09.00", "nama": "WARUNG BU SIT1", "jumlah": "Rp1500.000", "status": "Berhasil"},
    most=2,
)

CASES = [
    (SINGLE, Key("rumah")),
    (SEVERAL, Key(["plastik", "sewa"], {"arisan": "prive-bukan-biaya"}, table=TABLE)),
    (AMOUNT, Key(250_000, {400_000: "omzet-bukan-laba"}, tolerance=500, table=TABLE)),
    (NUMBER, Key(25, {33.3: (1, "margin-bukan-markup")}, tolerance=0.1, table=TABLE)),
    (SHORT, Key(["prive", "pengambilan pribadi"], {"gaji": (0.5, "Pemilik tidak digaji.")})),
    (
        MATCH,
        Key(
            {"beras": "stok", "bon": "piutang", "dapur": "prive"},
            {("dapur", "stok"): "prive-bukan-biaya"},
            table=TABLE,
        ),
    ),
    (ORDER, Key(["hitung", "tulis", "cocok", "kunci"], {("cocok", "hitung"): "Hitung dulu."})),
    (
        BINS,
        Key(
            {"plastik": "usaha", "listrik": "rumah", "beras": "usaha", "spp": "rumah"},
            {("spp", "usaha"): "prive-bukan-biaya"},
            table=TABLE,
        ),
    ),
    (
        CASH_BOOK,
        Key(
            [{"arah": "masuk", "jumlah": 500_000}, {"arah": "keluar", "jumlah": 75_000}],
            {("jumlah", 50_000): "Periksa banyaknya nol."},
        ),
    ),
    (
        STATEMENT,
        Key(
            {"laba-kotor": "jual - hpp", "laba": "laba_kotor - biaya"},
            {("laba-kotor", "jual"): "omzet-bukan-laba"},
            table=TABLE,
        ),
    ),
    (SPOT, Key("total", {"gula": "Dua kali 15.000 memang 30.000."})),
    (SPOT_TWO, Key(["nama", "jumlah"])),
]

#: Marked by people, so without a key.
EVERY_KIND = [question for question, _ in CASES] + [LONG, PHOTO]
