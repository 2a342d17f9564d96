"""The `umkm` command: opens a class, grades it, hands results back.

Errors::

    CliError        what went wrong and what to do, in one sentence for the trainer
"""

from .errors import CliError

__all__ = ["CliError"]
