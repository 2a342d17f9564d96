"""Installs the folder of a class that the trainer's JupyterLab shows, each time the class is opened.

It holds the trainer's pages, the lessons without the trainer's notes, and those notes in a folder of
their own, so that they are not projected. It holds nothing of another class, no key and no database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
from nbformat.sign import NotebookNotary

from umkm.wib import WIB
from umkm_apps.runtime.secrets import FOLDER
from umkm_courses import Catalogue, Course

from .paths import Paths

MONITOR = "Pantau kelas.ipynb"
IMPORT = "Terima jawaban.ipynb"
REVIEW_QUEUE = "Periksa uraian.ipynb"
GRADES = "Nilai kelas.ipynb"
CASHIER_GAME = "Simulasi kasir.ipynb"
AD_GAME = "Simulasi iklan.ipynb"
#: The trainer's pages, in the order in which a class needs them, and their source files.
PAGES = {
    MONITOR: "pantau-kelas.ipynb",
    CASHIER_GAME: "simulasi-kasir.ipynb",
    AD_GAME: "simulasi-iklan.ipynb",
    IMPORT: "terima-jawaban.ipynb",
    REVIEW_QUEUE: "periksa-uraian.ipynb",
    GRADES: "nilai-kelas.ipynb",
}
LESSONS = "pelajaran"
NOTES = "catatan pelatih"
OWN = "pelajaran saya"
#: The cell tag of notes for the trainer.
TRAINER = "trainer"
#: Files that lessons read, so they are installed beside them; hidden in the file browser.
SUPPORT = ("misunderstandings.toml", "data")

_CLASSES = "pelatih"
_OLD_INDEX = ".salinan.json"


def class_folder(paths: Paths, class_id: str) -> Path:
    """Return the folder that the JupyterLab of a class shows."""
    return paths.data_dir / _CLASSES / class_id


def notary_folder(paths: Paths) -> Path:
    """Return the folder of notebook signatures: JupyterLab distrusts unsigned notebooks."""
    return paths.data_dir / FOLDER / "jupyter-notary"


def install_notebooks(paths: Paths, class_id: str, offered: Catalogue) -> Path:
    """Write the notebooks of a class into its folder, and return the folder.

    A copy that the trainer changed is moved to `pelajaran saya/` first, under its name and the time of
    the change. Outputs, and empty cells that JupyterLab adds, do not count as a change.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    root = class_folder(paths, class_id)
    root.mkdir(parents=True, exist_ok=True)
    own = _own_folder(paths, root)
    _clear_old_copies(paths, own)
    index = paths.data_dir / FOLDER / "jupyter-config" / class_id / "salinan.json"
    installed = _read_index(index)
    fresh = _pages(paths) | _of_courses(offered.courses.values())
    for name in sorted({*installed, *fresh}):
        _move_changed(root / name, own / _own_name(name), installed.get(name), fresh.get(name))
    for name, content in fresh.items():
        write_atomic(root / name, content)
    for course in offered.courses.values():
        if (own / course.slug).is_dir():
            for name, content in _support(course).items():
                write_atomic(own / course.slug / name, content)
    write_atomic(index, json.dumps({name: _digest(fresh[name]) for name in fresh}).encode())
    _sign(paths, fresh)
    return root


def _own_folder(paths: Paths, root: Path) -> Path:
    # One folder for all classes: a trainer's own lessons hold nothing of a class.
    own, shown = paths.data_dir / OWN, root / OWN
    own.mkdir(exist_ok=True)
    if not shown.is_symlink() and not shown.exists():
        shown.symlink_to(own, target_is_directory=True)
    return own


def _pages(paths: Paths) -> dict[str, bytes]:
    trainer = paths.home / "voila_apps" / "trainer"
    return {name: (trainer / file).read_bytes() for name, file in PAGES.items()}


def _of_courses(courses: Iterable[Course]) -> dict[str, bytes]:
    found = {}
    for course in courses:
        for lesson in course.lessons:
            shown, notes = split_notes(lesson.path.read_bytes())
            found[f"{LESSONS}/{course.slug}/{lesson.path.name}"] = shown
            if notes:
                found[f"{NOTES}/{course.slug}/{lesson.path.stem}.md"] = (
                    f"# {lesson.title}\n\n{notes}".encode()
                )
        support = _support(course)
        found |= {f"{LESSONS}/{course.slug}/{name}": support[name] for name in support}
    return found


