"""The consent text of the catalogue."""

from __future__ import annotations

from umkm_tools.base.consent import Consent

# Kept for the person alone, like a cash book; what is in it the person shows to buyers.
STOREFRONT_CONSENT = Consent(
    version="katalog-2026-11",
    lines=(
        "Barang, harga, foto, dan nomor WhatsApp Anda disimpan di laptop kelas, supaya bisa Anda ubah lagi.",
        "Gunanya hanya untuk Anda. Tidak masuk laporan kelas atau dinas.",
        "Pelatih membukanya hanya bila Anda meminta salinan.",
        "Pembeli baru melihatnya kalau Anda sendiri mengirim berkasnya. Jangan pasang wajah orang lain tanpa izinnya.",
        "Anda bisa mengunduh dan menghapus semuanya kapan saja.",
    ),
)
