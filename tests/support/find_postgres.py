"""Finds the PostgreSQL server that tests start, and installs it if it is missing.

Order: `UMKM_POSTGRES` (a folder with `initdb`), PATH, Debian's `/usr/lib/postgresql`; then apt where we are root.
`python tests/support/find_postgres.py [--install]` prints the folder of its programs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def find_postgres() -> Path | None:
    """Return the folder with `initdb` and `postgres`, or None."""
    named = os.environ.get("UMKM_POSTGRES")
    on_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    tries = [
        *([Path(named)] if named else []),
        *([Path(on_path).resolve().parent] if on_path else []),
        *debian,
    ]
    return next((folder for folder in tries if (folder / "initdb").exists()), None)


def install_postgres() -> Path | None:
    """Install PostgreSQL with apt, as root, and return the folder of its programs, or None."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"],
        ):
            subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
    return find_postgres()


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


def main() -> None:
    """Print the folder of PostgreSQL, or exit with a message."""
    found = find_postgres() or (install_postgres() if "--install" in sys.argv else None)
    if found is None:
        sys.exit(
            "No PostgreSQL for the tests: install the package `postgresql`, or set UMKM_POSTGRES to "
            "the folder of its programs."
        )
    print(found)


if __name__ == "__main__":
    main()
