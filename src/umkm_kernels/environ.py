"""Environment variables: which ones a forked kernel can still apply, and which come too late.

A spawned kernel reads its environment three times: the interpreter and C libraries as they start,
ipykernel as it initialises, and user code. In a fork the first has happened; in a warm
worker the second has too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

SOCKET = "UMKM_KERNELS_SOCKET"

_INTERPRETER = ("PYTHON", "LD_", "MALLOC_", "GLIBC_")
_THREADS = "_NUM_THREADS"
_KERNEL = ("IPYTHON", "LANG", "LC_", "MPL", "PYDEVD", "DEBUGPY", "XDG_")
_KERNEL_NAMES = {"HOME", "TZ", "JUPYTER_CONFIG_DIR", "JUPYTER_PLATFORM_DIRS"}
_OTHERS = {"LOGNAME", "PATH", "SHELL", "TMPDIR", "USER", "VIRTUAL_ENV"}
_JUPYTER = {"JUPYTER_CONFIG_PATH", "JUPYTER_DATA_DIR", "JUPYTER_PATH", "JUPYTER_RUNTIME_DIR"}

# Read by the interpreter but without effect on a kernel, or set for the template by this package.
_HARMLESS = {"PYTHONUNBUFFERED", "PYTHONSTARTUP", "PYTHON_HISTORY", "PYTHONEXECUTABLE"}

_TEMPLATE = {
    # A thread pool cannot be forked; and forty kernels on two cores need one thread each.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # The debugger is preloaded, and would print four lines of warning about breakpoints in frozen
    # modules at each start.
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


def _fixed(name: str) -> bool:
    return name not in _HARMLESS and (name.startswith(_INTERPRETER) or name.endswith(_THREADS))


def _shaping(name: str) -> bool:
    return name.startswith(_KERNEL) or name in _KERNEL_NAMES


def for_template(env: Mapping[str, str]) -> dict[str, str]:
    """Return the part of `env` that a template may have: no variable that could be a secret.

    Each kernel can read the environment that its template was started with in /proc.
    """
    known = {
        name: value
        for name, value in env.items()
        if _fixed(name) or _shaping(name) or name in _OTHERS or name in _JUPYTER
    }
    return _TEMPLATE | known


def too_late(asked: Mapping[str, str], template: Mapping[str, str]) -> list[str]:
    """Return the variables that a fork of `template` cannot apply, because they were read already."""
    return _unlike(asked, template, _fixed)


def same_shape(asked: Mapping[str, str], template: Mapping[str, str]) -> bool:
    """Return whether a kernel initialised in `template` would be the same in `asked`."""
    return not _unlike(asked, template, _shaping)


def _unlike(
    asked: Mapping[str, str], template: Mapping[str, str], counts: Callable[[str], bool]
) -> list[str]:
    """Return the variables for which `counts` is true and that differ."""
    return sorted(
        name
        for name in {*asked, *template}
        if counts(name)
        and asked.get(name) != template.get(name)
        # What this package sets for the template was not requested by anyone.
        and not (name not in asked and template.get(name) == _TEMPLATE.get(name))
    )
