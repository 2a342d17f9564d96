"""The trainer's JupyterLab: its command, its folder, its notebooks."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

from umkm_apps.secret import kept_secret
from umkm_courses import Course

from .places import Places

MONITOR = "Pantau kelas.ipynb"
DESK = "Terima jawaban.ipynb"
QUEUE = "Periksa uraian.ipynb"
GRADES = "Nilai kelas.ipynb"
TILL = "Simulasi kasir.ipynb"
ADS = "Simulasi iklan.ipynb"
_OURS = {
    MONITOR: "pantau-kelas.ipynb",
    DESK: "terima-jawaban.ipynb",
    QUEUE: "periksa-uraian.ipynb",
    GRADES: "nilai-kelas.ipynb",
    TILL: "simulasi-kasir.ipynb",
    ADS: "simulasi-iklan.ipynb",
}

#: What a trainer finds set when JupyterLab opens for the first time; their own changes stay.
FIRST_SETTINGS = {
    "@jupyterlab/translation-extension/plugin": {"locale": "id_ID"},
    # A class has no internet, and no use for a question about news from it.
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
#: Kept from the file browser: nobody should open or delete these by accident.
HIDDEN = ["umkm.db*", "log", "__pycache__", "*.pyc"]


def lab_token(data_dir: Path) -> str:
    """The token of the trainer's JupyterLab; kept, so that an open tab survives a restart."""
    return kept_secret(data_dir, "jupyter", 12)


def lab_command(places: Places, port: int) -> list[str]:
    """The command line of JupyterLab, on loopback only."""
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}",
        "--ServerApp.port_retries=0", f"--ServerApp.root_dir={places.data_dir}",
        f"--ServerApp.preferred_dir={places.data_dir}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--ContentsManager.hide_globs={HIDDEN!r}",
    ]  # fmt: skip
    return [*command, "--allow-root"] if os.geteuid() == 0 else command


def lay_out_settings(settings_dir: Path) -> None:
    """Give a trainer's JupyterLab its first settings; one that is there is left alone."""
    for name, settings in FIRST_SETTINGS.items():
        target = settings_dir / f"{name}.jupyterlab-settings"
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(target, json.dumps(settings, indent=1))


def lay_out_notebooks(places: Places, course: Course) -> None:
    """Put the lessons and the trainer's own pages where their JupyterLab shows them.

    A copy the trainer has changed is left alone; an unchanged one follows the kit.
    """
    copies = {
        f"pelajaran/{course.slug}/{lesson.path.name}": lesson.path for lesson in course.lessons
    }
    trainer = places.home / "voila_apps" / "trainer"
    copies |= {name: trainer / file for name, file in _OURS.items()}
    ledger = places.data_dir / ".salinan.json"
    given = _read_ledger(ledger)
    for name, source in copies.items():
        target = places.data_dir / name
        fresh = source.read_bytes()
        if target.exists() and _digest(target.read_bytes()) not in (
            given.get(name),
            _digest(fresh),
        ):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(fresh)
        given[name] = _digest(fresh)
    _write_whole(ledger, json.dumps(given, indent=1))


def _read_ledger(ledger: Path) -> dict[str, str]:
    try:
        given = json.loads(ledger.read_text())
    except (OSError, ValueError):
        # Not knowing what was given only means that no copy is replaced.
        return {}
    return given if isinstance(given, dict) else {}


def _write_whole(target: Path, text: str) -> None:
    """Write a file that is never seen half: a power cut leaves the old one or the new one."""
    fresh = target.with_name(target.name + ".baru")
    fresh.write_text(text)
    fresh.replace(target)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
