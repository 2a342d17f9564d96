"""The page bundle that `make bundle` wrote, and what it says about itself."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from .settings import TEMPLATE

#: Where voila_apps/frontend/build.mjs puts what it builds.
SLIM: Final = TEMPLATE / "static" / "slim"


@cache
def slim_manifest() -> dict[str, Any]:
    """Return what the build wrote: `entry`, what it needs `first`, further entries, each file's sizes.

    `widgets` has the addresses that widgets hold in place of texts (umkm_widgets.front.use_addresses).
    """
    manifest: dict[str, Any] = json.loads((SLIM / "manifest.json").read_text("utf-8"))
    return manifest
