"""A fictional shop to try the catalogue with; its orders go to whoever tries it."""

from umkm.marketing import Product, Seller, Storefront

_PRODUCTS = (
    Product("contoh-1", "Sate bandeng", 45_000, "Satu ekor, 350 gram. Tahan 3 hari di kulkas."),
    Product("contoh-2", "Emping melinjo", 20_000, "Bungkus 250 gram, asin atau manis."),
    Product("contoh-3", "Rengginang terasi", 15_000, "Isi 10 keping, sudah digoreng."),
)


def sample_storefront(phone: str) -> Storefront:
    """Return the catalogue, with the number of the person who looks at it."""
    about = "Camilan rumahan dari Kasemen. Buka setiap hari."
    return Storefront(Seller("Dapur Contoh", phone, about), _PRODUCTS)
