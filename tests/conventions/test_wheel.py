"""What is installed is the whole of it: a wheel holds every file that the packages have in the repository."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(request, tmp_path_factory):
    """The names in a wheel that is built as a release is."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=request.config.rootpath, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.fixture(scope="module")
def tracked(request):
    """The files of the packages under version control, by their name in a wheel."""
    root = request.config.rootpath
    told = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    packages = told["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--", *packages],
        cwd=root, check=True, capture_output=True, text=True,
    )  # fmt: skip
    parents = [Path(package).parent for package in packages]
    return {
        str(Path(name).relative_to(next(p for p in parents if Path(name).is_relative_to(p))))
        for name in listing.stdout.split("\0")
        if name and (root / name).exists()
    }


def test_every_file_of_the_packages_is_in_the_wheel(built, tracked):
    assert len(tracked) > 400
    assert tracked - built == set()


def test_the_scripts_and_style_sheets_of_every_tool_are_in_the_wheel(built, tracked):
    scripts = {name for name in tracked if name.startswith("umkm_tools/") and name.endswith(".js")}
    assert len({Path(name).parent for name in scripts}) >= 14  # thirteen tools, and what they share
    assert scripts <= built
    assert "umkm_tools/base/tool.css" in built
