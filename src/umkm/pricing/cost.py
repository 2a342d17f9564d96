"""What one piece or portion costs: by a recipe, or by a purchase.

HPP per portion = (ingredients used + labour + other costs of the batch) / portions that can be
sold, with what is spilt, burnt or thrown away borne by those.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from umkm.pricing.errors import PriceError

LARGEST: Final = 10**12


@dataclass(frozen=True)
class Ingredient:
    """Something that goes into a batch: a pack of `pack_size` for `pack_price`, `used` of it.

    `pack_size` and `used` are in one unit, such as grams or pieces.
    """

    name: str
    pack_price: int
    pack_size: Fraction
    used: Fraction

    @property
    def cost(self) -> Fraction:
        """Return what the used part costs, exactly.

        Raises:
            PriceError: the pack holds nothing, or a number is less than zero.
        """
        if self.pack_size <= 0:
            raise PriceError(f"{self.name}: isi kemasan harus lebih dari nol.", "pack_size")
        if self.pack_price < 0 or self.used < 0:
            raise PriceError(f"{self.name}: angkanya tidak boleh kurang dari nol.", "used")
        if self.pack_price > LARGEST:
            raise PriceError(f"{self.name}: harganya terlalu besar. Periksa nolnya.", "pack_price")
        return self.pack_price * self.used / self.pack_size


@dataclass(frozen=True)
class Recipe:
    """One batch: what goes in, who is paid for it, gas and the like, and how much comes out.

    `waste` is the share of portions that cannot be sold.
    """

    ingredients: Sequence[Ingredient]
    portions: Fraction
    labour: int = 0
    overhead: int = 0
    waste: Fraction = Fraction(0)


@dataclass(frozen=True)
class RecipeCost:
    """What a batch costs, and one portion of it; whole Rupiah, the portion rounded up."""

    ingredients: int
    batch: int
    sellable: Fraction
    portion: int


def recipe_cost(recipe: Recipe) -> RecipeCost:
    """Return what a recipe costs.

    Raises:
        PriceError: no portions, everything wasted, or a number that makes no sense.
    """
    if recipe.portions <= 0:
        raise PriceError("Tulis berapa porsi yang jadi. Harus lebih dari nol.", "portions")
    if not 0 <= recipe.waste < 1:
        raise PriceError("Yang terbuang harus antara 0 dan 99 persen.", "waste")
    if recipe.labour < 0 or recipe.overhead < 0:
        raise PriceError("Upah dan biaya lain tidak boleh kurang dari nol.", "labour")
    ingredients = sum((part.cost for part in recipe.ingredients), Fraction(0))
    batch = ingredients + recipe.labour + recipe.overhead
    sellable = recipe.portions * (1 - recipe.waste)
    return RecipeCost(up(ingredients), up(batch), sellable, up(batch / sellable))


def purchase_cost(total: int, quantity: Fraction, freight: int = 0) -> int:
    """Return what one piece of a purchase costs, freight included, in whole Rupiah rounded up.

    Raises:
        PriceError: nothing was bought, or a number is less than zero.
    """
    if quantity <= 0:
        raise PriceError("Tulis berapa banyak yang dibeli. Harus lebih dari nol.", "quantity")
    if total < 0 or freight < 0:
        raise PriceError("Harga dan ongkos kirim tidak boleh kurang dari nol.", "total")
    return up((total + freight) / quantity)


def up(amount: Fraction | int) -> int:
    """Return the whole Rupiah that covers an amount."""
    return -int(-amount // 1)
