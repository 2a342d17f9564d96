"""The price calculator as a widget: cost, price and discount of a product.

Nothing typed here is kept on the server: the phone remembers its own list.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from umkm.errors import InputError
from umkm_tools.base.form_tool import File, FormTool
from umkm_tools.base.page import Apart, at_once
from umkm_tools.base.scripts import script
from umkm_tools.price_calculator.calculation import calculate
from umkm_tools.price_calculator.sheet import printed_list

_MOST_PRODUCTS: Final = 200


class PriceCalculator(FormTool):
    """Calculates one product at a time, and prints the list that the phone stores.

    Args:
        business_name: stands on the price list.
        apart: calls what takes long.
    """

    _esm = script(Path(__file__).parent)

    def __init__(self, business_name: str = "Usaha saya", *, apart: Apart = at_once) -> None:
        super().__init__({}, apart)
        self._business_name = business_name

    def calculate(self, form: Mapping[str, Any]) -> dict[str, Any]:
        """Return the cost of one, a price, and what is left of it."""
        return calculate(form)

    def export_file(self, what: str, form: Mapping[str, Any]) -> File:
        """Return the price list of `form["products"]`, each with `name` and `price` as they stand."""
        listed = form.get("products")
        found = [
            (str(name)[:80], str(price)[:30])
            for name, price in (
                (one.get("name"), one.get("price"))
                for one in (listed if isinstance(listed, list) else [])[:_MOST_PRODUCTS]
                if isinstance(one, Mapping)
            )
            if isinstance(name, str) and isinstance(price, str) and name.strip()
        ]
        if not found:
            raise InputError("Daftar harganya masih kosong. Simpan dulu satu barang.")
        content = self._apart(printed_list, self._business_name, found)
        return File("daftar-harga.pdf", "application/pdf", content)
