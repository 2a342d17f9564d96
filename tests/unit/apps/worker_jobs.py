"""Jobs for worker processes in tests."""

import os
import sys
import time
from pathlib import Path

from umkm.errors import InputError


def stay_until(signal_file):
    """Work until a file is there."""
    Path(f"{signal_file}.begun").touch()
    while not Path(signal_file).exists():
        time.sleep(0.02)
    return os.getpid()


def refuse(message, field):
    raise InputError(message, field)


def take_memory(size):
    return len(bytearray(size))


def die():
    os.abort()


def loaded(*names):
    """Return which modules are loaded, and whether the records' address is known."""
    return [name for name in names if name in sys.modules], "UMKM_DATABASE" in os.environ


class Unsendable(Exception):
    def __init__(self, one, two):
        super().__init__(f"{one} {two}")


def raise_unsendable():
    raise Unsendable("satu", "dua")
