"""jupyter_kernel_test on a stock kernel and on forked ones: the results are the same."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any

import jupyter_kernel_test
import pytest
from ipykernel.kernelspec import get_kernel_dict

from umkm_kernels import TemplateServer, spec

SAMPLES: dict[str, Any] = {
    "language_name": "python",
    "file_extension": ".py",
    "code_hello_world": "print('hello, world')",
    "code_stderr": "import sys; print('test', file=sys.stderr)",
    "code_page_something": "zip?",
    "code_generate_error": "raise ValueError('no')",
    "code_inspect_sample": "zip",
    "code_clear_output": "from IPython.display import clear_output; clear_output()",
    "completion_samples": [{"text": "zi", "matches": {"zip"}}],
    "complete_code_samples": ["1", "print('hello, world')", "def f(x):\n  return x*2\n\n\n"],
    "incomplete_code_samples": ["print('''hello", "def f(x):\n  x*2"],
    "invalid_code_samples": ["import = 7q"],
    "code_execute_result": [{"code": "6*7", "result": "42"}],
    "code_display_data": [
        {
            "code": "from IPython.display import HTML, display; display(HTML('<b>x</b>'))",
            "mime": "text/html",
        }
    ],
}


def outcome(kernel_name: str) -> tuple[int, list[str], list[str]]:
    named = {"kernel_name": kernel_name}
    full = type("Kernel", (jupyter_kernel_test.KernelTests,), SAMPLES | named)
    welcome = type(
        "Welcome",
        (jupyter_kernel_test.IopubWelcomeTests,),
        named | {"support_iopub_welcome": True},
    )
    loader = unittest.defaultTestLoader
    suite = unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in (full, welcome))
    result = unittest.TestResult()
    suite.run(result)
    failed = [f"{test}: {text}" for test, text in result.failures + result.errors]
    return result.testsRun, failed, sorted(str(test) for test, _ in result.skipped)


@pytest.fixture
def kernelspecs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec.write(tmp_path / "kernels" / "forked")
    (tmp_path / "kernels" / "stock").mkdir()
    text = json.dumps(get_kernel_dict())
    (tmp_path / "kernels" / "stock" / "kernel.json").write_text(text, encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))


@pytest.mark.usefixtures("kernelspecs", "template")
def test_a_warm_kernel_passes_as_the_stock_one_does() -> None:
    stock = outcome("stock")
    assert outcome("forked") == stock
    assert stock[1] == []


@pytest.mark.usefixtures("kernelspecs")
def test_a_cold_kernel_passes_too(cold: TemplateServer) -> None:
    _, failed, _ = outcome("forked")
    assert failed == []
    assert cold.status().state == "ready"
