"""What a thing costs to make or buy, and what to ask for it. Margin is not markup.

Shares are `Fraction`s of one (`percent("30")` gives 3/10); money is whole Rupiah.

Errors::

    umkm.InputError       `message` in Bahasa Indonesia, `field`
    +-- PriceError        numbers from which no price can be calculated
"""

from umkm.pricing.breakeven import BreakEven, break_even, units_for_profit
from umkm.pricing.cost import Ingredient, Recipe, RecipeCost, purchase_cost, recipe_cost
from umkm.pricing.errors import PriceError
from umkm.pricing.price import (
    Discount,
    Offer,
    discounted,
    margin_of,
    margin_to_markup,
    markup_of,
    markup_to_margin,
    offer_at,
    percent,
    price_for_margin,
    price_for_markup,
    price_for_profit,
    round_up,
)

__all__ = [
    "BreakEven",
    "Discount",
    "Ingredient",
    "Offer",
    "PriceError",
    "Recipe",
    "RecipeCost",
    "break_even",
    "discounted",
    "margin_of",
    "margin_to_markup",
    "markup_of",
    "markup_to_margin",
    "offer_at",
    "percent",
    "price_for_margin",
    "price_for_markup",
    "price_for_profit",
    "purchase_cost",
    "recipe_cost",
    "round_up",
    "units_for_profit",
]
