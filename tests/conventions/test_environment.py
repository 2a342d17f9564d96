"""pyproject.toml, environment.yml and requirements.lock name the same dependencies."""

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


@pytest.fixture(scope="module")
def project(request):
    return tomllib.loads((request.config.rootpath / "pyproject.toml").read_text(encoding="utf-8"))


def declared(project):
    extras = project["project"]["optional-dependencies"].values()
    lines = [*project["project"]["dependencies"], *(line for extra in extras for line in extra)]
    found = [Requirement(line) for line in lines]
    return {
        canonicalize_name(r.name): r.specifier
        for r in found
        if r.name != project["project"]["name"]
    }


def test_conda_environment_names_the_same_packages_and_bounds(project, request):
    environment = yaml.safe_load(
        (request.config.rootpath / "environment.yml").read_text(encoding="utf-8")
    )
    *conda, by_pip = environment["dependencies"]
    listed = [Requirement(line) for line in [*conda, *by_pip["pip"]] if line != "-e ."]
    found = {canonicalize_name(r.name): r.specifier for r in listed}
    python = found.pop("python")
    found.pop("pip")
    assert found == declared(project)
    assert str(python) == project["project"]["requires-python"]


def test_lock_files_satisfy_every_declared_dependency(project, request):
    groups = {
        name: {canonicalize_name(r.name): r.specifier for r in map(Requirement, lines)}
        for name, lines in project["dependency-groups"].items()
    }
    release = groups.pop("release")
    for lock, wanted in (
        (
            "requirements.lock",
            declared(project) | {k: v for g in groups.values() for k, v in g.items()},
        ),
        ("requirements-release.lock", release),
    ):
        text = (request.config.rootpath / lock).read_text(encoding="utf-8")
        pinned: dict[str, set[str]] = {}
        for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\\n]+)", text, re.MULTILINE):
            pinned.setdefault(canonicalize_name(name), set()).add(version)
        wrong = {
            n: str(s)
            for n, s in wanted.items()
            if not any(s.contains(v) for v in pinned.get(n, ()))
        }
        assert wrong == {}, lock


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-release.lock"])
def test_every_locked_package_has_a_hash(name, request):
    lock = (request.config.rootpath / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)[1:]
    assert entries
    assert [e.split("==")[0] for e in entries if "--hash=sha256:" not in e] == []
