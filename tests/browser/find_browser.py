"""Finds the browsers that the tests drive, and installs them where none are there.

Chromium: `UMKM_BROWSER`, a browser of the system, Playwright's own; then apt where we are root, then
Playwright's download. Firefox: `UMKM_FIREFOX`, one of the system, apt where we are root.
`python tests/browser/find_browser.py [--install]` prints their paths.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FIREFOXES = ("firefox-esr", "firefox")


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


def find_firefox() -> str | None:
    """The path of a Firefox, or None."""
    named = os.environ.get("UMKM_FIREFOX")
    return named or next((path for name in FIREFOXES if (path := shutil.which(name))), None)


def _apt_install(package: str) -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", package]):
        subprocess.run(["apt-get", *words], env=environment, check=False, stdout=subprocess.DEVNULL)


def install_browser() -> str | None:
    """Install Chromium by apt (as root) or by Playwright; returns its path, or None."""
    _apt_install("chromium")
    if found := find_browser():
        return found
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return find_browser()


def install_firefox() -> str | None:
    """Install Firefox by apt (as root): Debian's name first, then Ubuntu's; its path, or None."""
    for name in FIREFOXES:
        _apt_install(name)
        if found := find_firefox():
            return found
    return None


def main() -> None:
    """Print the browsers' paths, or end with one sentence."""
    installing = "--install" in sys.argv
    browser = find_browser() or (install_browser() if installing else None)
    if browser is None:
        sys.exit(
            "No Chromium for the browser tests: install the package `chromium`, or set UMKM_BROWSER to its path."
        )
    firefox = find_firefox() or (install_firefox() if installing else None)
    if firefox is None:
        sys.exit(
            "No Firefox for the browser tests: install the package `firefox-esr`, or set UMKM_FIREFOX to its path."
        )
    print(browser, firefox, sep="\n")


if __name__ == "__main__":
    main()
