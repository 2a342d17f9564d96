"""A desk that answers over its real socket, while a test asks."""

import asyncio
import threading
from contextlib import contextmanager

from umkm_apps.kernel.api_client import Errands
from umkm_apps.offline_transfer import make_ticket
from umkm_apps.web.kernel_api import ErrandDesk

SECRET = b"rahasia laptop ini"


@contextmanager
def open_desk(records):
    """Give what makes the errands of a participant's page."""
    desk, loop = ErrandDesk(records, SECRET), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(desk.serve(), loop).result(10)

    def page(participant, sheet):
        return Errands(desk.address, participant, sheet, make_ticket(SECRET, participant, sheet))

    try:
        yield page
    finally:
        loop.call_soon_threadsafe(desk.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
