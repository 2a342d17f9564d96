"""The trainer's JupyterLab: its command, its settings, and what the kit adds to it."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

from umkm_apps.runtime.secrets import FOLDER, stored_secret

from .laid_out import PAGES, SUPPORT, class_folder, notary_folder
from .places import Places

#: What a trainer finds set when JupyterLab opens for the first time; their own changes stay.
FIRST_SETTINGS = {
    "@jupyterlab/translation-extension/plugin": {"locale": "id_ID"},
    # A class has no internet, and no use for a question about news from it.
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    # A double click shows a page that has run, without its code. "Open With" still gives the notebook.
    "@jupyterlab/docmanager-extension/plugin": {
        "defaultViewers": {"notebook": "Voila Preview", "markdown": "Markdown Preview"}
    },
}
#: Kept from the file browser: nobody should open or delete these by accident.
HIDDEN = [*SUPPORT, "*.baru", "__pycache__", "*.pyc"]

_SHARE = Path(__file__).parent / "share" / "jupyter"
_TEMPLATE = "umkm-pelatih"
_EXTENSION = "umkm-kelas"
#: All that a page needs of the extensions of JupyterLab and Voila, which would load each of them for it.
#: The first gives the registry of widgets that the others register theirs with.
_IN_PAGES = [
    "@voila-dashboards/widgets-manager8",
    "@jupyter-widgets/jupyterlab-manager",
    "anywidget",
]


def lab_token(data_dir: Path, class_id: str) -> str:
    """The token of a class's JupyterLab; kept, so that an open tab survives a restart."""
    return stored_secret(data_dir, f"jupyter-{class_id}", 12)


def lab_command(places: Places, class_id: str, port: int) -> list[str]:
    """The command line of JupyterLab, on loopback only."""
    root = class_folder(places, class_id)
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}",
        "--ServerApp.port_retries=0", f"--ServerApp.root_dir={root}", f"--ServerApp.preferred_dir={root}",
        "--ServerApp.terminals_enabled=False",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--ContentsManager.hide_globs={HIDDEN!r}",
        f"--NotebookNotary.data_dir={notary_folder(places)}",
        f"--VoilaConfiguration.template={_TEMPLATE}",
        f"--VoilaConfiguration.extension_allowlist={_IN_PAGES!r}",
        "--ServerApp.kernel_manager_class=umkm_kernels.kernel_manager.SocketKernelManager",
        # A kernel started anew would know no widget of its page; the page asks for another instead.
        "--KernelRestarter.restart_limit=0",
    ]  # fmt: skip
    return [*command, "--allow-root"] if os.geteuid() == 0 else command


def lay_out_extension(data_dir: Path) -> str:
    """Write what the kit adds to JupyterLab and return the JUPYTER_PATH that finds it.

    Raises:
        OSError: it cannot be written.
    """
    folder = data_dir / FOLDER / "jupyter-lab"
    pages = json.dumps([[name.removesuffix(".ipynb"), name] for name in PAGES])
    watch = (_SHARE / "voila" / "templates" / _TEMPLATE / "watch.js").read_text(encoding="utf-8")
    script = watch + (_SHARE / "lab_extension.js").read_text(encoding="utf-8").replace(
        "__PAGES__", pages
    )
    # Another name for other content: browsers keep what they once loaded.
    entry = f"static/remoteEntry.{hashlib.sha256(script.encode()).hexdigest()[:16]}.js"
    about = {
        "name": _EXTENSION,
        "version": "1.0.0",
        "jupyterlab": {"extension": True, "_build": {"load": entry, "extension": "./extension"}},
    }
    target = folder / "labextensions" / _EXTENSION
    _write_whole(target / entry, script)
    _write_whole(target / "package.json", json.dumps(about, indent=1))
    for old in (target / "static").glob("remoteEntry.*.js"):
        if old != target / entry:
            old.unlink()
    others = [path for path in [os.environ.get("JUPYTER_PATH")] if path]
    return os.pathsep.join([str(folder), str(_SHARE), *others])


def lay_out_settings(settings_dir: Path) -> None:
    """Give a trainer's JupyterLab its first settings; one that is there is left alone."""
    for name, settings in FIRST_SETTINGS.items():
        target = settings_dir / f"{name}.jupyterlab-settings"
        if not target.exists():
            _write_whole(target, json.dumps(settings, indent=1))


def _write_whole(target: Path, text: str) -> None:
    """Write a file that is never seen half: a power cut leaves the old one or the new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(target.name + ".baru")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(target)
