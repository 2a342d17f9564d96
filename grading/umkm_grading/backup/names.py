"""Which files a backup may hold. Pure.

A backup is restored into the folder from which `umkm workshop` starts Jupyter: a configuration file or
a module that came with it would be run there. So only data is put back, whoever made the file.
"""

import re
from pathlib import PurePosixPath

from umkm_grading.backup.manifest import DUMP, GRADEBOOK, RECORDS

#: Under the data folder: secrets and settings, every one made anew when it is missing.
SECRETS = ".rahasia"
#: Under the data folder: backups and exports, which are made from the rest.
OUT = "Berkas kelas"
_CLASSES = "angkatan"
_CLASS = re.compile(r"[a-z0-9][a-z0-9-]*")
_IN_A_CLASS = {"source", "release", "submitted", "autograded", "feedback", ".umkm"}
#: Files that nothing runs by itself: no .py, .pth, .so, .sh, and nothing without an ending.
_DATA = {
    ".ipynb", ".json", ".jsonl", ".csv", ".txt", ".md", ".toml", ".html", ".log", ".xlsx", ".ods",
    ".docx", ".pdf", ".png", ".jpg", ".jpeg", ".webp", ".svg",
}  # fmt: skip


def may_hold(name: str) -> bool:
    """Return whether a backup may hold a file of this name, relative to the data folder, with `/`."""
    if name in (RECORDS, DUMP):
        return True
    parts = PurePosixPath(name).parts
    if not parts or "/".join(parts) != name or ".." in parts or "\\" in name:
        return False
    if parts[0] == _CLASSES:
        if len(parts) < 3 or not _CLASS.fullmatch(parts[1]):
            return False
        if parts[2:] == (GRADEBOOK,):
            return True
        if parts[2] not in _IN_A_CLASS or len(parts) < 4:
            return False
        parts = parts[3:]
    hidden = any(part.startswith(".") for part in parts[:-1])
    return not hidden and PurePosixPath(name).suffix.lower() in _DATA
