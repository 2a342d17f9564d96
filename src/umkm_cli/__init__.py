"""The `umkm` command: open a class, grade it, publish results.

Errors::

    CliError        what is wrong and what to do, in one sentence for the trainer
"""

from .errors import CliError

__all__ = ["CliError"]
