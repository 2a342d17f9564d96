"""A desk that answers over its real socket, while a test asks."""

import asyncio
import threading
from contextlib import contextmanager

from umkm_apps.kernel.api_client import KernelApiClient
from umkm_apps.offline_transfer import make_page_token
from umkm_apps.web.kernel_api import KernelApiServer

SECRET = b"rahasia laptop ini"


@contextmanager
def serve_kernel_api(records):
    """Yield a function that returns the API client of a participant's page."""
    desk, loop = KernelApiServer(records, SECRET), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(desk.serve(), loop).result(10)

    def page(participant, sheet):
        return KernelApiClient(
            desk.address, participant, sheet, make_page_token(SECRET, participant, sheet)
        )

    try:
        yield page
    finally:
        loop.call_soon_threadsafe(desk.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
