"""The two forms of the test before and after each course, answered by hand and graded by nbgrader.

The numbers are those that participant `srg-siti1` gets; each answer was reckoned on paper.
"""

import pytest
from tests.grading.classes import open_class

from umkm_grading import grade

WHO = "srg-siti1"
RIGHT = {
    "pembukuan-tes-a": {
        "uang-siapa": {"beras": "usaha", "spp": "rumah", "plastik": "usaha", "pulsa": "rumah"},
        "arti-omzet": "omzet",
        "laba-sehari": "275rb",  # 800.000 - 500.000 - 25.000
        "isi-laci": "365.000",  # 200.000 + 600.000 - 350.000 - 85.000
        "sisa-bon": "65.000",  # 80.000 + 55.000 - 70.000
        "hpp-barang": "9,2 jt",  # 2.000.000 + 9.000.000 - 1.800.000
        "hpp-porsi": "11.000",  # (390.000 + 50.000) / 40
        "margin-berapa": "20",  # 4.500 / 22.500
        "harga-dari-modal": "40.000",  # 24.000 / 0,6
        "titik-impas": "210",  # 1.050.000 / 5.000
        "laporan-mana": {"untung": "laba-rugi", "utang": "posisi", "cara": "catatan"},
        "pajak-bulan-ini": "170.000",  # (478 + 56 - 500) juta x 0,5%
    },
    "pembukuan-tes-b": {
        "uang-siapa": {"oli": "usaha", "arisan": "rumah", "lap": "usaha", "sepatu": "rumah"},
        "arti-omzet": "omzet",
        "laba-sehari": "345rb",  # 850.000 - 400.000 - 105.000
        "isi-laci": "405.000",  # 250.000 + 650.000 - 370.000 - 125.000
        "sisa-bon": "125.000",  # 150.000 + 105.000 - 130.000
        "hpp-barang": "7,7 jt",  # 3.000.000 + 7.000.000 - 2.300.000
        "hpp-porsi": "5.200",  # (200.000 + 60.000) / 50
        "margin-berapa": "40",  # 26.000 / 65.000
        "harga-dari-modal": "80.000",  # 48.000 / 0,6
        "titik-impas": "85",  # 1.700.000 / 20.000
        "laporan-mana": {"biaya": "laba-rugi", "kas": "posisi", "alat": "catatan"},
        "pajak-bulan-ini": "170.000",  # (474 + 60 - 500) juta x 0,5%
    },
    "nontunai-tes-a": {
        "dapat-atau-tanggung": {
            "tanpa-tunai": "dapat",
            "sinyal": "tanggung",
            "kembalian": "dapat",
            "potongan": "tanggung",
        },
        "cara-bayar": {"stiker": "statis", "layar": "dinamis", "kasir": "cpm"},
        "kode-sendiri": ["nmid"],
        "urutan-kasir": ["jumlah", "nama", "notifikasi", "barang"],
        "biaya-mdr": "2.400",  # 800.000 x 0,3%
        "uang-diterima": "287.970",  # 290.000 - 2.030
        "siapa-menanggung": "tidak",
        "hari-cair": "selasa",
        "bukti-lengkap": "tahan",
        "kelebihan-masuk": "penyedia",
        "selisih-cair": "943.350",  # 950.000 - 6.650
        "rahasia-atau-boleh": {
            "rekening": "boleh",
            "pin": "rahasia",
            "stiker": "boleh",
            "otp": "rahasia",
        },
    },
    "nontunai-tes-b": {
        "dapat-atau-tanggung": {
            "tunggu": "tanggung",
            "tercatat": "dapat",
            "data": "tanggung",
            "palsu": "dapat",
        },
        "cara-bayar": {"mesin": "dinamis", "tunjuk": "cpm", "meja": "statis"},
        "kode-sendiri": ["nmid"],
        "urutan-kasir": ["sebut", "layar", "masuk", "kunci"],
        "biaya-mdr": "2.580",  # 860.000 x 0,3%
        "uang-diterima": "119.160",  # 120.000 - 840
        "siapa-menanggung": "bengkel",
        "hari-cair": "senin",
        "bukti-lengkap": "simpan",
        "kelebihan-masuk": "asal",
        "selisih-cair": "903.630",  # 910.000 - 6.370
        "rahasia-atau-boleh": {
            "sandi": "rahasia",
            "nama": "boleh",
            "kode": "rahasia",
            "nmid": "boleh",
        },
    },
}
#: What each named misunderstanding leads to with form A's numbers: no points, and its sentence.
WRONG = {
    "laba-sehari": "205.000",
    "isi-laci": "450.000",
    "hpp-barang": "9.000.000",
    "margin-berapa": "25",
    "harga-dari-modal": "33.600",
    "titik-impas": "70",
    "pajak-bulan-ini": "280.000",
}


@pytest.mark.parametrize("form", RIGHT)
def test_a_form_answered_right_earns_a_point_for_each_item(tmp_path, catalogue, form):
    one_class = open_class(tmp_path, catalogue, form)
    one_class.put(WHO, RIGHT[form])
    (outcome,) = grade(one_class.class_folder, one_class.assignment)
    assert outcome.ok, outcome.message
    assert {q: score.points for q, score in one_class.scores(WHO).items()} == dict.fromkeys(
        RIGHT[form], 1
    )
    assert not outcome.waiting_for_human


def test_common_mistakes_earn_nothing_and_half_sorted_earns_half(tmp_path, catalogue):
    one_class = open_class(tmp_path, catalogue, "pembukuan-tes-a")
    half = {"beras": "usaha", "spp": "rumah", "plastik": "rumah", "pulsa": "usaha"}
    one_class.put(WHO, RIGHT["pembukuan-tes-a"] | WRONG | {"uang-siapa": half})
    (outcome,) = grade(one_class.class_folder, one_class.assignment)
    scores = one_class.scores(WHO)
    assert {q: scores[q].points for q in WRONG} == dict.fromkeys(WRONG, 0)
    assert scores["uang-siapa"].points == 0.5
    assert outcome.points == 12 - len(WRONG) - 0.5
