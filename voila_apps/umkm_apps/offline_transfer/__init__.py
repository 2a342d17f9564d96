"""Offline transfer: a phone without signal gives its answers as a file or QR codes, the laptop imports them.

Errors::

    umkm.UmkmError
    +-- TransferError       cannot be taken; the text tells the trainer what to do
        +-- Unreadable      no file, photo or text of ours
        +-- Incomplete      codes are missing or torn; names them
        +-- NotGenuine      nobody's, or changed by somebody
"""

from umkm_apps.auth.page_token import make_page_token, page_token_secret

from .bundle import Bundle, read_codes, read_file
from .errors import Incomplete, NotGenuine, TransferError, Unreadable
from .importing import ImportResult, import_bundle, verify_bundle

__all__ = [
    "Bundle",
    "ImportResult",
    "Incomplete",
    "NotGenuine",
    "TransferError",
    "Unreadable",
    "import_bundle",
    "make_page_token",
    "page_token_secret",
    "read_codes",
    "read_file",
    "verify_bundle",
]
