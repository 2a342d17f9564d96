"""The trainer's JupyterLab: its command line, its settings, its extension."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

from umkm_apps.runtime.secrets import FOLDER, stored_secret

from .install_notebooks import PAGES, SUPPORT, class_folder, notary_folder, write_atomic
from .paths import Paths

#: Settings written before JupyterLab is opened for the first time; a trainer's changes stay.
FIRST_SETTINGS = {
    "@jupyterlab/translation-extension/plugin": {"locale": "id_ID"},
    # A class has no internet.
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    # A double click opens a page that has run, without its code; "Open With" opens the notebook.
    "@jupyterlab/docmanager-extension/plugin": {
        "defaultViewers": {"notebook": "Voila Preview", "markdown": "Markdown Preview"}
    },
}
#: Hidden in the file browser, so that nobody opens or deletes them by accident.
HIDDEN = [*SUPPORT, "*.baru", "__pycache__", "*.pyc"]

_SHARE = Path(__file__).parent / "share" / "jupyter"
_TEMPLATE = "umkm-pelatih"
_EXTENSION = "umkm-kelas"
#: The extensions that a page loads; without this list Voila would load all of them.
#: The first provides the registry with which the others register their widgets.
_IN_PAGES = [
    "@voila-dashboards/widgets-manager8",
    "@jupyter-widgets/jupyterlab-manager",
    "anywidget",
]


def lab_token(data_dir: Path, class_id: str) -> str:
    """Return the token of a class's JupyterLab; it is stored, so that an open tab survives a restart."""
    return stored_secret(data_dir, f"jupyter-{class_id}", 12)


def lab_command(paths: Paths, class_id: str, port: int) -> list[str]:
    """Return the command line of JupyterLab, which listens on loopback only."""
    root = class_folder(paths, class_id)
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}",
        "--ServerApp.port_retries=0", f"--ServerApp.root_dir={root}", f"--ServerApp.preferred_dir={root}",
        "--ServerApp.terminals_enabled=False",
        # Nobody programs here; looking for language servers starts npm.
        "--LanguageServerManager.autodetect=False",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--ContentsManager.hide_globs={HIDDEN!r}",
        f"--NotebookNotary.data_dir={notary_folder(paths)}",
        f"--VoilaConfiguration.template={_TEMPLATE}",
        f"--VoilaConfiguration.extension_allowlist={_IN_PAGES!r}",
        "--ServerApp.kernel_manager_class=umkm_kernels.kernel_manager.SocketKernelManager",
        # A restarted kernel would have none of the page's widgets; the page requests a new one instead.
        "--KernelRestarter.restart_limit=0",
    ]  # fmt: skip
    return [*command, "--allow-root"] if os.geteuid() == 0 else command


def install_extension(data_dir: Path) -> str:
    """Write the kit's JupyterLab extension, and return the JUPYTER_PATH with it.

    Raises:
        OSError: the extension cannot be written.
    """
    folder = data_dir / FOLDER / "jupyter-lab"
    pages = json.dumps([[name.removesuffix(".ipynb"), name] for name in PAGES])
    watch = (_SHARE / "voila" / "templates" / _TEMPLATE / "watch.js").read_text(encoding="utf-8")
    script = watch + (_SHARE / "lab_extension.js").read_text(encoding="utf-8").replace(
        "__PAGES__", pages
    )
    # A hash in the name, because browsers cache the file.
    entry = f"static/remoteEntry.{hashlib.sha256(script.encode()).hexdigest()[:16]}.js"
    about = {
        "name": _EXTENSION,
        "version": "1.0.0",
        "jupyterlab": {"extension": True, "_build": {"load": entry, "extension": "./extension"}},
    }
    target = folder / "labextensions" / _EXTENSION
    write_atomic(target / entry, script.encode())
    write_atomic(target / "package.json", json.dumps(about, indent=1).encode())
    for old in (target / "static").glob("remoteEntry.*.js"):
        if old != target / entry:
            old.unlink()
    others = [path for path in [os.environ.get("JUPYTER_PATH")] if path]
    return os.pathsep.join([str(folder), str(_SHARE), *others])


def install_settings(settings_dir: Path) -> None:
    """Write the first settings of a trainer's JupyterLab; existing files are not changed."""
    for name, settings in FIRST_SETTINGS.items():
        target = settings_dir / f"{name}.jupyterlab-settings"
        if not target.exists():
            write_atomic(target, json.dumps(settings, indent=1).encode())
