"""A submission on disk: the released notebook, `answers.json`, photos, and a manifest of all."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from umkm.identity import PARTICIPANT_CODE, check_identifier
from umkm_grading.class_folder.atomic_files import (
    digest,
    json_bytes,
    read_object,
    write_file,
    write_folder,
)
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.errors import NotPrepared, SubmissionDamaged
from umkm_widgets.answer_file import FILE_NAME, LARGEST_FILE, read_answers
from umkm_widgets.photo_files import file_of, is_photo_file, read_photo

MANIFEST = "kiriman.json"
#: nbgrader's own two files; the second is no secret of ours.
TIMESTAMP = "timestamp.txt"
#: The notebook a trainee worked in; no .ipynb, so that nbgrader never takes it for the submission.
OWN_NOTEBOOK = "notebook-peserta.json"
SECRET = "submission_secret.txt"  # noqa: S105 - a file name


@dataclass(frozen=True)
class Submission:
    """The content of one submission, as the records or `umkm collect` give it."""

    receipt: str
    participant: str
    assignment: str
    attempt: int
    submitted_at: datetime
    answers: Mapping[str, object]
    notebook: bytes = b""
    #: By the name in the answers.
    photos: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class SubmissionManifest:
    """The manifest of a submission folder: receipt, attempt, digest of the answers, photos."""

    receipt: str
    attempt: int
    answers_digest: str
    photos: tuple[str, ...] = ()


def write_submission(class_folder: ClassFolder, submission: Submission) -> None:
    """Write a submission to where nbgrader looks for it, all of it or nothing.

    The caller holds `ClassFolder.working_on`.

    Raises:
        NotPrepared: the assignment is not released in this class.
    """
    files = _release_files(class_folder, submission.assignment)
    # The participant comes from the login, through the records, never from a browser.
    whose = {"version": 1, "participant": submission.participant}
    answers = json_bytes(whose | {"answers": dict(submission.answers)})
    manifest = {
        "receipt": submission.receipt,
        "attempt": submission.attempt,
        "answers_sha256": digest(answers),
    }
    if submission.photos:
        manifest["photos"] = sorted(submission.photos)
    sent = submission.submitted_at.astimezone(UTC)
    files |= {
        FILE_NAME: answers,
        MANIFEST: json_bytes(manifest),
        TIMESTAMP: f"{sent:%Y-%m-%d %H:%M:%S.%f} UTC".encode(),
        # Without it `nbgrader release_feedback` stops with FileNotFoundError.
        SECRET: secrets.token_hex(64).encode(),
    }
    if submission.notebook:
        files[OWN_NOTEBOOK] = submission.notebook
    files |= {file_of(name): content for name, content in submission.photos.items()}
    target = class_folder.submitted(submission.participant, submission.assignment)
    write_folder(target, files, class_folder.own_dir / "staging")


def read_submission_manifest(
    class_folder: ClassFolder, participant: str, assignment: str
) -> SubmissionManifest | None:
    """Read the manifest of the submission; None when there is none, or half of one."""
    stored: Mapping[str, Any] = read_object(
        class_folder.submitted(participant, assignment) / MANIFEST
    )
    try:
        photos = tuple(stored.get("photos", ()))
        return SubmissionManifest(
            stored["receipt"], stored["attempt"], stored["answers_sha256"], photos
        )
    except (KeyError, TypeError):
        return None


def read_sent_at(class_folder: ClassFolder, participant: str, assignment: str) -> datetime | None:
    """Return when the submission was sent, in UTC; None where nothing readable says so."""
    path = class_folder.submitted(participant, assignment) / TIMESTAMP
    try:
        text = path.read_text(encoding="utf-8").strip().removesuffix(" UTC")
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except (OSError, ValueError):
        return None


def is_whole(class_folder: ClassFolder, participant: str, assignment: str) -> bool:
    """Return whether the submission folder holds what its manifest says."""
    folder = class_folder.submitted(participant, assignment)
    manifest = read_submission_manifest(class_folder, participant, assignment)
    try:
        content = (folder / FILE_NAME).read_bytes()
    except OSError:
        return False
    if manifest is None or digest(content) != manifest.answers_digest:
        return False
    return all(read_photo(folder, name) is not None for name in manifest.photos)


def read_submission(
    class_folder: ClassFolder, participant: str, assignment: str
) -> dict[str, object]:
    """Read the answers to be graded, after checking them against the manifest.

    Raises:
        SubmissionDamaged: answers are missing, changed or too large, and would give a false 0.
    """
    path = class_folder.submitted(participant, assignment) / FILE_NAME
    if not is_whole(class_folder, participant, assignment):
        raise SubmissionDamaged(
            "Berkas jawabannya rusak atau hilang. Jawaban asli aman di data kelas; "
            "buka kelas sekali lagi untuk menyalinnya ulang."
        )
    if path.stat().st_size > LARGEST_FILE:
        raise SubmissionDamaged("Jawabannya terlalu panjang untuk dinilai otomatis.")
    return read_answers(path).answers


def read_files(class_folder: ClassFolder, participant: str, assignment: str) -> dict[str, bytes]:
    """Read our files beside the submitted notebook; others are left alone."""
    folder = class_folder.submitted(participant, assignment)
    names = {FILE_NAME, MANIFEST, TIMESTAMP, SECRET, OWN_NOTEBOOK}
    return {
        path.name: path.read_bytes()
        for path in _plain_files(folder)
        if path.name in names or is_photo_file(path.name)
    }


def list_strays(class_folder: ClassFolder, assignment: str) -> list[str]:
    """Return names of submission folders that are no participant's code."""
    check_identifier(assignment, "assignment")
    folders = (class_folder.root / "submitted").glob(f"*/{assignment}")
    return sorted(
        folder.parent.name for folder in folders if not PARTICIPANT_CODE.match(folder.parent.name)
    )


def list_submitters(class_folder: ClassFolder, assignment: str) -> list[str]:
    """Return the codes of everybody who has a submission in this class."""
    check_identifier(assignment, "assignment")
    folders = (class_folder.root / "submitted").glob(f"*/{assignment}")
    codes = (folder.parent.name for folder in folders)
    return sorted(code for code in codes if PARTICIPANT_CODE.match(code))


def restore_notebook(class_folder: ClassFolder, participant: str, assignment: str) -> None:
    """Replace the submitted notebook by the released one, whatever happened to it.

    No trainee supplies this notebook: one that lacks a cell is an old release or damaged.
    """
    folder = class_folder.submitted(participant, assignment)
    released = _release_files(class_folder, assignment)
    for stray in folder.glob("*.ipynb"):
        if stray.name not in released:
            stray.unlink()
    for name, content in released.items():
        path = folder / name
        if path.is_symlink() or not path.is_file() or path.read_bytes() != content:
            path.unlink(missing_ok=True)
            write_file(path, content)


def _release_files(class_folder: ClassFolder, assignment: str) -> dict[str, bytes]:
    folder = class_folder.release(assignment)
    files: dict[str, bytes] = {path.name: path.read_bytes() for path in _plain_files(folder)}
    if f"{assignment}.ipynb" not in files:
        raise NotPrepared(assignment)
    return files


def _plain_files(folder: Path) -> list[Path]:
    # A symlink could lead to a file of the staff's.
    return [path for path in folder.glob("[!.]*") if path.is_file() and not path.is_symlink()]
