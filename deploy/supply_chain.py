"""Check the locked packages against known weaknesses (`audit`), or list them for a release (`sbom`).

Run as `make audit` and `make sbom`. Both lock files count: requirements.lock (Python) and
voila_apps/frontend/package-lock.json (npm, from which the front end is built).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
FRONT_END = ROOT / "voila_apps" / "frontend"
#: Has the tools of requirements-release.lock, which no class needs; `make audit` and `make test` make it.
TOOLS = ROOT / ".cache" / "release" / "bin" / "python"

CLEAN, WEAK, NOT_CHECKED = 0, 1, 3


@dataclass(frozen=True)
class Finding:
    """What one lock file came to.

    Attributes:
        lock: The file's name, as people know it.
        checked: How many packages the advisory service answered for.
        weak: One line for each known weakness.
        trouble: Why packages went unchecked; empty when all were checked.
    """

    lock: str
    checked: int
    weak: tuple[str, ...]
    trouble: str


def audit_python(lock: Path = LOCK, service: Sequence[str] = ()) -> Finding:
    """Return what the OSV database says of a hashed requirements file.

    Args:
        lock: The file, with every package pinned and hashed.
        service: Further options of pip-audit, such as another address of the database.
    """
    command = [
        str(TOOLS), "-m", "pip_audit", "--requirement", str(lock), "--disable-pip",
        "--vulnerability-service", "osv", "--format", "json", "--progress-spinner", "off", *service,
    ]  # fmt: skip
    report, trouble = _json_of(command)
    packages = report.get("dependencies")
    if packages is None:
        return Finding(lock.name, 0, (), trouble)
    weak = tuple(
        f"{package['name']} {package['version']}: {found['id']}, "
        + (f"mended in {', '.join(found['fix_versions'])}" if found["fix_versions"] else "no mend")
        for package in packages
        for found in package.get("vulns", ())
    )
    # pip-audit itself says "no known vulnerabilities" when every package was passed over.
    skipped = [package["skip_reason"] for package in packages if "skip_reason" in package]
    return Finding(
        lock.name,
        len(packages) - len(skipped),
        weak,
        f"{len(skipped)} packages passed over, the first: {skipped[0]}" if skipped else "",
    )


def audit_npm(folder: Path = FRONT_END, service: Sequence[str] = ()) -> Finding:
    """Return what the npm registry's advisories say of a package-lock.json.

    Args:
        folder: Where the lock file lies.
        service: Further options of npm, such as another registry.
    """
    command = [_npm(), "audit", "--json", "--package-lock-only", *service]
    report, trouble = _json_of(command, folder)
    lock = "package-lock.json"
    if "vulnerabilities" not in report:
        return Finding(lock, 0, (), report.get("message") or trouble)
    weak = tuple(
        f"{name} {found['range']}: {found['severity']}"
        + "".join(f", {via['title']}" for via in found["via"] if isinstance(via, dict))
        for name, found in report["vulnerabilities"].items()
    )
    return Finding(lock, report["metadata"]["dependencies"]["total"], weak, "")


def write_sboms(target: Path, *, validate: bool = True) -> list[Path]:
    """Write one CycloneDX file for each lock file.

    Args:
        target: The folder; made if new.
        validate: Whether to compare the Python one with CycloneDX's schema, which takes 15 s.

    Returns:
        The files' paths.

    Raises:
        subprocess.CalledProcessError: a tool refused a lock file; it has said why.
    """
    target.mkdir(parents=True, exist_ok=True)
    python, front_end = target / "sbom-python.cdx.json", target / "sbom-front-end.cdx.json"
    subprocess.run(
        [
            str(TOOLS), "-m", "cyclonedx_py", "requirements", str(LOCK),
            "--pyproject", str(ROOT / "pyproject.toml"), "--of", "JSON", "-o", str(python),
            "--short-PURLs", "--output-reproducible", "--validate" if validate else "--no-validate",
        ],
        check=True,
        # The root component has no list of direct dependencies in a requirements file.
        env={**os.environ, "PYTHONWARNINGS": "ignore::UserWarning"},
    )  # fmt: skip
    made = subprocess.run(
        [_npm(), "sbom", "--sbom-format", "cyclonedx", "--package-lock-only"],
        check=True, capture_output=True, text=True, cwd=FRONT_END,
    )  # fmt: skip
    front_end.write_text(made.stdout, encoding="utf-8")
    return [python, front_end]


def exit_code(findings: Sequence[Finding]) -> int:
    """Return 1 for a known weakness, 3 for anything that went unchecked, else 0."""
    if any(finding.weak for finding in findings):
        return WEAK
    return NOT_CHECKED if any(finding.trouble for finding in findings) else CLEAN


def in_words(finding: Finding) -> str:
    """Return what a maintainer reads of one lock file."""
    lines = [f"{finding.lock}: {finding.checked} packages checked, {len(finding.weak)} weaknesses"]
    lines += [f"  {weakness}" for weakness in finding.weak]
    if finding.trouble:
        lines.append(f"  NOT CHECKED: {finding.trouble}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `audit` or `sbom` and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=("audit", "sbom"))
    parser.add_argument("--to", type=Path, default=ROOT / "dist", help="folder of the SBOM files")
    given = parser.parse_args(arguments)
    if given.task == "sbom":
        print(*write_sboms(given.to), sep="\n")
        return CLEAN
    findings = [audit_python(), audit_npm()]
    print(*map(in_words, findings), sep="\n")
    return exit_code(findings)


def _json_of(command: list[str], folder: Path = ROOT) -> tuple[dict[str, Any], str]:
    """Return the object a command printed, and the last line of what it complained of."""
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    said = done.stderr.strip().splitlines()
    trouble = said[-1] if said else f"{command[0]} ended with code {done.returncode}"
    try:
        return json.loads(done.stdout), trouble
    except ValueError:
        return {}, trouble


def _npm() -> str:
    # Node.js comes with the kit's own packages; a venv beside this one may hold it.
    near = os.pathsep.join([str(ROOT / ".venv" / "bin"), os.environ.get("PATH", "")])
    found = shutil.which("npm", path=near)
    if found is None:
        raise SystemExit("npm is missing: run `make test` once, which installs it.")
    return found


if __name__ == "__main__":
    sys.exit(main())
