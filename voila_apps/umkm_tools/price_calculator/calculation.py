"""Calculate cost and price of one product from a form."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from umkm.errors import InputError
from umkm.money import format_rupiah
from umkm.pricing import (
    Ingredient,
    Offer,
    PriceError,
    Recipe,
    break_even,
    discounted,
    offer_at,
    percent,
    price_for_margin,
    price_for_markup,
    price_for_profit,
    purchase_cost,
    recipe_cost,
)
from umkm.quantities import Quantity, format_quantity, parse_number
from umkm_tools.base.amount_input import rupiah_in

MOST_INGREDIENTS: Final = 40
DISCOUNT: Final = Fraction(10, 100)
_STEPS: Final = {"1": 1, "100": 100, "500": 500, "1000": 1000}
_WORKING_DAYS: Final = 26


def calculate(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cost of one product and the effects of its price, as words and numbers to show.

    Raises:
        InputError: a field cannot be read or makes no sense; `field` says which.
    """
    made, steps = _cost(form)
    packaging = rupiah_in(form, "packaging", "Kemasan")
    cost = made + packaging
    if packaging:
        steps.append(["Kemasan", format_rupiah(packaging)])
    fee = _share(form, "fee")
    offer = _offer(form, cost, fee)
    return {
        "steps": steps,
        "cost": format_rupiah(cost),
        "price": format_rupiah(offer.price),
        "fee": format_rupiah(offer.fee) if offer.fee else "",
        "profit": format_rupiah(offer.profit),
        "loss": offer.profit < 0,
        "margin": _percent(offer.margin),
        "markup": _percent(offer.markup) if offer.markup is not None else "",
        "mixed": _mixed_up(form, cost, fee),
        "discount": _discount(offer, fee),
        "even": _even(form, offer),
    }


def _cost(form: Mapping[str, Any]) -> tuple[int, list[list[str]]]:
    if form.get("way") == "beli":
        total = rupiah_in(form, "total", "Harga beli", needed=True)
        freight = rupiah_in(form, "freight", "Ongkos kirim")
        quantity = _number(form, "quantity", "Banyaknya")
        one = purchase_cost(total, quantity, freight)
        label = f"({format_rupiah(total)} + {format_rupiah(freight)}) ÷ {format_quantity(quantity)}"
        return one, [[f"Harga beli satu: {label}", format_rupiah(one)]]
    lines = form.get("ingredients")
    filled = [
        line for line in (lines if isinstance(lines, list) else [])
        if isinstance(line, Mapping) and any(str(part).strip() for part in line.values())
    ][:MOST_INGREDIENTS]  # fmt: skip
    if not filled:
        raise PriceError(
            "Tulis dulu bahannya: nama, harga, isi kemasan, dan yang dipakai.", "ingredients"
        )
    ingredients = [_ingredient(line, number) for number, line in enumerate(filled, 1)]
    recipe = Recipe(
        ingredients,
        _number(form, "portions", "Jumlah porsi"),
        rupiah_in(form, "labour", "Upah"),
        rupiah_in(form, "overhead", "Gas, listrik, dan lain-lain"),
        _share(form, "waste"),
    )
    cost = recipe_cost(recipe)
    steps = [[part.name, format_rupiah(round(part.cost))] for part in ingredients]
    if recipe.labour:
        steps.append(["Upah", format_rupiah(recipe.labour)])
    if recipe.overhead:
        steps.append(["Gas, listrik, dan lain-lain", format_rupiah(recipe.overhead)])
    steps.append(["Sekali masak", format_rupiah(cost.batch)])
    label = f"Satu porsi: dibagi {format_quantity(cost.sellable)} porsi yang bisa dijual"
    return cost.portion, [*steps, [label, format_rupiah(cost.portion)]]


def _ingredient(line: Mapping[str, Any], number: int) -> Ingredient:
    name = " ".join(str(line.get("name", "")).split())[:80] or f"Bahan {number}"
    try:
        return Ingredient(
            name,
            rupiah_in(line, "price", "harga", needed=True),
            _number(line, "size", "isi kemasan"),
            _number(line, "used", "yang dipakai"),
        )
    except InputError as error:
        raise PriceError(f"{name}: {error.message}", "ingredients") from None


def _offer(form: Mapping[str, Any], cost: int, fee: Fraction) -> Offer:
    step = _STEPS.get(str(form.get("step")), 500)
    match form.get("target"):
        case "markup":
            return price_for_markup(cost, _share(form, "aim", needed=True), fee, step)
        case "untung":
            profit = rupiah_in(form, "aim", "Untung yang diinginkan", needed=True)
            return price_for_profit(cost, profit, fee, step)
        case "harga":
            return offer_at(rupiah_in(form, "aim", "Harga jual", needed=True), cost, fee)
        case _:
            return price_for_margin(cost, _share(form, "aim", needed=True), fee, step)


def _mixed_up(form: Mapping[str, Any], cost: int, fee: Fraction) -> str:
    """Return what the other reading of a percentage would have come to: margin is not markup."""
    target = form.get("target")
    if target not in {"margin", "markup"} or not cost:
        return ""
    share, step = _share(form, "aim"), _STEPS.get(str(form.get("step")), 500)
    if target == "margin":
        other = price_for_markup(cost, share, fee, step)
        return (
            f"Kalau {_percent(share)} hanya ditambahkan ke HPP (markup), harganya "
            f"{format_rupiah(other.price)}. Untungnya tinggal {_percent(other.margin)} dari harga."
        )
    return (
        f"Markup {_percent(share)} bukan margin {_percent(share)}. Markup dihitung dari HPP, margin "
        "dihitung dari harga jual."
    )


def _discount(offer: Offer, fee: Fraction) -> dict[str, str]:
    cheaper = discounted(offer, DISCOUNT, fee)
    if offer.profit <= 0:
        more = "Harga ini sudah tidak untung, jadi jangan didiskon."
    elif cheaper.times is None:
        more = "Dengan diskon ini Anda tidak untung lagi. Makin laku makin rugi."
    else:
        times = format_quantity(round(cheaper.times, 1))
        more = f"Harus terjual {times} kali jumlah biasa supaya untungnya sama."
    return {
        "price": format_rupiah(cheaper.after.price),
        "profit": format_rupiah(cheaper.after.profit),
        "more": more,
    }


def _even(form: Mapping[str, Any], offer: Offer) -> str:
    fixed = rupiah_in(form, "fixed", "Biaya tetap")
    if not fixed or offer.profit <= 0:
        return ""
    point = break_even(fixed, offer.price, offer.cost + offer.fee)
    a_day = -(-point.units // _WORKING_DAYS)
    return (
        f"Balik modal bila terjual {format_quantity(point.units)} sebulan "
        f"({format_rupiah(point.units * offer.price)}), kira-kira {format_quantity(a_day)} sehari untuk "
        f"{_WORKING_DAYS} hari jualan."
    )


def _number(form: Mapping[str, Any], field: str, label: str) -> Fraction:
    match parse_number(form.get(field, "")):
        case Quantity(value) if abs(value) < 10**9:
            return value
        case _:
            raise PriceError(f"{label}: tulis angkanya, misalnya 12 atau 0,5.", field)


def _share(form: Mapping[str, Any], field: str, *, needed: bool = False) -> Fraction:
    typed = form.get(field, "")
    if not isinstance(typed, str) or (not typed.strip() and not needed):
        return Fraction(0)
    return percent(typed, field)


def _percent(share: Fraction) -> str:
    return format_quantity(round(share * 100, 1), "%")
