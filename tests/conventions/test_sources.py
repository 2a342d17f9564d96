"""Rules for our sources: short modules, no other host, no personal data, no missing files."""

import re
import subprocess

import pytest


@pytest.fixture(scope="module")
def tracked(request):
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=request.config.rootpath, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [request.config.rootpath / name for name in listing.stdout.splitlines()]


def test_modules_stay_small(tracked):
    long = {
        p.name: n
        for p in tracked
        if p.suffix in {".py", ".js"}
        and p.exists()
        and (n := len(p.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_pages_name_no_other_host(tracked):
    shown = [p for p in tracked if p.suffix in {".html", ".j2", ".css", ".js"} and p.exists()]
    assert shown
    # A namespace is a name, not an address anything is fetched from.
    pattern = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9.-]+\.[a-z]{2,}", re.IGNORECASE)
    assert {
        p.name: found for p in shown if (found := pattern.findall(p.read_text(encoding="utf-8")))
    } == {}


def test_no_database_or_answer_is_tracked(tracked):
    assert [p for p in tracked if p.suffix in {".db", ".sqlite"} or p.name == "answers.json"] == []


def test_the_zone_is_named_in_one_module(tracked, request):
    """A browser cannot ask Python: the trainer's page names it for `toLocaleTimeString`."""
    root = request.config.rootpath
    named = [
        path.relative_to(root).as_posix()
        for path in tracked
        if path.suffix in {".py", ".js"}
        and path.exists()
        and path.relative_to(root).parts[0] != "tests"
        and "Asia/Jakarta" in path.read_text(encoding="utf-8")
    ]
    assert sorted(named) == [
        "src/umkm/wib.py",
        "src/umkm_cli/share/jupyter/voila/templates/umkm-pelatih/watch.js",
    ]
    assert (root / "src/umkm/wib.py").read_text(encoding="utf-8").count("Asia/Jakarta") == 1


def test_files_that_are_named_exist(tracked, request):
    """Comments and docs name only files of this repository."""
    root = request.config.rootpath
    named = re.compile(
        r"(?<![\w/.])(?:benchmarks|deploy|docs|grading|src|tests)/[\w./-]+\.(?:md|py)\b"
    )
    missing = {
        f"{path.relative_to(root)}: {name}"
        for path in tracked
        if path.suffix in {".js", ".md", ".py", ".toml"}
        and path.exists()
        and path.name != "CHANGELOG.md"
        for name in named.findall(path.read_text(encoding="utf-8"))
        if not (root / name).exists()
    }
    assert missing == set()
