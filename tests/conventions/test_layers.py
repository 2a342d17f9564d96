"""The architecture written in pyproject.toml holds, for tests as for code."""

import re

from importlinter.cli import lint_imports


def test_imports_only_point_down(monkeypatch, request):
    monkeypatch.chdir(request.config.rootpath)
    assert lint_imports(no_cache=True) == 0


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
