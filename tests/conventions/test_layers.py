"""The architecture written in pyproject.toml holds."""

from importlinter.cli import lint_imports


def test_imports_only_point_down(monkeypatch, request):
    monkeypatch.chdir(request.config.rootpath)
    assert lint_imports(no_cache=True) == 0
