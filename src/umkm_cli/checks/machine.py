"""Checks of the machine: packages, forking, the sandbox, ports."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import metadata

from packaging.requirements import Requirement

from umkm_cli.network import port_is_free
from umkm_grading import sandbox_gaps, sandbox_trouble

from . import Finding, Level

_DISTRIBUTION = "umkm-naik-kelas"
#: The extras that a class needs.
_EXTRAS = ("", "widgets", "grading", "apps")
_PORTS = ((8866, "halaman peserta", "--port"), (8899, "JupyterLab pelatih", "--lab-port"))


def check_versions() -> Iterator[Finding]:
    """Check the version of Python and of every required package."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", Level.GOOD, python)
    wrong = list(_wrong_packages())
    for said in wrong:
        yield Finding("paket", Level.BAD, said, "Pasang ulang di folder program: make workshop")
    if not wrong:
        yield Finding("paket", Level.GOOD, f"lengkap, nbgrader {metadata.version('nbgrader')}")


def _wrong_packages() -> Iterator[str]:
    for line in metadata.requires(_DISTRIBUTION) or ():
        wanted = Requirement(line)
        if wanted.name == _DISTRIBUTION or not _applies(wanted):
            continue
        try:
            found = metadata.version(wanted.name)
        except metadata.PackageNotFoundError:
            yield f"{wanted.name} belum terpasang"
            continue
        if not wanted.specifier.contains(found, prereleases=True):
            yield f"{wanted.name} {found}, padahal perlu {wanted.specifier}"


def _applies(wanted: Requirement) -> bool:
    marker = wanted.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in _EXTRAS)


def check_fork() -> Finding:
    """Check that processes can be forked; without it everything works, more slowly."""
    if not hasattr(os, "fork"):
        return Finding(
            "fork", Level.ODD, "Sistem ini tidak bisa fork: halaman terbuka lebih lambat.",
            "Pakai Linux untuk kelas yang besar.",
        )  # fmt: skip
    child = os.fork()
    if child == 0:
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status:
        return Finding(
            "fork", Level.BAD, f"fork gagal ({status})", "Tutup program lain, lalu ulangi."
        )
    return Finding("fork", Level.GOOD, "bisa")


def check_sandbox() -> Finding:
    """Check that participants' notebooks can be run in a sandbox."""
    trouble = sandbox_trouble()
    if not trouble:
        if gaps := sandbox_gaps():
            return Finding(
                "kurungan", Level.ODD, f"bubblewrap di sini kurang rapat: {'; '.join(gaps)}",
                "Pasang bubblewrap 0.8 atau lebih baru: sudo apt install bubblewrap",
            )  # fmt: skip
        return Finding("kurungan", Level.GOOD, "bubblewrap bisa dipakai")
    return Finding(
        "kurungan", Level.ODD, trouble,
        "Hanya perlu untuk notebook dari JupyterLab: sudo apt install bubblewrap",
    )  # fmt: skip


def check_ports() -> Iterator[Finding]:
    """Check that the ports of a class are free."""
    for port, what, option in _PORTS:
        if port_is_free("127.0.0.1", port):
            yield Finding(f"port {port}", Level.GOOD, f"bebas ({what})")
        else:
            yield Finding(
                f"port {port}", Level.ODD, f"dipakai: kelas sedang terbuka, atau program lain ({what})",
                f"Bila bukan kelas Anda: pilih port lain, umkm workshop {option} N",
            )  # fmt: skip
