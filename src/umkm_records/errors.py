"""All errors of the records but those of tools; messages are Indonesian and say what to do."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from umkm.wib import in_wib
from umkm_records.database.errors import (
    CopyRefused,
    RecordsError,
    SchemaNotReady,
    SchemaTooNew,
    StorageDamaged,
    StorageError,
    StorageFull,
    StorageLocked,
    StorageUnreachable,
    StorageUnwritable,
    UnknownParticipant,
    UnknownRecord,
)

__all__ = [
    "AnswerTooLarge",
    "CopyRefused",
    "DraftRefused",
    "FormError",
    "LockedOut",
    "LoginError",
    "MergeRefused",
    "NotInClass",
    "NothingToSend",
    "PhotoFull",
    "PhotoInUse",
    "RecordsError",
    "RegistrationPaused",
    "SchemaNotReady",
    "SchemaTooNew",
    "SheetClosed",
    "StorageDamaged",
    "StorageError",
    "StorageFull",
    "StorageLocked",
    "StorageUnreachable",
    "StorageUnwritable",
    "UnknownCohort",
    "UnknownParticipant",
    "UnknownReceipt",
    "UnknownRecord",
    "WrongLogin",
]


class FormError(RecordsError):
    """A form with mistakes: `errors` gives each wrong field its sentence, all at once."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("Ada isian yang perlu diperbaiki: " + " ".join(errors.values()))
        self.errors = dict(errors)


class RegistrationPaused(RecordsError):
    """Too many registered from one address; the form is good and may be sent again after `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(
            "Dari HP atau Wi-Fi ini sudah banyak yang mendaftar. Isian Anda belum tersimpan. "
            f"Tekan Daftar lagi setelah pukul {_clock(until)} WIB, atau minta pelatih membuka "
            "pendaftaran di Pantau kelas."
        )
        self.until = until


class LoginError(RecordsError):
    """A login failed."""


class WrongLogin(LoginError):
    """Identifier and PIN do not belong together; never says which of them was wrong."""

    def __init__(self) -> None:
        super().__init__("Nomor HP, kode, atau PIN belum cocok. Periksa, lalu coba lagi.")


class LockedOut(LoginError):
    """Too many wrong PINs; logins from there, or with this identifier, fail before `until`.

    `limit` names the count that is full (`people.login`): "pair", "device", "person", "address".
    """

    def __init__(self, until: datetime, limit: str = "pair") -> None:
        when = f"Coba lagi setelah pukul {_clock(until)} WIB"
        messages = {
            "person": "Nomor atau kode ini terlalu sering dicoba dengan PIN yang salah, juga dari HP lain. "
            f"Masuk dari HP yang biasa Anda pakai, atau {when[0].lower()}{when[1:]}, "
            "atau minta PIN baru kepada pelatih.",
            "address": "Dari HP atau Wi-Fi ini terlalu sering dicoba PIN yang salah. "
            f"{when}, atau minta PIN baru kepada pelatih.",
        }
        super().__init__(
            messages.get(
                limit,
                f"PIN salah terlalu sering. {when}, atau minta PIN baru kepada pelatih.",
            )
        )
        self.until = until
        self.limit = limit


def _clock(until: datetime) -> str:
    """Return the hour and minute in WIB, the minute rounded up: it is over then, not nearly."""
    rounded = until + timedelta(minutes=1) - timedelta(microseconds=1)
    return f"{in_wib(rounded):%H.%M}"


class UnknownCohort(UnknownRecord):
    """No class has this id or class code."""

    def __init__(self) -> None:
        super().__init__("Kelas ini tidak ada. Periksa kode kelasnya.")


class NotInClass(UnknownRecord):
    """The person is not in this class, or was not taken out of it."""

    def __init__(self) -> None:
        super().__init__("Orang ini tidak ada di kelas itu. Lihat lagi daftarnya.")


class MergeRefused(RecordsError):
    """Two people cannot be merged; nothing was changed."""


class UnknownReceipt(UnknownRecord):
    """No submission has this receipt code."""

    def __init__(self) -> None:
        super().__init__("Tanda terima ini tidak ada. Periksa kodenya.")


class DraftRefused(RecordsError):
    """An answer that cannot be stored."""


class AnswerTooLarge(DraftRefused):
    """An answer of more than `drafts.MAX_ANSWER_BYTES`."""

    def __init__(self) -> None:
        super().__init__("Jawaban terlalu panjang. Pendekkan jawaban Anda.")


class SheetClosed(RecordsError):
    """The assignment's result is published, so its answers can no longer change."""

    def __init__(self) -> None:
        super().__init__("Tugas ini sudah dinilai, jadi jawabannya tidak bisa diubah lagi.")


class NothingToSend(RecordsError):
    """Not one question of the assignment is answered."""

    def __init__(self) -> None:
        super().__init__("Belum ada jawaban. Isi dulu minimal satu soal, lalu kirim.")


class PhotoFull(RecordsError):
    """A person keeps as many photos as `photos.MOST_PHOTOS` and `photos.MOST_BYTES` allow."""

    def __init__(self) -> None:
        super().__init__(
            "Tempat foto Anda sudah penuh. Hapus foto yang tidak dipakai lagi, lalu coba lagi."
        )


class PhotoInUse(RecordsError):
    """A photo that an answer or a product of its owner names cannot be deleted."""

    def __init__(self) -> None:
        super().__init__("Foto ini masih dipakai. Lepaskan dulu dari jawaban atau barang Anda.")