def _support(course: Course) -> dict[str, bytes]:
    roots = [course.path / name for name in SUPPORT]
    files = [file for root in roots for file in (root, *root.rglob("*")) if file.is_file()]
    return {file.relative_to(course.path).as_posix(): file.read_bytes() for file in files}


def split_notes(lesson: bytes) -> tuple[bytes, str]:
    """Return a lesson without its cells for the trainer, and those cells as Markdown."""
    notebook = json.loads(lesson)
    cells = notebook["cells"]
    notes = [cell for cell in cells if TRAINER in cell["metadata"].get("tags", ())]
    notebook["cells"] = [cell for cell in cells if cell not in notes]
    text = "\n\n".join(_text(cell["source"]) for cell in notes)
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode(), text


def _own_name(name: str) -> Path:
    """Return where a changed copy goes in `pelajaran saya/`: the folders of courses stay."""
    path = Path(name)
    return Path(*path.parts[1:]) if path.parts[0] == LESSONS else path


def _move_changed(copy: Path, own: Path, installed: str | None, fresh: bytes | None) -> None:
    """Move a copy that the trainer changed; delete an unchanged one that the class no longer has."""
    try:
        digest = _digest(copy.read_bytes())
    except FileNotFoundError:
        return
    if digest == installed or (fresh is not None and digest == _digest(fresh)):
        if fresh is None:
            copy.unlink()
        return
    changed = datetime.fromtimestamp(copy.stat().st_mtime, WIB)
    target = own.with_name(f"{own.stem} (diubah {changed:%Y-%m-%d %H.%M}){own.suffix}")
    number = 1
    while target.exists():
        number += 1
        target = own.with_name(
            f"{own.stem} (diubah {changed:%Y-%m-%d %H.%M}, {number}){own.suffix}"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    copy.replace(target)


def _digest(content: bytes) -> str:
    """Return a digest of a file; of a notebook only its cells, without outputs and empty cells."""
    try:
        cells = [
            (cell["cell_type"], _text(cell["source"]).strip(), cell.get("attachments"))
            for cell in json.loads(content)["cells"]
        ]
        written = json.dumps([cell for cell in cells if cell[1] or cell[2]]).encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        written = content
    return hashlib.sha256(written).hexdigest()


def _text(source: Any) -> str:
    return source if isinstance(source, str) else "".join(source)


def _clear_old_copies(paths: Paths, own: Path) -> None:
    """Delete the copies that earlier versions wrote into the data folder; move changed ones."""
    old = paths.data_dir / _OLD_INDEX
    if not old.exists():
        return
    root = paths.data_dir
    known = {name: {_digest(text)} for name, text in _pages(paths).items()}
    for lesson in sorted(paths.courses.glob("*/lessons/*.ipynb")):
        whole = lesson.read_bytes()
        name = f"{LESSONS}/{lesson.parts[-3]}/{lesson.name}"
        known[name] = {_digest(whole), _digest(split_notes(whole)[0])}
    installed = _read_index(old)
    for copy in [*root.glob("*.ipynb"), *(root / LESSONS).rglob("*")]:
        name = copy.relative_to(root).as_posix()
        if not copy.is_file() or ".ipynb_checkpoints" in copy.parts:
            continue
        content = copy.read_bytes()
        if _digest(content) in known.get(name, ()) or hashlib.sha256(
            content
        ).hexdigest() == installed.get(name):
            copy.unlink()
        else:
            _move_changed(copy, own / _own_name(name), None, None)
    old.unlink()


def _sign(paths: Paths, fresh: Mapping[str, bytes]) -> None:
    folder = notary_folder(paths)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    notary = NotebookNotary(data_dir=str(folder))  # type: ignore[no-untyped-call]
    # Signatures are written again at each opening, so none needs to reach the disk: 60 waits take a second.
    notary.store.db.execute("PRAGMA synchronous = OFF")
    try:
        for name, content in fresh.items():
            if name.endswith(".ipynb"):
                notebook = nbformat.reads(content.decode(), as_version=4)  # type: ignore[no-untyped-call]
                notary.sign(notebook)  # type: ignore[no-untyped-call]
    finally:
        notary.store.close()


def _read_index(index: Path) -> dict[str, str]:
    try:
        installed = json.loads(index.read_text())
    except (OSError, ValueError):
        # Without an index every copy that differs counts as changed by the trainer.
        return {}
    return installed if isinstance(installed, dict) else {}


def write_atomic(target: Path, content: bytes) -> None:
    """Write a file atomically: after a power cut it is the old one or the new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(target.name + ".baru")
    fresh.write_bytes(content)
    fresh.replace(target)
