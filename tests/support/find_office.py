"""Finds the LibreOffice that opens workbooks in tests, and installs it if it is missing.

Order: `UMKM_OFFICE`, LibreOffice of the system; then apt where we are root.
`python tests/support/find_office.py [--install]` prints its path.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def find_office() -> str | None:
    """Return the path of LibreOffice, or None."""
    return os.environ.get("UMKM_OFFICE") or shutil.which("soffice") or shutil.which("libreoffice")


def install_office() -> str | None:
    """Install LibreOffice Calc with apt, as root, and return its path, or None."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            [
                "apt-get",
                "install",
                "-y",
                "-qq",
                "--no-install-recommends",
                "libreoffice-calc-nogui",
            ],
        ):
            subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
    return find_office()


def main() -> None:
    """Print the path of LibreOffice, or exit with a message."""
    office = find_office() or (install_office() if "--install" in sys.argv else None)
    if office is None:
        sys.exit(
            "No LibreOffice for the tests: install the package `libreoffice-calc`, or set UMKM_OFFICE to its path."
        )
    print(office)


if __name__ == "__main__":
    main()
