"""The values that the template, the scripts and the kernel of one page are given."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from umkm_apps.runtime.settings import QUESTIONS

from .static_files import PageScripts

#: Stands in a cached page for the XSRF token of the browser that reads it.
TOKEN_MARK = f"token-{secrets.token_hex(8)}"
#: Stands there for whether the page was made for an earlier request. A time would not do: the
#: laptop's date may have been set back since.
KEPT_MARK = f"kept-{secrets.token_hex(8)}"


@dataclass(frozen=True)
class PageContext:
    """The values of `nb.metadata.umkm`, from which `index.html.j2` draws a page.

    The template writes what scripts need into `data-` attributes of the same names. An empty text
    means that the page has no such part.
    """

    title: str
    #: The names under which answers are stored.
    participant: str
    sheet: str
    #: Proof for this participant and sheet (auth/page_token.py), for answers handed over offline.
    ticket: str
    #: Addresses of the style, of the script that shows a notebook step by step, and of the page bundle.
    css: str
    js: str
    slim: PageScripts
    #: Whether the notebook is shown step by step from the first one: a lesson.
    steps: bool = False
    #: Where a lesson's last step is noted.
    done_url: str = ""
    #: Where an assignment is submitted, and the receipt of its latest submission.
    send_url: str = ""
    receipt: str = ""
    receipt_url: str = ""
    #: Address of the script that reads QR codes.
    reader: str = ""
    leave: str = TOKEN_MARK
    kept: str = KEPT_MARK

    def to_metadata(self) -> dict[str, Any]:
        """Return the values as they stand in the notebook's metadata."""
        return asdict(self)


@dataclass(frozen=True)
class KernelInput:
    """The values that a page's kernel gets in its environment, beside whose page it serves."""

    #: The questions of an assignment. The notebook they come from holds the keys, so the kernel never
    #: opens it.
    questions: Sequence[Mapping[str, Any]] = ()

    def to_environment(self) -> dict[str, str]:
        """Return the values as environment variables."""
        return {QUESTIONS: json.dumps(self.questions)}
