"""The kinds of question; kinds that are answered alike share a module.

Each module here is loaded, and so is each module of the namespace package `umkm_kinds`, wherever on
Python's search path it has a folder: a kind is added by adding a file. Defining the class registers
it (see `Question.kind`).
"""

from importlib import import_module
from pkgutil import iter_modules

_OUTSIDE = "umkm_kinds"


def _load(package: str, folders: list[str]) -> None:
    for found in sorted(module.name for module in iter_modules(folders)):
        import_module(f"{package}.{found}")


def _folders_outside() -> list[str]:
    try:
        return list(import_module(_OUTSIDE).__path__)
    except ModuleNotFoundError:
        return []


_load(__name__, list(__path__))
_load(_OUTSIDE, _folders_outside())
