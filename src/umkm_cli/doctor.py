"""`umkm doctor`: report what is wrong with an installation, and how to repair it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from umkm import UmkmError

from .checks import Finding, Level, machine, storage
from .errors import CliError
from .paths import Paths, find_paths
from .terminal import plain

_SIGNS = {
    Level.GOOD: plain("baik", "green"),
    Level.ODD: plain("perhatikan", "yellow"),
    Level.BAD: plain("rusak", "red"),
}


def run_doctor(as_json: bool, console: Console) -> bool:
    """Run all checks, print their findings, and return whether everything works.

    Nothing is changed, and a check that fails does not stop the others.
    """
    findings = list(_examine())
    if as_json:
        console.print_json(json.dumps([asdict(one) for one in findings], ensure_ascii=False))
    else:
        _show(findings, console)
    return all(one.level is not Level.BAD for one in findings)


def _examine() -> Iterator[Finding]:
    yield from machine.check_versions()
    yield machine.check_fork()
    yield machine.check_sandbox()
    yield from machine.check_ports()
    try:
        paths = find_paths()
    except CliError as error:
        yield Finding("folder data", Level.BAD, str(error), "Perbaiki folder itu, lalu ulangi.")
        return
    for check in _CHECKS_OF_PATHS:
        try:
            yield from check(paths)
        except UmkmError as error:
            yield Finding(check.__name__.removeprefix("check_"), Level.BAD, error.message, "")


_CHECKS_OF_PATHS: tuple[Callable[[Paths], Iterator[Finding]], ...] = (
    storage.check_folder,
    storage.check_disk,
    storage.check_records,
    storage.check_gradebooks,
)


def _show(findings: list[Finding], console: Console) -> None:
    table = Table(title="Pemeriksaan pemasangan")
    for heading in ("Bagian", "Keadaan", "Keterangan", "Yang perlu dilakukan"):
        table.add_column(heading)
    for one in findings:
        table.add_row(one.name, _SIGNS[one.level], one.said, one.mend)
    console.print(table)
    bad = sum(one.level is Level.BAD for one in findings)
    odd = sum(one.level is Level.ODD for one in findings)
    if bad or odd:
        console.print(f"{bad} rusak, {odd} perlu diperhatikan. Ikuti kolom terakhir, lalu ulangi.")
    else:
        console.print("Semua baik.")
