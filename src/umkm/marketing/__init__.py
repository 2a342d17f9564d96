"""Selling online: figures of advertisements, fees of marketplaces, listings, photos, customers.

Everything is calculated from what is passed in; rates and limits come as data with their source.
Pictures and calendars load their libraries when first used.

Errors::

    umkm.InputError        `message` in Bahasa Indonesia, `field`
    +-- MarketingError     what cannot become a price, a link or a plan

`photo` needs Pillow and NumPy and is imported by its own name; `umkm.images` takes photos in.
"""

from umkm.marketing.campaign import Decision, Game, Shop, play
from umkm.marketing.chat import Template, bold, chat_link
from umkm.marketing.content import Post, SpecialDay, Wishes, plan_month, special_days, to_ics
from umkm.marketing.customers import Customer, Group, Order, customers_of
from umkm.marketing.errors import MarketingError
from umkm.marketing.listing import Advice, Limits, Listing, check_listing, duties, read_pirt
from umkm.marketing.marketplace import FeeModel, Part, Sale, in_force, price_to_keep, sale_at
from umkm.marketing.metrics import Measure
from umkm.marketing.storefront import (
    Product,
    Seller,
    Storefront,
    order_link,
    product_of,
    seller_of,
    storefront_from_plain,
    storefront_to_plain,
)
from umkm.marketing.storefront_page import storefront_page

__all__ = [
    "Advice",
    "Customer",
    "Decision",
    "FeeModel",
    "Game",
    "Group",
    "Limits",
    "Listing",
    "MarketingError",
    "Measure",
    "Order",
    "Part",
    "Post",
    "Product",
    "Sale",
    "Seller",
    "Shop",
    "SpecialDay",
    "Storefront",
    "Template",
    "Wishes",
    "bold",
    "chat_link",
    "check_listing",
    "customers_of",
    "duties",
    "in_force",
    "order_link",
    "plan_month",
    "play",
    "price_to_keep",
    "product_of",
    "read_pirt",
    "sale_at",
    "seller_of",
    "special_days",
    "storefront_from_plain",
    "storefront_page",
    "storefront_to_plain",
    "to_ics",
]
