"""Secrets of one laptop's class, made once and kept, so that a restart logs nobody out."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

#: Hidden, so that JupyterLab's file browser does not show it.
FOLDER = ".rahasia"


def stored_secret(data_dir: Path, name: str, size: int) -> str:
    """Return the secret of this name in URL-safe letters, of `size` random bytes; made if it is not there.

    Two processes that ask at once get the same one.

    Raises:
        OSError: the data folder cannot be read or written.
    """
    folder = data_dir / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        number, fresh = tempfile.mkstemp(dir=folder)
        with os.fdopen(number, "w") as file:
            file.write(secrets.token_urlsafe(size))
        try:
            # A link appears whole or not at all, and never replaces one that is there.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            Path(fresh).unlink()
    return path.read_text(encoding="ascii")
