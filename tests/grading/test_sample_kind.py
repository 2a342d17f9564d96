"""A kind of question is a module, a script and a style sheet, found in a folder on the search path."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

SAMPLE = Path(__file__).parents[1] / "sample_kind"


def test_a_kind_from_a_folder_is_asked_shown_marked_and_graded():
    """See check_sample_kind.py for each step."""
    steps = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*steps, str(SAMPLE / "check_sample_kind.py")],
        env=os.environ | {"PYTHONPATH": str(SAMPLE)},
        cwd=SAMPLE.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 passed" in done.stdout


def test_a_kind_is_one_module_one_script_and_one_style_sheet():
    files = [file for file in (SAMPLE / "umkm_kinds").iterdir() if file.is_file()]
    assert {file.suffix for file in files} == {".py", ".js", ".css"}
    assert len(files) == 3


def test_without_the_folder_there_is_no_such_kind():
    told = "from umkm.exercise import KINDS; print('yes_no' in KINDS)"
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run = subprocess.run(
        [sys.executable, "-c", told], env=plain, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False"
