"""Errors of grading; each message tells staff what to do."""

import errno

from sqlalchemy.exc import DBAPIError

from umkm import UmkmError
from umkm_records.database.failures import explain
from umkm_records.errors import StorageFull, StorageLocked, StorageUnreachable


class GradingError(UmkmError):
    """The root of every error of this package."""


class ClassFolderError(GradingError):
    """The class folder cannot be used where it is."""


class AssignmentMismatch(GradingError):
    """An assignment's notebook and its questions do not belong together."""


class StorageTrouble(GradingError):
    """A file of the class folder cannot be read or written: a full disk, missing rights."""

    def __init__(self, error: OSError) -> None:
        why = "disk penuh" if error.errno == errno.ENOSPC else str(error.strerror)
        place = f" {error.filename}" if error.filename else ""
        super().__init__(
            f"Berkas kelas{place} tidak bisa dibaca atau ditulis ({why}). "
            "Periksa ruang disk dan izin folder data, lalu ulangi."
        )


class NotPrepared(GradingError):
    """The assignment is not released in this class."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Tugas {name} belum disiapkan di kelas ini. Buka kelasnya dulu.")


class Busy(GradingError):
    """Another process holds a lock for too long."""

    def __init__(self) -> None:
        super().__init__("Sedang dikerjakan proses lain. Tunggu sebentar, lalu ulangi.")


class GradebookTrouble(GradingError):
    """The gradebook cannot be read or written."""

    def __init__(self, error: DBAPIError) -> None:
        super().__init__(_say_database(error))


def _say_database(error: DBAPIError) -> str:
    match explain(error):
        case StorageFull():
            return (
                "Disk penuh, jadi buku nilai tidak bisa ditulis. Kosongkan ruang, lalu nilai lagi."
            )
        case StorageLocked():
            return "Buku nilai sedang dipakai terlalu lama. Tunggu sebentar, lalu nilai lagi."
        case StorageUnreachable():
            return (
                "Server basis data (PostgreSQL) tidak bisa dihubungi atau baru dinyalakan ulang. "
                "Periksa servernya, lalu nilai lagi."
            )
    detail = (str(error.orig).strip() or "tanpa keterangan").splitlines()[0]
    return (
        f"Buku nilai tidak bisa dibuka ({detail}). Tutup program lain yang "
        "memakainya. Bila tetap begini, pulihkan dari salinan cadangan: umkm restore"
    )


class BackupRefused(GradingError):
    """A backup was not made or not restored; nothing was changed."""


class ClusterTrouble(GradingError):
    """The Dask cluster cannot be reached, or gave no result."""


class SubmissionDamaged(GradingError):
    """A submission on disk that must not be graded, since it would get a false 0."""


class NotSandboxed(GradingError):
    """A trainee's notebook would have to run outside a sandbox."""

    def __init__(self, trouble: str) -> None:
        super().__init__(
            "Kiriman ini membawa notebook buatan peserta, yang hanya dijalankan dalam kurungan. "
            f"{trouble} Lalu nilai lagi."
        )


class NbgraderFailed(GradingError):
    """nbgrader failed; `log` is its log."""

    def __init__(self, message: str, log: str = "") -> None:
        super().__init__(message)
        self.log = log


class TakenByAnother(GradingError):
    """Another reviewer has claimed this text."""

    def __init__(self, grader: str) -> None:
        super().__init__(f"Sedang dibaca {grader}. Pilih jawaban lain.")
        self.grader = grader


class AnswerChanged(GradingError):
    """A text changed after its reviewer opened it, or it was marked meanwhile."""


class PointsRefused(GradingError):
    """Points below 0 or above the maximum."""

    def __init__(self, most: float) -> None:
        shown = f"{most:g}".replace(".", ",")
        super().__init__(f"Tulis poin dari 0 sampai {shown}, misalnya {shown} atau 1,5.")
