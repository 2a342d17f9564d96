"""The price list printed, in a worker process: the library for PDFs takes 40 MB, and seconds to load."""

from collections.abc import Sequence


def printed_list(business_name: str, products: Sequence[tuple[str, str]]) -> bytes:
    """Return the PDF of a price list."""
    from umkm_tools.price_calculator.printing import price_list  # noqa: PLC0415

    return price_list(business_name, products)
