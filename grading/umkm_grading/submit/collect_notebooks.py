"""Collect notebooks that trainees worked in: `umkm collect CLASS ASSIGNMENT FOLDER`."""

import errno
import json
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from umkm.identity import PARTICIPANT_CODE
from umkm.images import ImageError
from umkm_grading.class_folder.atomic_files import digest
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.class_folder.released_assignment import read_released
from umkm_grading.class_folder.submission_folder import (
    Submission,
    read_submission_manifest,
    write_submission,
)
from umkm_grading.errors import GradingError, StorageTrouble
from umkm_widgets.answer_file import FILE_NAME, read_answers
from umkm_widgets.photo_files import SHOWN_SIDE, file_of, named_in, read_photo
from umkm_widgets.photo_process import develop

LARGEST_NOTEBOOK = 5_000_000
_MOST_FILES = 50
#: What may lie beside a notebook. Anything Python could import may not.
_HARMLESS = {".ipynb", ".json", ".csv", ".txt", ".png", ".jpg", ".jpeg", ".svg", ".toml"}
#: Errors of our disk, which end the run; any other is that folder's.
_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
_JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True)
class CollectedNotebook:
    """The result for one trainee's folder; `reason` says why it was refused."""

    participant: str
    reason: str = ""


def collect(
    class_folder: ClassFolder, assignment: str, folder: Path, members: set[str]
) -> list[CollectedNotebook]:
    """Collect notebooks from a folder: one sub-folder a participant, named by the code.

    A notebook that was collected before and did not change is left alone.

    Raises:
        NotPrepared: the assignment is not released in this class.
        GradingError: the folder is not there.
        StorageTrouble: it cannot be read, or the class's folder cannot be written.
    """
    read_released(class_folder, assignment)
    if not folder.is_dir():
        raise GradingError(f"Folder {folder} tidak ada. Periksa tulisannya.")
    taken = []
    try:
        for place in sorted(folder.iterdir()):
            try:
                _take(class_folder, assignment, place, members)
                taken.append(CollectedNotebook(place.name))
            except _Refused as refused:
                taken.append(CollectedNotebook(ascii(place.name)[1:-1], str(refused)))
            except GradingError as error:
                taken.append(CollectedNotebook(place.name, error.message))
            except Exception as error:
                if isinstance(error, OSError) and error.errno in _DISK:
                    raise
                why = f"Isinya tidak bisa dibaca ({type(error).__name__}). Minta dikirim ulang."
                taken.append(CollectedNotebook(ascii(place.name)[1:-1], why))
    except OSError as error:
        raise StorageTrouble(error) from error
    return taken


class _Refused(Exception):
    """One trainee's folder is not collected; the others are."""


def _take(class_folder: ClassFolder, assignment: str, place: Path, members: set[str]) -> None:
    code = place.name
    if not PARTICIPANT_CODE.match(code) or code not in members:
        raise _Refused("Bukan kode peserta kelas ini. Ganti nama foldernya menjadi kode peserta.")
    if place.is_symlink() or not place.is_dir():
        raise _Refused("Bukan folder biasa.")
    files = dict(_files(place))
    notebook = files.get(f"{assignment}.ipynb", b"")
    _check_notebook(notebook, assignment)
    answers = read_answers(place / FILE_NAME).answers if FILE_NAME in files else {}
    if not answers:
        # It would take the place of answers sent by phone, and earn 0.
        raise _Refused(
            f"{FILE_NAME} tidak ada atau kosong. Jawaban ada di berkas itu; mintalah juga."
        )
    receipt = f"NB-{digest(notebook + files.get(FILE_NAME, b''))[:16]}"
    with class_folder.working_on(code, assignment):
        there = read_submission_manifest(class_folder, code, assignment)
        if there is not None and there.receipt == receipt:
            return
        attempt = there.attempt + 1 if there else 1
        now = datetime.now(UTC)
        photos = dict(_photos(place, answers))
        write_submission(
            class_folder,
            Submission(receipt, code, assignment, attempt, now, answers, notebook, photos),
        )


def _files(place: Path) -> Iterator[tuple[str, bytes]]:
    for number, path in enumerate(sorted(place.iterdir())):
        kind = path.lstat().st_mode
        if stat.S_ISLNK(kind):
            raise _Refused(
                f"{path.name} adalah tautan (symlink), bukan berkas. Minta berkas aslinya."
            )
        if stat.S_ISDIR(kind) and path.name == ".ipynb_checkpoints":
            continue
        if not stat.S_ISREG(kind) or path.suffix.lower() not in _HARMLESS:
            raise _Refused(
                f"{path.name} tidak boleh ikut: hanya notebook, jawaban, dan berkas data."
            )
        if path.stat().st_size > LARGEST_NOTEBOOK or number >= _MOST_FILES:
            raise _Refused(f"{path.name} terlalu besar, atau berkasnya terlalu banyak.")
        yield path.name, path.read_bytes()


def _photos(place: Path, answers: Mapping[str, object]) -> Iterator[tuple[str, bytes]]:
    for name in named_in(answers):
        content = read_photo(place, name)
        if content is None or not content.startswith(_JPEG):
            raise _Refused(f"Foto {file_of(name)} tidak ada atau berubah. Minta berkasnya juga.")
        try:
            develop(content, SHOWN_SIDE)
        except ImageError as error:
            raise _Refused(f"Foto {file_of(name)}: {error.message}") from error
        yield name, content


def _check_notebook(content: bytes, assignment: str) -> None:
    if not content:
        raise _Refused(f"{assignment}.ipynb tidak ada di folder ini. Periksa nama berkasnya.")
    try:
        notebook = json.loads(content)
        found = isinstance(notebook["cells"], list) and notebook["nbformat"] == 4
    except (ValueError, KeyError, TypeError, RecursionError):
        found = False
    if not found:
        raise _Refused("Notebooknya rusak, jadi tidak terbaca. Minta dikirim ulang.")
