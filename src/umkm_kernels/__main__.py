"""The command line: `python -m umkm_kernels install` and `python -m umkm_kernels status`."""

from __future__ import annotations

import argparse
import os
import sys

from umkm_kernels import environ
from umkm_kernels.server import status
from umkm_kernels.spec import NAME, install


def main(argv: list[str] | None = None) -> int:
    """Run a command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m umkm_kernels", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser("install", help="install a kernelspec for forked kernels")
    add.add_argument("--name", default=NAME)
    add.add_argument("--preload", nargs="*", default=[], metavar="MODULE")
    add.add_argument("--pool", type=int, default=2)
    add.add_argument("--memory-mb", type=int, default=0)
    add.add_argument("--cpu-seconds", type=int, default=0)
    where = add.add_mutually_exclusive_group()
    where.add_argument("--user", action="store_true")
    where.add_argument("--prefix", default=sys.prefix)
    show = commands.add_parser("status", help="show a template and its kernels")
    show.add_argument("socket", nargs="?", default=os.environ.get(environ.SOCKET))
    options = parser.parse_args(argv)
    return _install(options) if options.command == "install" else _status(options.socket)


def _install(options: argparse.Namespace) -> int:
    folder = install(
        options.name,
        preload=options.preload,
        pool=options.pool,
        memory_mb=options.memory_mb,
        cpu_seconds=options.cpu_seconds,
        prefix=None if options.user else options.prefix,
    )
    print(f"Installed kernelspec {options.name} in {folder}")
    return 0


def _status(address: str | None) -> int:
    if not address:
        print(f"No template: {environ.SOCKET} is not set.", file=sys.stderr)
        return 1
    now = status(address)
    print(f"template {now.template_pid} {now.state} {now.reason}".rstrip())
    for pid in now.pool:
        print(f"waiting  {pid} {now.private_mb(pid):.1f} MB")
    for kernel in now.kernels:
        memory = now.private_mb(kernel["pid"])
        print(f"kernel   {kernel['pid']} {memory:.1f} MB {kernel['kernel_id']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
