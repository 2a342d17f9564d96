"""Errors of the database, and the root of all errors of the records."""

from umkm import UmkmError


class RecordsError(UmkmError):
    """The root of every error of this package."""


_SAFE = "Jawaban yang sudah Anda isi aman di HP ini."


class StorageError(RecordsError):
    """The database could not be read or written.

    The message is for staff and for the log; `for_people` is for participants, who can
    mend nothing. `passing` errors are over by themselves: the same is worth asking again.
    """

    passing = False

    @property
    def for_people(self) -> str:
        """Return the message for participants."""
        return f"Data kelas di laptop pelatih tidak bisa dibuka. Beri tahu pelatih Anda. {_SAFE}"


class StorageFull(StorageError):
    """There is no room for what was to be kept; nothing of it is kept, all before it is."""

    def __init__(self) -> None:
        super().__init__(
            "Tempat penyimpanan penuh, jadi ini belum tersimpan. "
            "Kosongkan sedikit ruang di laptop kelas, lalu coba lagi."
        )

    @property
    def for_people(self) -> str:
        """Return the message for participants."""
        return (
            "Tempat penyimpanan di laptop pelatih penuh. Beri tahu pelatih Anda, lalu coba lagi. "
            + _SAFE
        )


class StorageLocked(StorageError):
    """Another process held the lock for longer than we wait, or a query took too long."""

    passing = True

    def __init__(self) -> None:
        super().__init__("Penyimpanan sedang sibuk, jadi ini belum tersimpan. Coba lagi sebentar.")

    @property
    def for_people(self) -> str:
        """Return the message for participants."""
        return f"Server kelas sedang sibuk. Tunggu sebentar, lalu coba lagi. {_SAFE}"


class StorageUnwritable(StorageError):
    """The records cannot be opened or written: missing rights, a missing folder, a bad disk."""

    def __init__(self, place: str = "") -> None:
        where = f" di {place}" if place else ""
        super().__init__(
            f"Data kelas{where} tidak bisa dibuka atau ditulis. "
            "Periksa folder data dan izinnya, lalu coba lagi."
        )


class StorageDamaged(StorageError):
    """The file is not a database of ours, or is damaged."""

    def __init__(self, place: str = "") -> None:
        which = f" {place}" if place else ""
        super().__init__(
            f"Berkas data kelas{which} rusak atau bukan berkas data kami. "
            "Jangan dihapus. Pulihkan dari cadangan terakhir."
        )


class StorageUnreachable(StorageError):
    """The database server does not answer, or does not let us in."""

    passing = True

    def __init__(self) -> None:
        super().__init__(
            "Server basis data tidak bisa dihubungi, jadi ini belum tersimpan. Periksa apakah "
            "server PostgreSQL menyala dan UMKM_DATABASE benar, lalu coba lagi."
        )

    @property
    def for_people(self) -> str:
        """Return the message for participants."""
        return f"Server kelas sedang tidak menjawab. Tunggu sebentar, lalu coba lagi. {_SAFE}"


class SchemaNotReady(StorageError):
    """A server's tables are missing or of an earlier version; they are made at deploy."""

    def __init__(self) -> None:
        super().__init__(
            "Tabel di server basis data belum ada atau belum terbaru. Jalankan sekali: umkm db upgrade"
        )


class SchemaTooNew(StorageError):
    """The records were written by a later version of the kit than this one."""

    def __init__(self) -> None:
        super().__init__(
            "Data kelas ini dibuat oleh versi program yang lebih baru. "
            "Pasang versi terbaru, lalu coba lagi."
        )


class CopyRefused(RecordsError):
    """A programme's data was not moved or put back; nothing of it is in the target."""


class UnknownRecord(RecordsError):
    """What was asked for is not in the records."""


class UnknownParticipant(UnknownRecord):
    """No participant has this code, or the person's data was erased."""

    def __init__(self) -> None:
        super().__init__("Peserta ini tidak ada. Periksa kode pesertanya.")
