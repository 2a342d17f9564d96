"""A shop's catalogue: who sells, what, and in which order; changed by making a new one.

>>> start = Storefront(Seller("Dapur Siti", "+6281234567890"))
>>> start.put(Product("a", "Emping", 20_000)).put(Product("b", "Keripik", 12_000)).moved("b", 0).products[0].name
'Keripik'
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from umkm.identity import check_name, parse_phone
from umkm.marketing.chat import chat_link
from umkm.marketing.errors import MarketingError
from umkm.money import format_rupiah

MOST_PRODUCTS: Final = 40
LONGEST_NAME: Final = 80
LONGEST_TEXT: Final = 300
DEAREST: Final = 10**10


@dataclass(frozen=True)
class Seller:
    """Who sells: a name, a number as E.164 (empty: not given yet), and a line about it."""

    name: str
    phone: str = ""
    about: str = ""


@dataclass(frozen=True)
class Product:
    """One thing to sell, at a price of whole Rupiah; `photo` is the name of a kept photo."""

    id: str
    name: str
    price: int
    description: str = ""
    photo: str = ""


@dataclass(frozen=True)
class Storefront:
    """A shop with its products, first what stands on top."""

    seller: Seller
    products: tuple[Product, ...] = ()

    def place_of(self, product_id: str) -> int:
        """Return the place of a product.

        Raises:
            MarketingError: it is not there.
        """
        for place, product in enumerate(self.products):
            if product.id == product_id:
                return place
        raise MarketingError("Barang ini sudah tidak ada di katalog.")

    def has(self, product_id: str) -> bool:
        """Return whether a product is there."""
        return any(product.id == product_id for product in self.products)

    def put(self, product: Product) -> "Storefront":
        """Return the catalogue with a product in place of that of its id, or at the end.

        Raises:
            MarketingError: there is no room for one more.
        """
        if self.has(product.id):
            kept = (product if one.id == product.id else one for one in self.products)
            return replace(self, products=tuple(kept))
        return self.inserted(product, len(self.products))

    def inserted(self, product: Product, place: int) -> "Storefront":
        """Return the catalogue with one more product at a place.

        Raises:
            MarketingError: there is no room for one more.
        """
        if len(self.products) >= MOST_PRODUCTS:
            raise MarketingError(
                f"Katalog ini sudah penuh: {MOST_PRODUCTS} barang. Hapus dulu yang tidak dijual lagi."
            )
        return replace(self, products=(*self.products[:place], product, *self.products[place:]))

    def without(self, product_id: str) -> "Storefront":
        """Return the catalogue without a product; without it already, it stays as it is."""
        return replace(self, products=tuple(one for one in self.products if one.id != product_id))

    def moved(self, product_id: str, place: int) -> "Storefront":
        """Return the catalogue with a product at another place, counted without it.

        Raises:
            MarketingError: it is not there.
        """
        product = self.products[self.place_of(product_id)]
        return self.without(product_id).inserted(product, max(place, 0))


def seller_of(name: object, phone: object, about: object = "") -> Seller:
    """Return a shop from what was typed; the number may be missing, but not be wrong.

    Raises:
        InputError: `field` is `name`, `phone` or `about`.
    """
    number = parse_phone(phone) if isinstance(phone, str) and phone.strip() else ""
    return Seller(
        check_name(name, "name", "Nama usaha"), number, _text(about, "about", "Keterangan")
    )


def product_of(
    product_id: str, name: object, price: int, description: object, photo: str
) -> Product:
    """Return a product from what was typed.

    Raises:
        MarketingError: `field` is `name`, `price` or `description`.
    """
    called = _text(name, "name", "Nama barang", LONGEST_NAME).replace("\n", " ")
    if not called:
        raise MarketingError("Tulis nama barangnya.", "name")
    if not 0 < price <= DEAREST:
        raise MarketingError("Tulis harganya, misalnya 15.000 atau 15rb.", "price")
    return Product(
        product_id, called, price, _text(description, "description", "Keterangan"), photo
    )


def order_link(seller: Seller, product: Product) -> str:
    """Return the address that opens a chat with the shop, with the order already written.

    Raises:
        InputError: the shop has no number.
    """
    order = f"Halo {seller.name}, saya mau pesan {product.name} ({format_rupiah(product.price)})."
    if not seller.phone:
        raise MarketingError("Isi dulu nomor WhatsApp Anda.", "phone")
    return chat_link(seller.phone, order)


def storefront_to_plain(storefront: Storefront) -> dict[str, Any]:
    """Return a catalogue as JSON has it."""
    return asdict(storefront)


def storefront_from_plain(plain: Mapping[str, Any]) -> Storefront:
    """Return a catalogue from what `storefront_to_plain` gave."""
    return Storefront(Seller(**plain["seller"]), tuple(Product(**one) for one in plain["products"]))


def _text(typed: object, field: str, label: str, longest: int = LONGEST_TEXT) -> str:
    lines = typed.splitlines() if isinstance(typed, str) else []
    shown = ("".join(filter(str.isprintable, line.replace("\t", " "))) for line in lines)
    visible = "\n".join(filter(None, (" ".join(line.split()) for line in shown)))
    if len(visible) > longest:
        raise MarketingError(f"{label} paling banyak {longest} huruf.", field)
    return visible
