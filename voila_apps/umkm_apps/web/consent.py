"""What a participant agrees to when registering (UU 27/2022 PDP: purpose, kinds of data, rights)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Consent:
    """A consent text; a changed text gets a new version, and the version is recorded with each yes."""

    version: str
    lines: tuple[str, ...]


CONSENT = Consent(
    version="2026-11",
    lines=(
        "Kami menyimpan nama, nomor HP, nama dan jenis usaha, kelurahan, serta jawaban Anda di kelas ini.",
        "Gunanya: menilai tugas, mencatat kehadiran, dan membuat laporan pelatihan.",
        "Laporan untuk dinas hanya berisi jumlah dan rata-rata, tanpa nama Anda.",
        "Data dibaca oleh pelatih dan staf program kelas ini saja. Kami tidak meminta NIK.",
        "Anda boleh melihat, membetulkan, meminta salinan, atau meminta data Anda dihapus.",
        "Sampaikan kepada pelatih kapan saja.",
    ),
)

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
