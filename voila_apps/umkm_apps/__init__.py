"""The trainees' server and its pages.

Errors: this package raises those of `umkm_records` and `umkm_courses`; a page turns each into words.
"""

from .runtime.settings import ServerSettings

__all__ = ["ServerSettings"]
