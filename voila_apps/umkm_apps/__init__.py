"""The trainees' server and its pages.

Errors: this package raises those of `umkm_records` and `umkm_courses`; a page turns each into words.
"""

from .settings import ServerSettings

__all__ = ["ServerSettings"]
