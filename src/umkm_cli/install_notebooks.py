"""What the trainer's JupyterLab shows: one folder a class, laid out anew at each opening.

A class's folder holds the trainer's own pages, its lessons without the trainer's notes, and those notes
apart, so that they are not projected. Nothing of another class, no answer key and no database is in it.
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
DESK = "Terima jawaban.ipynb"
QUEUE = "Periksa uraian.ipynb"
GRADES = "Nilai kelas.ipynb"
TILL = "Simulasi kasir.ipynb"
ADS = "Simulasi iklan.ipynb"
#: The trainer's own pages, in the order in which a class needs them, and where each comes from.
PAGES = {
    MONITOR: "pantau-kelas.ipynb",
    TILL: "simulasi-kasir.ipynb",
    ADS: "simulasi-iklan.ipynb",
    DESK: "terima-jawaban.ipynb",
    QUEUE: "periksa-uraian.ipynb",
    GRADES: "nilai-kelas.ipynb",
}
LESSONS = "pelajaran"
NOTES = "catatan pelatih"
OWN = "pelajaran saya"
#: The cell tag of what only the trainer reads.
TRAINER = "trainer"
#: Beside the lessons, since they read it; hidden in the file browser.
SUPPORT = ("misunderstandings.toml", "data")

_CLASSES = "pelatih"
_OLD_LEDGER = ".salinan.json"


def class_folder(paths: Paths, class_id: str) -> Path:
    """The folder that the JupyterLab of a class shows."""
    return paths.data_dir / _CLASSES / class_id


def notary_folder(paths: Paths) -> Path:
    """Where the signatures of laid-out notebooks are: JupyterLab asks about unsigned ones."""
    return paths.data_dir / FOLDER / "jupyter-notary"


def install_notebooks(paths: Paths, class_id: str, offered: Catalogue) -> Path:
    """Write a class's folder anew and return it.

    A copy whose source the trainer changed is moved to `pelajaran saya/` first, under its name and the
    time of the change. Outputs, and empty cells that JupyterLab adds, are no change.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    root = class_folder(paths, class_id)
    root.mkdir(parents=True, exist_ok=True)
    own = _own_folder(paths, root)
    _adopt_old(paths, own)
    ledger = paths.data_dir / FOLDER / "jupyter-config" / class_id / "salinan.json"
    given = _read_ledger(ledger)
    fresh = _pages(paths) | _of_courses(offered.courses.values())
    for name in sorted({*given, *fresh}):
        _keep_changed(root / name, own / _own_name(name), given.get(name), fresh.get(name))
    for name, content in fresh.items():
        _write_whole(root / name, content)
    for course in offered.courses.values():
        if (own / course.slug).is_dir():
            for name, content in _support(course).items():
                _write_whole(own / course.slug / name, content)
    _write_whole(ledger, json.dumps({name: _meaning(fresh[name]) for name in fresh}).encode())
    _sign(paths, fresh)
    return root


def _own_folder(paths: Paths, root: Path) -> Path:
    # A trainer's own lessons are theirs in each class they teach, and hold nothing of a class.
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
    paths = [course.path / name for name in SUPPORT]
    files = [file for place in paths for file in (place, *place.rglob("*")) if file.is_file()]
    return {file.relative_to(course.path).as_posix(): file.read_bytes() for file in files}


def split_notes(lesson: bytes) -> tuple[bytes, str]:
    """A lesson without its cells for the trainer, and those as Markdown."""
    notebook = json.loads(lesson)
    cells = notebook["cells"]
    notes = [cell for cell in cells if TRAINER in cell["metadata"].get("tags", ())]
    notebook["cells"] = [cell for cell in cells if cell not in notes]
    told = "\n\n".join(_text(cell["source"]) for cell in notes)
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode(), told


def _own_name(name: str) -> Path:
    """Where in `pelajaran saya/` a changed copy goes: by course, as the lessons are."""
    path = Path(name)
    return Path(*path.parts[1:]) if path.parts[0] == LESSONS else path


def _keep_changed(copy: Path, own: Path, given: str | None, fresh: bytes | None) -> None:
    """Move a copy that the trainer changed; remove one that the class no longer has."""
    try:
        meaning = _meaning(copy.read_bytes())
    except FileNotFoundError:
        return
    if meaning == given or (fresh is not None and meaning == _meaning(fresh)):
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


def _meaning(content: bytes) -> str:
    """A digest of what somebody wrote: of a notebook its cells, without outputs and empty cells."""
    try:
        cells = [
            (cell["cell_type"], _text(cell["source"]).strip(), cell.get("attachments"))
            for cell in json.loads(content)["cells"]
        ]
        said = json.dumps([cell for cell in cells if cell[1] or cell[2]]).encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        said = content
    return hashlib.sha256(said).hexdigest()


def _text(source: Any) -> str:
    return source if isinstance(source, str) else "".join(source)


def _adopt_old(paths: Paths, own: Path) -> None:
    """Clear the copies that earlier versions laid into the data folder; what was changed is kept."""
    old = paths.data_dir / _OLD_LEDGER
    if not old.exists():
        return
    root = paths.data_dir
    known = {name: {_meaning(text)} for name, text in _pages(paths).items()}
    for lesson in sorted(paths.courses.glob("*/lessons/*.ipynb")):
        whole = lesson.read_bytes()
        name = f"{LESSONS}/{lesson.parts[-3]}/{lesson.name}"
        known[name] = {_meaning(whole), _meaning(split_notes(whole)[0])}
    given = _read_ledger(old)
    for copy in [*root.glob("*.ipynb"), *(root / LESSONS).rglob("*")]:
        name = copy.relative_to(root).as_posix()
        if not copy.is_file() or ".ipynb_checkpoints" in copy.parts:
            continue
        content = copy.read_bytes()
        if _meaning(content) in known.get(name, ()) or hashlib.sha256(
            content
        ).hexdigest() == given.get(name):
            copy.unlink()
        else:
            _keep_changed(copy, own / _own_name(name), None, None)
    old.unlink()


def _sign(paths: Paths, fresh: Mapping[str, bytes]) -> None:
    folder = notary_folder(paths)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    notary = NotebookNotary(data_dir=str(folder))  # type: ignore[no-untyped-call]
    # A lost signature is made again at the next opening; waiting for the disk 60 times is a second.
    notary.store.db.execute("PRAGMA synchronous = OFF")
    try:
        for name, content in fresh.items():
            if name.endswith(".ipynb"):
                notebook = nbformat.reads(content.decode(), as_version=4)  # type: ignore[no-untyped-call]
                notary.sign(notebook)  # type: ignore[no-untyped-call]
    finally:
        notary.store.close()


def _read_ledger(ledger: Path) -> dict[str, str]:
    try:
        given = json.loads(ledger.read_text())
    except (OSError, ValueError):
        # Not knowing what was given only means that an older copy counts as the trainer's.
        return {}
    return given if isinstance(given, dict) else {}


def _write_whole(target: Path, content: bytes) -> None:
    """Write a file that is never seen half: a power cut leaves the old one or the new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(target.name + ".baru")
    fresh.write_bytes(content)
    fresh.replace(target)
