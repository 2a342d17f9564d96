"""The consent text of the cash book."""

from __future__ import annotations

from umkm_tools.base.consent import Consent

# A person's own books are specific personal data (UU 27/2022 Ps. 4), so they need a yes of their own.
BOOK_CONSENT = Consent(
    version="buku-kas-2026-11",
    lines=(
        "Catatan uang usaha Anda disimpan di laptop kelas, supaya bisa Anda buka lagi.",
        "Gunanya hanya untuk Anda. Tidak masuk laporan kelas atau dinas.",
        "Pelatih membukanya hanya bila Anda meminta salinan.",
        "Anda bisa mengunduh semuanya, dan menghapusnya kapan saja dari halaman Laporan.",
        "Nama pembeli yang Anda tulis ikut tersimpan. Tulis secukupnya saja.",
    ),
)
