"""Addresses that anybody may open are answered to a HEAD as to a GET, whichever they are."""

from tornado.web import RequestHandler

from umkm_apps.server.routes import our_routes
from umkm_apps.web.json_api import JsonApiHandler


def public_handlers():
    """Handlers whose GET asks for no login: pages that say so, and files."""
    for rule in our_routes("/"):
        handler = rule[1]
        get = handler.get
        is_open = getattr(get, "__allow_unauthenticated", False) or not hasattr(handler, "reader")
        # JSON that pages ask for says 401 by itself, to whatever is asked.
        is_json = issubclass(handler, JsonApiHandler)
        if get is not RequestHandler.get and is_open and not is_json:
            yield rule[0], handler


def test_public_pages_answer_a_head():
    found = dict(public_handlers())
    assert {"/masuk", "/daftar"} <= set(found)
    for address, handler in found.items():
        assert handler.head is handler.get, address
