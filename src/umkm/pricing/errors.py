"""The error of `umkm.pricing`."""

from umkm.errors import InputError


class PriceError(InputError):
    """Numbers from which no cost or price can be calculated; the message says what to change."""
