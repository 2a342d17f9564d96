from __future__ import annotations

import tempfile
from collections.abc import Iterator

import pytest
from tests.kernels import running

from umkm_kernels import TemplateServer, environ
from umkm_kernels.provisioner import ForkProvisioner


@pytest.fixture(scope="session", autouse=True)
def folders_of_our_own() -> Iterator[None]:
    """Temporary and runtime files of this process's kernels apart from those of tests beside it, which come and go."""
    with tempfile.TemporaryDirectory(prefix="k-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", folder)
        patch.setenv("TMPDIR", folder)
        patch.setenv("JUPYTER_RUNTIME_DIR", f"{folder}/r")
        yield


@pytest.fixture(autouse=True)
def _warn_again() -> None:
    """One warning a process and reason: forget those of earlier tests."""
    ForkProvisioner._warned.clear()


@pytest.fixture(scope="session")
def shared() -> Iterator[TemplateServer]:
    running.register()
    with TemplateServer(["numpy", "ipywidgets"], pool=2) as server:
        assert server.wait_ready().state == "ready"
        yield server


@pytest.fixture
def template(shared: TemplateServer, monkeypatch: pytest.MonkeyPatch) -> TemplateServer:
    """A template with a full pool, which every kernel of the test is forked from."""
    for name, value in shared.environment.items():
        monkeypatch.setenv(name, value)
    shared.wait_ready()
    return shared


@pytest.fixture
def cold(template: TemplateServer, monkeypatch: pytest.MonkeyPatch) -> TemplateServer:
    """The same template, but no warm kernel fits: initialisation reads the language."""
    monkeypatch.setenv("LANGUAGE", "id")
    return template


@pytest.fixture
def own_template(monkeypatch: pytest.MonkeyPatch) -> Iterator[TemplateServer]:
    """A template of the test's own, to be ill-treated."""
    running.register()
    with TemplateServer(["ipywidgets"], pool=2, warmup=None) as server:
        monkeypatch.setenv(environ.SOCKET, server.address)
        assert server.wait_ready().state == "ready"
        yield server
