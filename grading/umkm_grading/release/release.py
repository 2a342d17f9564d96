"""Prepare a class: its folders, gradebook, students and released assignments."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import nbformat

from umkm_courses import Assignment
from umkm_courses.misunderstandings import FILE_NAME as TABLE_NAME
from umkm_grading.class_folder.atomic_files import digest, write_folder
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.class_folder.released_assignment import (
    ReleasedAssignment,
    make_released,
    read_released,
    write_released,
)
from umkm_grading.class_folder.submission_folder import list_submitters
from umkm_grading.errors import AssignmentMismatch, NotPrepared, StorageTrouble
from umkm_grading.gradebook.converters import release_assignment
from umkm_grading.gradebook.gradebook import create_gradebook, gradebook_exists, open_gradebook
from umkm_grading.gradebook.nbgrader_config import nbgrader_config
from umkm_records import Participant

#: Data a notebook may bring along. No .py or .md: nbgrader would release them, keys and all.
_COMPANIONS = {".csv", ".png", ".jpg", ".svg"}


def prepare(
    class_folder: ClassFolder, assignments: Iterable[Assignment], people: Iterable[Participant]
) -> None:
    """Prepare a class for delivery and grading; what is ready already is left alone.

    Raises:
        AssignmentMismatch: a notebook that lacks a cell for a question, or has one too many.
        NbgraderFailed: nbgrader refuses an assignment.
        StorageTrouble: the folder cannot be written.
    """
    try:
        _prepare(class_folder, list(assignments), sorted(people, key=lambda one: one.code))
    except OSError as error:
        raise StorageTrouble(error) from error


def _prepare(
    class_folder: ClassFolder, assignments: list[Assignment], people: list[Participant]
) -> None:
    releases = [make_released(one, _edition(one)) for one in assignments]
    sources = {one.name: one.path for one in assignments}
    is_new = not gradebook_exists(class_folder)
    stale = [
        released for released in releases if is_new or not _is_released(class_folder, released)
    ]
    if stale or is_new:
        with class_folder.preparing():
            if is_new:
                # The rows of a lost gradebook are lost too: nothing counts as graded any more.
                shutil.rmtree(class_folder.own_dir / "ledger", ignore_errors=True)
            create_gradebook(class_folder)
            class_folder.exchange_dir.mkdir(parents=True, exist_ok=True)
            for released in stale:
                _release(class_folder, released, sources[released.name])
    _enrol(class_folder, people)


def _edition(assignment: Assignment) -> str:
    files = _source_files(assignment.path)
    return digest(b"".join(name.encode() + b"\0" + files[name] for name in sorted(files)))


def _source_files(notebook: Path) -> dict[str, bytes]:
    companions = [path for path in notebook.parent.iterdir() if path.suffix in _COMPANIONS]
    # Marks name misunderstandings; their sentences travel with the assignment, so that a grader
    # on another machine has them too.
    table = notebook.parents[2] / TABLE_NAME
    files = [notebook, *companions, *([table] if table.is_file() else [])]
    return {path.name: path.read_bytes() for path in files}


def _is_released(class_folder: ClassFolder, released: ReleasedAssignment) -> bool:
    try:
        known = read_released(class_folder, released.name)
    except NotPrepared:
        return False
    return (
        known == released
        and (class_folder.release(released.name) / f"{released.name}.ipynb").is_file()
    )


def _release(class_folder: ClassFolder, released: ReleasedAssignment, notebook: Path) -> None:
    _check_cells(released, notebook)
    _check_still_fits(class_folder, released)
    files = _source_files(notebook)
    files[f"{released.name}.ipynb"] = files.pop(notebook.name)
    write_folder(class_folder.source(released.name), files, class_folder.own_dir / "staging")
    release_assignment(nbgrader_config(class_folder), released.name)
    try:
        _check_no_key(class_folder.release(released.name) / f"{released.name}.ipynb", notebook)
    except AssignmentMismatch:
        shutil.rmtree(class_folder.release(released.name))
        raise
    write_released(class_folder, released)


def _check_no_key(released: Path, notebook: Path) -> None:
    read = nbformat.read(released, as_version=4)  # type: ignore[no-untyped-call]
    for cell in read.cells:
        grading = cell.metadata.get("nbgrader", {})
        shows_key = grading.get("grade") and "mark(" in cell.source
        if shows_key or "HIDDEN TESTS" in cell.source or "MARK SCHEME" in cell.source:
            raise AssignmentMismatch(
                f"{notebook}: kunci soal {grading.get('grade_id', cell.get('id'))} masih terbaca "
                "setelah dirilis. Periksa baris ### BEGIN/END HIDDEN TESTS dan "
                "=== BEGIN/END MARK SCHEME ===."
            )


def _check_cells(released: ReleasedAssignment, notebook: Path) -> None:
    read = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    cells = {
        (grading["grade_id"], _marking(cell.cell_type, grading)): float(grading.get("points", 0))
        for cell in read.cells
        if (grading := cell.metadata.get("nbgrader")) and (grading["grade"] or grading["task"])
    }
    wanted = {(one.id, one.marking): float(one.points) for one in released.questions}
    for wrong in sorted({one for one, _ in wanted.items() ^ cells.items()}):
        raise AssignmentMismatch(
            f"{notebook}: sel penilaian untuk soal {wrong[0]} hilang, berlebih, tidak dikunci, "
            "atau poinnya tidak cocok. Perbaiki, lalu buka kelas lagi."
        )


def _marking(cell_type: str, grading: dict[str, object]) -> str:
    # An unlocked task cell makes every `nbgrader autograde` of the assignment fail.
    if not grading["locked"] or grading["solution"]:
        return "unlocked"
    kinds = {("code", False): "auto", ("markdown", True): "manual"}
    return kinds.get((cell_type, bool(grading["task"])), "unknown")


def _check_still_fits(class_folder: ClassFolder, released: ReleasedAssignment) -> None:
    try:
        known = read_released(class_folder, released.name, restored=True)
    except NotPrepared:
        return
    before, after = ({(q.id, q.marking) for q in one.questions} for one in (known, released))
    if before != after and list_submitters(class_folder, released.name):
        raise AssignmentMismatch(
            f"Soal tugas {released.name} bertambah atau berkurang padahal sudah ada kiriman. "
            "Kembalikan soalnya, atau buat tugas dengan nama baru."
        )


def _enrol(class_folder: ClassFolder, people: list[Participant]) -> None:
    with open_gradebook(class_folder) as gradebook:
        known = {one.id: (one.last_name, one.first_name) for one in gradebook.students}
        for person in people:
            # Formgrader shows "last name, first name".
            names = (_plain(person.name), _plain(person.business_name))
            if known.get(person.code) != names:
                gradebook.update_or_create_student(
                    person.code, last_name=names[0], first_name=names[1]
                )
        # Taken out of the class since. Whoever has sent something stays: their marks do.
        for gone in known.keys() - {person.code for person in people}:
            sent = (
                class_folder.root / "submitted" / gone
            ).is_dir() or gradebook.student_submissions(gone)
            if not sent:
                gradebook.remove_student(gone)


_NO_HTML = str.maketrans('<>&"', "‹›+″")


def _plain(name: str) -> str:
    # Formgrader's page writes names as they stand; a name needs no HTML.
    return name.translate(_NO_HTML)
