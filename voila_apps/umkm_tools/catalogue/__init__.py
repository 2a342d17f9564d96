"""Katalog: a shop's products with photos become one page to send to buyers, and a price list."""

from umkm_tools.base.tool import Tool

from .consent import STOREFRONT_CONSENT

TOOL = Tool(
    __name__,
    name="katalog",
    title="Katalog",
    detail="Barang, foto, dan harga dalam satu halaman untuk pembeli. Pesan lewat WhatsApp.",
    order=120,
    keeps=True,
    consent=STOREFRONT_CONSENT,
)
