"""Finds the Chromium that the browser tests drive, and installs one where none is there.

Order: `UMKM_BROWSER`, a browser of the system, Playwright's own; then apt where we are root, then
Playwright's download. `python tests/browser/find_browser.py [--install]` prints its path.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_browser() -> str | None:
    """The path of a Chromium, or None."""
    if named := os.environ.get("UMKM_BROWSER"):
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install_browser() -> str | None:
    """Install Chromium by apt (as root) or by Playwright; returns its path, or None."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "chromium"],
        ):
            subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
        if found := find_browser():
            return found
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return find_browser()


def main() -> None:
    """Print the browser's path, or end with one sentence."""
    browser = find_browser() or (install_browser() if "--install" in sys.argv else None)
    if browser is None:
        sys.exit(
            "No Chromium for the browser tests: install the package `chromium`, or set UMKM_BROWSER to its path."
        )
    print(browser)


if __name__ == "__main__":
    main()
