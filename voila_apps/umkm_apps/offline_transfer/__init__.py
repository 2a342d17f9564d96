"""Answers carried by hand: a trainee's phone without signal gives a file or QR codes, the trainer's laptop reads them.

Errors::

    umkm.UmkmError
    +-- HandoverError       cannot be taken; the text tells the trainer what to do
        +-- Unreadable      no file, photo or text of ours
        +-- Incomplete      codes are missing or torn; names them
        +-- NotGenuine      nobody's, or changed by somebody
"""

from umkm_apps.auth.page_token import make_ticket, ticket_secret

from .bundle import Parcel, read_codes, read_file
from .errors import HandoverError, Incomplete, NotGenuine, Unreadable
from .importing import Taken, open_parcel, take

__all__ = [
    "HandoverError",
    "Incomplete",
    "NotGenuine",
    "Parcel",
    "Taken",
    "Unreadable",
    "make_ticket",
    "open_parcel",
    "read_codes",
    "read_file",
    "take",
    "ticket_secret",
]
