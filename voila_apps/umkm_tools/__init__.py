"""Practice tools for a participant's own business: one folder each, found by the registry.

Folders named in the environment variable UMKM_TOOLS are searched too, so a tool may live outside
this repository.
"""

import os

__all__: list[str] = []

__path__.extend(filter(None, os.environ.get("UMKM_TOOLS", "").split(os.pathsep)))
