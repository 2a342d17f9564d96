"""The error of `umkm.marketing`."""

from umkm.errors import InputError


class MarketingError(InputError):
    """Something that cannot become a price, a link or a plan; the message says what to change."""
