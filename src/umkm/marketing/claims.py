"""Claims that a listing may not make: words, what they claim, and what to write instead.

Sources: UU 8/1999 articles 8 to 10; BPOM on notified cosmetics and on what they may not hold;
UU 20/2016 on marks.
"""

import re
from typing import Final

# Promises nobody can keep or prove (UU 8/1999 article 8 (1) e and f, article 9, article 10); the
# last column is what an honest seller writes instead.
LAW: Final = "Janji yang tidak sesuai barangnya dilarang (UU 8/1999)."
_ILLS: Final = (
    r"kolesterol|gula darah|diabetes|darah tinggi|hipertensi|asam urat|maag|kanker|tumor|stroke|jantung"
    r"|kista|asma|ginjal|jerawat membandel|flek"
)
CLAIMS: Final = (
    ((r"menyembuhkan|mengobati|sembuh total|obat (?:segala|semua|kuat|herbal)|anti ?kanker|berkhasiat"
     rf"|(?:menurunkan|penurun|mencegah|mengatasi|menghilangkan|meredakan|menormalkan) (?:{_ILLS})"
     rf"|(?:cocok|aman|baik|bagus) (?:untuk|bagi) (?:penderita|pasien) \w+(?: \w+)?"),
     "menyembuhkan penyakit",
     "Makanan dan kosmetik bukan obat. Tulis bahan dan rasanya saja."),
    ((r"100 ?(?:%|persen) (?:aman|alami|asli|ampuh|murni)|dijamin (?:100 ?(?:%|persen) )?(?!uang|ganti|diganti)\w+"
     r"|tanpa (?:efek samping|risiko)"
     r"|aman (?:untuk|bagi) (?:ibu hamil|bumil|busui|ibu menyusui|bayi)"),
     "jaminan mutlak", "Tulis apa yang bisa Anda tunjukkan, misalnya bahan yang dipakai."),
    ((r"ter(?:baik|murah|enak|laris|ampuh)\b|nomor (?:1|satu)|no\.? ?1\b|# ?1\b|nomer 1"
     r"|paling (?:murah|enak|laris|bagus|ampuh|baik|lengkap)"),
     "paling unggul", "Sulit dibuktikan. Tulis kelebihan yang nyata, misalnya «dibuat setiap pagi»."),
    (r"(?:resmi|terdaftar|lulus|izin|sudah|aman|ber|uji) ?-?bpom\b(?!\W*(?:(?:ri|md|ml|na|no|nomor|tr)\W*)*\d)",
     "terdaftar BPOM", "Sertakan nomor izinnya. Tanpa nomor, jangan ditulis."),
    ((r"(?:pasti|langsung) (?:kaya|kurus|putih|langsing)|memutihkan(?: permanen)?|putih permanen|melangsingkan"
     r"|pelangsing|(?:hasil|terlihat|putih|kurus|langsing)[^.,]{0,20}\b\d+ (?:hari|minggu|jam)"),
     "hasil yang pasti", "Hasil tiap orang berbeda. Hapus janji ini."),
    (r"\bkw\b(?: super| premium| ori)?|mirror quality|replika|1:1",
     "barang tiruan merek", "Menjual tiruan merek orang dilarang (UU 20/2016). Jangan dijual."),
    (r"merkuri|mercury|hidrokuinon|hydroquinone|asam retinoat|tretinoin",
     "bahan yang dilarang di kosmetik", "Kosmetik dengan bahan ini dilarang BPOM. Jangan dijual."),
)  # fmt: skip
# What is put on skin, hair and teeth must be notified to BPOM; its number begins with N and a letter.
COSMETICS: Final = re.compile(
    r"\b(?:cream|krim|serum|toner|skin ?care|kosmetik|pemutih|lotion|lulur|body ?scrub|masker wajah|sabun muka"
    r"|facial wash|lipstik|lip ?(?:cream|tint|balm)|bedak|foundation|parfum|sampo|shampoo)\b(?! (?:cheese|soup|sup))",
    re.IGNORECASE,
)
NOTIFIED: Final = re.compile(r"\bN[A-E]\W*\d{11}\b", re.IGNORECASE)
