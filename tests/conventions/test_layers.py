"""The architecture written in pyproject.toml holds, for tests as for code."""

import re
import subprocess
import sys
from pathlib import Path


def test_imports_only_point_down(request):
    # In a process of its own: it configures logging, which silences the loggers other tests read.
    program = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run(
        [program, "--no-cache"],
        check=False,
        cwd=request.config.rootpath,
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stdout


def test_unit_tests_of_rules_and_of_the_reader_read_no_course_of_ours(request):
    # A rate that changes in courses/ changes no expected value of a rule: tests state their own data.
    folder = request.config.rootpath / "tests" / "unit"
    files = [*(folder / "umkm").rglob("*.py"), *(folder / "courses").rglob("*.py")]
    assert len(files) > 50
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    reading = [p.name for p, text in texts.items() if re.search(r'(?<!tmp_path) / "courses"', text)]
    assert reading == []
    pure = [text for p, text in texts.items() if folder / "umkm" in p.parents]
    assert not any("umkm_courses" in text for text in pure)
