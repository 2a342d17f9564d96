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
