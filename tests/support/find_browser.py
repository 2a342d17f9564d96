"""Finds the browsers for the tests, and installs missing ones.

Chromium: `UMKM_BROWSER`, a browser of the system, Playwright's own; then apt where we are root, then
Playwright's download. Firefox: `UMKM_FIREFOX`, one of the system, apt where we are root. Chromium 90, the
oldest that a page works in: out of the npm package chrome-aws-lambda, into .cache (x86-64 Linux only).
`python tests/support/find_browser.py [--install]` prints their paths.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FIREFOXES = ("firefox-esr", "firefox")
OLDEST = Path(__file__).parents[2] / ".cache" / "chromium-90" / "chromium"
# The last version with Chromium 90, the oldest of voila_apps/frontend/floor.mjs; npm's own checksum of it.
OLDEST_PACKAGE = "chrome-aws-lambda@8.0.2"
OLDEST_INTEGRITY = (
    "a4VEX6DknxISPqGLksZa/JuEnjc4nLXaG0BMp5c9qERvJ/eBHPUJ7oCRQQC+SxSxuxsEwxbBj2RBlCQbivnihg=="
)


def find_browser() -> str | None:
    """Return the path of a Chromium, or None."""
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
    """Return the path of a Firefox, or None."""
    named = os.environ.get("UMKM_FIREFOX")
    return named or next((path for name in FIREFOXES if (path := shutil.which(name))), None)


def find_oldest() -> Path | None:
    """Return the path of Chromium 90, or None."""
    return OLDEST if OLDEST.exists() else None


def _unpacked(content: bytes) -> bytes:
    """Return the content of a brotli file, read by the Node of the Python packages."""
    node = Path(sys.executable).with_name("node")
    code = "process.stdin.pipe(zlib.createBrotliDecompress()).pipe(process.stdout)"
    return subprocess.run([node, "-e", code], input=content, check=True, capture_output=True).stdout


def install_oldest() -> Path | None:
    """Unpack Chromium 90 into .cache, and return its path, or None if it is not available or cannot run."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return None
    npm = shutil.which("npm", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        packing = [str(npm), "pack", "--silent", OLDEST_PACKAGE]
        packed = subprocess.run(
            packing, cwd=folder, env=environment, check=False, capture_output=True
        )
        file = next(Path(folder).glob("*.tgz"), None)
        if packed.returncode or file is None:
            return None
        content = file.read_bytes()
        found = base64.b64encode(hashlib.sha512(content).digest()).decode()
        if found != OLDEST_INTEGRITY:
            sys.exit(f"{OLDEST_PACKAGE} is not the package that was expected.")
        OLDEST.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(fileobj=io.BytesIO(content)) as package:
            swiftshader = package.extractfile("package/bin/swiftshader.tar.br")
            chromium = package.extractfile("package/bin/chromium.br")
            assert swiftshader is not None
            assert chromium is not None
            with tarfile.open(fileobj=io.BytesIO(_unpacked(swiftshader.read()))) as libraries:
                libraries.extractall(OLDEST.parent, filter="data")
            program = OLDEST.with_suffix(".part")
            program.write_bytes(_unpacked(chromium.read()))
    program.chmod(0o755)
    program.replace(OLDEST)
    return OLDEST


def _apt_install(package: str) -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", package]):
        subprocess.run(["apt-get", *words], env=environment, check=False, stdout=subprocess.DEVNULL)


def install_browser() -> str | None:
    """Install Chromium with apt (as root) or Playwright, and return its path, or None."""
    _apt_install("chromium")
    if found := find_browser():
        return found
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return find_browser()


def install_firefox() -> str | None:
    """Install Firefox with apt (as root), by Debian's or Ubuntu's name; return its path, or None."""
    for name in FIREFOXES:
        _apt_install(name)
        if found := find_firefox():
            return found
    return None


def main() -> None:
    """Print the browsers' paths, or exit with a message."""
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
    # Not available everywhere; its test is skipped then.
    oldest = find_oldest() or (install_oldest() if installing else None)
    print(browser, firefox, oldest or "No Chromium 90 here.", sep="\n")


if __name__ == "__main__":
    main()
