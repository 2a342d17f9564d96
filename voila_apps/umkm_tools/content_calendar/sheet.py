"""The month's plan printed, in a worker process: the library for PDFs takes 40 MB, and seconds to load."""

from collections.abc import Sequence
from datetime import date

from umkm.marketing.content import Post


def printed_sheet(business_name: str, month: date, posts: Sequence[Post]) -> bytes:
    """Return the PDF of a month."""
    from umkm_tools.content_calendar.printing import content_sheet  # noqa: PLC0415

    return content_sheet(business_name, month, posts)
