"""`umkm export`: the file that its options write."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from umkm_cli import results
from umkm_cli.main import app


@pytest.mark.parametrize(
    ("typed", "kind", "by"),
    [
        ((), "xlsx", ""),
        (("contoh-serang",), "xlsx", ""),
        (("--by", "question"), "xlsx", "question"),
        (("--format", "csv"), "csv", ""),
        (("--format", "csv", "--by", "group"), "csv", "group"),
        # A name says what is wanted.
        (("--output", "nilai.csv"), "csv", ""),
        (("--output", "nilai.XLSX"), "xlsx", ""),
        (("--output", "folder"), "xlsx", ""),
        # Contradictions are refused where the file is written.
        (("--output", "nilai.csv", "--format", "xlsx"), "xlsx", ""),
    ],
)
def test_a_workbook_unless_a_csv_is_wanted(monkeypatch, typed, kind, by):
    asked = []
    monkeypatch.setattr(results, "run_export", lambda options, _: asked.append(options))
    done = CliRunner().invoke(app, ["export", *typed])
    assert done.exit_code == 0, done.output
    (options,) = asked
    assert (options.kind, options.by) == (kind, by)
    assert options.output is None or isinstance(options.output, Path)
