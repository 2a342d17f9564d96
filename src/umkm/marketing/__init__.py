"""Selling online: figures of advertisements, fees of marketplaces, listings, photos, customers.

Everything is reckoned from what is passed in; rates and limits come as data with their source.
Pictures and calendars load their libraries when first used.

Errors::

    umkm.InputError        `message` in Bahasa Indonesia, `field`
    +-- MarketingError     what cannot become a price, a link, a photo or a plan

`photo` and `pictures` need Pillow and NumPy and are imported by their own names.
"""

from umkm.marketing.campaign import Decision, Game, Shop, play
from umkm.marketing.chat import Template, bold, chat_link
from umkm.marketing.content import Post, SpecialDay, Wishes, plan_month, special_days, to_ics
from umkm.marketing.customers import Customer, Group, Order, customers_of
from umkm.marketing.errors import MarketingError
from umkm.marketing.listing import Advice, Limits, Listing, check_listing, duties, read_pirt
from umkm.marketing.marketplace import FeeModel, Part, Sale, in_force, price_to_keep, sale_at
from umkm.marketing.metrics import Measure

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
    "Sale",
    "Shop",
    "SpecialDay",
    "Template",
    "Wishes",
    "bold",
    "chat_link",
    "check_listing",
    "customers_of",
    "duties",
    "in_force",
    "plan_month",
    "play",
    "price_to_keep",
    "read_pirt",
    "sale_at",
    "special_days",
    "to_ics",
]
