"""The exports of a catalogue: the page for buyers, and the price list as a PDF."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from umkm.calendar import long_day
from umkm.errors import InputError
from umkm.marketing import Storefront, storefront_page
from umkm.marketing.storefront_page import PHOTO_SIDE, photo_bytes
from umkm.money import format_rupiah
from umkm_tools.base.form_tool import File
from umkm_tools.base.page import Apart, at_once
from umkm_tools.catalogue.catalogue_store import CatalogueStore
from umkm_tools.catalogue.small_photo import small_photo
from umkm_tools.price_calculator.sheet import printed_list


class CatalogueExport:
    """Makes files of a catalogue, and remembers its photos made small for the next.

    Args:
        apart: calls what takes long.
    """

    def __init__(self, apart: Apart = at_once) -> None:
        self._apart = apart
        self._small: dict[tuple[str, int], bytes] = {}

    def page(self, storefront: Storefront, store: CatalogueStore, today: date) -> File:
        """Return the page for buyers.

        Raises:
            InputError: there is nothing to sell, or no number to order from.
        """
        _check(storefront)
        if not storefront.seller.phone:
            raise InputError("Isi dulu nomor WhatsApp Anda, supaya pembeli bisa memesan.", "phone")
        text = storefront_page(storefront, self._photos(storefront, store), long_day(today))
        return File(f"katalog-{_slug(storefront)}.html", "text/html", text.encode())

    def price_list(self, storefront: Storefront) -> File:
        """Return the price list.

        Raises:
            InputError: there is nothing to sell.
        """
        _check(storefront)
        lines = [(one.name, format_rupiah(one.price)) for one in storefront.products]
        content = self._apart(printed_list, storefront.seller.name, lines)
        return File(f"daftar-harga-{_slug(storefront)}.pdf", "application/pdf", content)

    def _photos(self, storefront: Storefront, store: CatalogueStore) -> Mapping[str, bytes]:
        named = {one.photo for one in storefront.products} - {""}
        most = photo_bytes(len(named))
        wanted = {(name, most) for name in named}
        self._small = {key: small for key, small in self._small.items() if key in wanted}
        missing = [name for name, _ in wanted - self._small.keys()]
        # One at a time: forty photos at once would fill the memory of a page.
        for name in missing:
            for found, jpeg in store.photos([name]).items():
                self._small[found, most] = self._apart(small_photo, jpeg, PHOTO_SIDE, most)
        return {name: small for (name, _), small in self._small.items()}


def _check(storefront: Storefront) -> None:
    if not storefront.products:
        raise InputError("Katalog masih kosong. Tambah dulu satu barang.")


def _slug(storefront: Storefront) -> str:
    plain = unicodedata.normalize("NFKD", storefront.seller.name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40] or "usaha"
