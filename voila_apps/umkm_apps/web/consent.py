"""What a participant agrees to when registering (UU 27/2022 PDP: purpose, kinds of data, rights)."""

from __future__ import annotations

from umkm_tools.base.consent import Consent

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
