"""A programme's data in one file, written while classes run and checked by restoring it.

The order makes it consistent without locks: first the grading history, then gradebooks, the
records last. What is newer in a later part is written again by the next delivery or grading;
nothing counts as graded whose rows are missing.
"""

from umkm_grading.backup.databases import find_program
from umkm_grading.backup.encryption import SHORTEST, PasswordNeeded, is_encrypted
from umkm_grading.backup.manifest import Manifest
from umkm_grading.backup.names import OUT
from umkm_grading.backup.restoring import check_backup, restore
from umkm_grading.backup.writing import back_up, left_out

__all__ = [
    "OUT",
    "SHORTEST",
    "Manifest",
    "PasswordNeeded",
    "back_up",
    "check_backup",
    "find_program",
    "is_encrypted",
    "left_out",
    "restore",
]
