"""Errors of the practice tools' stores; messages are Indonesian and say what to do."""

from umkm_records.database.errors import RecordsError


class TillClosed(RecordsError):
    """The cashier game is not open, or the player's sale belongs to a round that is over."""

    def __init__(self, *, late: bool = False) -> None:
        super().__init__(
            "Kode atau peran ini dari ronde yang sudah selesai. Lihat ronde yang sekarang."
            if late
            else "Belum ada kasir dengan kode itu, atau simulasi kelas tidak sedang dibuka."
        )


class TillFull(RecordsError):
    """A player has begun as many sales in a round as there may be."""

    def __init__(self) -> None:
        super().__init__(
            "Anda sudah banyak melayani pembeli di ronde ini. Tunggu ronde berikutnya."
        )


class AdGameClosed(RecordsError):
    """The advertising game is not open, or the round a player saw is no longer being decided."""

    def __init__(self, *, late: bool = False) -> None:
        super().__init__(
            "Putaran itu sudah ditutup pelatih. Lihat hasilnya, atau ikut putaran berikutnya."
            if late
            else "Simulasi kelas tidak sedang dibuka. Anda bisa main sendiri dulu."
        )


class AdGameMoved(RecordsError):
    """Another trainer has gone on with the advertising game since this one looked."""

    def __init__(self) -> None:
        super().__init__(
            "Simulasi ini sudah berpindah, mungkin dari layar pelatih lain. Lihat lagi."
        )


class BookClosed(RecordsError):
    """The person's cash book is not there, or was erased and perhaps begun anew elsewhere."""

    def __init__(self) -> None:
        super().__init__("Buku ini sudah dihapus. Muat ulang halaman ini.")


class BookFull(RecordsError):
    """A cash book holds `cash_book.MOST_ENTRIES` transactions and no more."""

    def __init__(self) -> None:
        super().__init__(
            "Buku ini sudah penuh. Unduh Excel-nya, lalu hapus buku ini dan mulai buku baru."
        )


class StorefrontClosed(RecordsError):
    """The person's catalogue is not there, or was erased and perhaps begun anew elsewhere."""

    def __init__(self) -> None:
        super().__init__("Katalog ini sudah dihapus. Muat ulang halaman ini.")
