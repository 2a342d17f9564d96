"""Parts of addresses, and the type of the rules that handler modules export as `ROUTES`."""

from __future__ import annotations

from tornado.web import RequestHandler

#: A path below the server's base address, as a regular expression, and its handler.
Route = tuple[str, type[RequestHandler]]
#: A slug in an address.
NAME = r"([a-z0-9-]{2,60})"
