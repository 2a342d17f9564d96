"""Practice tools for a participant's own business: one folder each, found by the registry.

Folders named in the environment variable UMKM_TOOLS, by absolute paths with a colon between them,
are searched too, so a tool may live outside this repository.
"""

import os
from typing import Final

__all__ = ["FOLDERS"]

#: The environment variable with folders of further tools.
FOLDERS: Final = "UMKM_TOOLS"

__path__.extend(filter(None, os.environ.get(FOLDERS, "").split(os.pathsep)))
